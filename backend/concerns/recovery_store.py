"""The SQL of what only the recovery key opens any more."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.concerns.adviser import SealingKey
from backend.concerns.concern import Concern, Copy, Entry


def all_ids(session: Session) -> Sequence[UUID]:
    """Every concern, in the order of their random names."""
    return session.scalars(sa.select(Concern.id).order_by(Concern.id)).all()


def with_a_reader(session: Session) -> set[UUID]:
    """The concerns of which some adviser's key in use opens something."""
    in_use = SealingKey.adviser_id.is_not(None) & SealingKey.retired_on.is_(None)
    wanted = (
        sa.select(Entry.concern_id)
        .join(Copy, Copy.entry_id == Entry.id)
        .join(SealingKey, (SealingKey.id == Copy.key_id) & in_use)
        .distinct()
    )
    return set(session.scalars(wanted))


def opened_by(session: Session, key_id: str, entry_ids: Collection[UUID]) -> set[UUID]:
    """Of these entries, those that this key opens already."""
    return set(session.scalars(sa.select(Copy.entry_id).where(Copy.entry_id.in_(entry_ids), Copy.key_id == key_id)))


def put_copies(session: Session, key_id: str, copies: Mapping[UUID, bytes]) -> None:
    session.add_all(Copy(entry_id=entry_id, key_id=key_id, sealed=sealed) for entry_id, sealed in copies.items())
    session.flush()
