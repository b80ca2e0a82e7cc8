"""A socket opens or closes: while one is open its person is reachable."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.kernel import process_store
from backend.kernel.vocabulary import CONSOLE_ROLES, Face, Role
from backend.people import handset_store, people_store, sign_in_store
from backend.people.handset import MOST_SOCKETS, SOCKET_FADES, OpenSocket

#: Who loses one of these has sockets that must close: what may be seen on them has changed.
HEARD_LIVE = CONSOLE_ROLES | {Role.OFFICER}


def connect(
    session: Session,
    sid: str,
    person_id: UUID,
    face: Face,
    process: str,
    *,
    token_hash: str | None = None,
    now: datetime,
) -> list[str]:
    """
    Remember an open socket; those of this person that are too many now, the oldest, and never this one.

    A newcomer is not refused: what the network cut off seems open for half a
    minute, and an officer who comes back for the fifth time must get in.
    """
    handset_store.open_socket(session, sid, person_id, face.value, process, token_hash=token_hash, now=now)
    return [one for one in _too_many(session, person_id, now=now) if one != sid]


def disconnect(session: Session, sids: Collection[str]) -> None:
    """Forget these."""
    handset_store.close_sockets(session, sids)


def disconnect_all(session: Session, process: str) -> None:
    """This process ends, and its sockets with it."""
    handset_store.close_of(session, [process])


def confirm(session: Session, sids: Collection[str], *, now: datetime) -> set[str]:
    """These are open still; those of them that were taken for closed. What is just being opened is let be."""
    return handset_store.keep_sockets(session, sids, now=now)


def fade(session: Session, *, now: datetime) -> None:
    """Those that nobody has confirmed for so long are forgotten: their process has died, or could not say their end."""
    handset_store.close_unseen(session, before=now - SOCKET_FADES)


def crowded_out(session: Session, process: str, *, now: datetime) -> list[str]:
    """The sockets of this process's people that are too many, because others were opened elsewhere."""
    crowded = handset_store.crowded(session, process, most=MOST_SOCKETS)
    return [sid for person_id in crowded for sid in _too_many(session, person_id, now=now)]


def bury(session: Session, *, now: datetime) -> None:
    """Nobody is reachable by a socket of a process that has stopped saying that it lives."""
    handset_store.close_of(session, process_store.silent(session, now=now))


def reopen(session: Session, process: str, open_: Collection[OpenSocket], *, now: datetime) -> None:
    """These were taken for closed, as a dead process's are, and are open all the same."""
    known = handset_store.sids_of(session, process)
    for one in open_:
        if one.sid not in known:
            handset_store.open_socket(
                session, one.sid, one.person_id, one.face.value, process, token_hash=one.token_hash, now=now
            )


def ended(session: Session, token_hashes: Collection[str], *, now: datetime) -> set[str]:
    """Those of the sign-ins that no longer stand: their sockets must close within two seconds."""
    standing = sign_in_store.standing(session, token_hashes, now=now)
    return set(token_hashes) - standing


def stripped(session: Session, sockets: Iterable[tuple[UUID, frozenset[Role]]]) -> set[UUID]:
    """Those who had a role that is heard live when one of these sockets was opened, and have it no more."""
    watched = [(person_id, had & HEARD_LIVE) for person_id, had in sockets if had & HEARD_LIVE]
    have = people_store.roles_of_all(session, {person_id for person_id, _ in watched}) if watched else {}
    return {person_id for person_id, had in watched if not had <= have.get(person_id, set())}


def _too_many(session: Session, person_id: UUID, *, now: datetime) -> list[str]:
    return [one.sid for one in handset_store.sockets_of(session, person_id, now=now)[MOST_SOCKETS:]]
