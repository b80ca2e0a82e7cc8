"""Turn the key ring: what an older key sealed is wrapped by the newest, until the older one can go."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.kernel import audit
from backend.kernel.errors import Conflict, NotFound
from backend.people import sealed_store
from backend.people.sealed import Keyring, Unreadable, keyring_of, wrapped_anew
from backend.people.sealed_store import Kept

#: For so long after the last piece was wrapped anew a write that had begun with the older key may still come.
SETTLES_IN = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Portion:
    """What came of some rows; `after` is where the next begin, None at the end."""

    rewrapped: int
    unreadable: int
    after: UUID | None


def under_way(ring: Keyring, pieces: Mapping[str, int]) -> bool:
    """Whether an older key still seals something: the newest was drawn and its work not finished."""
    return any(key_id in ring.keys and key_id != ring.newest for key_id in pieces)


def note_drawn(session: Session, key_id: str, *, now: datetime) -> None:
    """Write down that there is a new key."""
    audit.record(session, "key.drawn", actor=None, about="key", about_id=key_id, at=now)


def rewrap(session: Session, kept: Kept, *, after: UUID | None, most: int) -> Portion:
    """
    Wrap what these people's rows hold by the newest key; nothing is read, and doing it again changes nothing.

    What no key of the ring opens is left as it is and counted.
    """
    ring = keyring_of(session)
    rows = sealed_store.portion(session, kept, after=after, most=most)
    outcomes = [
        _wrap(ring, row, name, about=getattr(row, kept.about.key), what=kept.columns[name])
        for row in rows
        for name in kept.columns
    ]
    last: UUID | None = getattr(rows[-1], kept.about.key) if len(rows) == most else None
    return Portion(outcomes.count("rewrapped"), outcomes.count("unreadable"), last)


def note_rewrapped(session: Session, *, pieces: int, unreadable: int, now: datetime) -> None:
    """Write down that everything which opens is under the newest key."""
    facts = {"pieces": pieces, "unreadable": unreadable}
    audit.record(
        session, "key.rewrapped", actor=None, about="key", about_id=keyring_of(session).newest, at=now, **facts
    )


def must_be_done_with(session: Session, key_id: str, *, now: datetime) -> None:
    """
    Look through everything sealed whether this key can go; a look takes its time, so no write waits for it.

    Raises NotFound for a key that is not on the ring, and Conflict while it is
    the newest, still seals something, or may yet do so.
    """
    ring = keyring_of(session)
    if key_id not in ring.keys:
        raise NotFound(f"There is no key {key_id}.")
    if key_id == ring.newest:
        raise Conflict("The newest key seals what is new: draw another with bluelight keys rotate.", slug="key-in-use")
    pieces = sealed_store.pieces_by_key(session).get(key_id, 0)
    if pieces:
        raise Conflict(f"The key {key_id} still seals {pieces:,} pieces: bluelight keys rotate.", slug="key-in-use")
    turned = audit.lines(session, about="key", about_id=ring.newest, most=1)
    if not turned or turned[0].action != "key.rewrapped" or turned[0].at > now - SETTLES_IN:
        raise Conflict(
            "A server may still be writing with this key: a minute after bluelight keys rotate it can go.",
            slug="key-in-use",
        )


def note_retired(session: Session, key_id: str, *, now: datetime) -> None:
    """Write down that a key goes; whoever asked takes it off the ring once that is committed."""
    audit.record(session, "key.retired", actor=None, about="key", about_id=key_id, at=now)


def _wrap(ring: Keyring, row: Any, name: str, *, about: UUID, what: str) -> str:
    piece: bytes | None = getattr(row, name)
    if piece is None:
        return "nothing"
    try:
        anew = wrapped_anew(ring, piece, about=about, what=what)
    except Unreadable:
        return "unreadable"
    if anew is None:
        return "as it should be"
    setattr(row, name, anew)
    return "rewrapped"
