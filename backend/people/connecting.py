"""A socket opens or closes: while one is open its person is reachable."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.kernel.vocabulary import Face
from backend.people import handset_store, sign_in_store
from backend.people.responder_store import SOCKET_FADES


def connect(session: Session, sid: str, person_id: UUID, face: Face, process: str, *, now: datetime) -> None:
    """Remember an open socket."""
    handset_store.open_socket(session, sid, person_id, face.value, process, now=now)


def disconnect(session: Session, sid: str) -> None:
    """Forget it."""
    handset_store.close_socket(session, sid)


def confirm_sockets(session: Session, process: str, sids: Collection[str], *, now: datetime) -> None:
    """These are the sockets of this process; those of processes that have died fade."""
    handset_store.keep_sockets(session, process, sids, now=now)
    handset_store.close_unseen(session, before=now - SOCKET_FADES)


def ended(session: Session, token_hashes: Collection[str], *, now: datetime) -> set[str]:
    """Those of the sign-ins that no longer stand: their sockets must close within two seconds."""
    standing = sign_in_store.standing(session, token_hashes, now=now)
    return set(token_hashes) - standing
