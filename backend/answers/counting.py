"""Write down how far a version got, for many people at once: set out, taken by a provider, or come to nothing."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy.orm import Session

from backend.broadcasts import roll_store
from backend.broadcasts.roll import By


def count(
    session: Session,
    broadcast_id: UUID,
    version: int,
    by: By,
    *,
    taken: Collection[UUID] = (),
    failed: Collection[UUID] = (),
    tried: Collection[UUID] = (),
) -> None:
    """
    What came of this version by one channel.

    `taken` by its provider; `failed` for good, or with nowhere to go; `tried` and
    to be tried again, since a provider that did not answer may have it.
    """
    roll_store.mark(session, broadcast_id, taken, sent=by, taken=by, version=version)
    roll_store.mark(session, broadcast_id, failed, failed=by)
    roll_store.mark(session, broadcast_id, tried, sent=by, version=version)


def set_out_by_socket(session: Session, broadcast_id: UUID, version: int, people: Collection[UUID]) -> None:
    """It was put on these people's open sockets; who is not on the roll, as a controller may be, is not counted."""
    roll_store.mark(session, broadcast_id, people, sent=By.SOCKET, version=version)
