"""The way back when no adviser is left who can read a concern: out to the recovery key, and copies in for a new one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.concerns import concern_store, key_store, recovery_store
from backend.concerns.sealing import COPY_BYTES, Envelope
from backend.kernel import audit
from backend.kernel.errors import Conflict, Invalid, NotFound


@dataclass(frozen=True, slots=True)
class Copies:
    """What `bluelight prevent recover --to` made: data keys by entry, sealed to one adviser's key."""

    concern_id: UUID
    key_id: str
    copies: Mapping[UUID, bytes]


def unread(session: Session) -> Sequence[UUID]:
    """The concerns of which no adviser's key in use opens anything."""
    read = recovery_store.with_a_reader(session)
    return [one for one in recovery_store.all_ids(session) if one not in read]


def everything(session: Session) -> Sequence[UUID]:
    """All of them: for advisers whose keys are in use and whose passphrases are lost."""
    return recovery_store.all_ids(session)


def take_out(session: Session, concern_id: UUID, *, now: datetime) -> dict[str, Any] | None:
    """
    A concern as it is stored, with the recovery key's copies and no others; sealed as before.

    None when no recovery key opens any of it. Raises NotFound.
    """
    if concern_store.by_id(session, concern_id) is None:
        raise NotFound("There is no such concern.")
    entries = concern_store.entries(session, concern_id)
    found: dict[UUID, dict[str, bytes]] = {one.id: {} for one in entries}
    for copy in concern_store.copies(session, list(found), key_store.recovery_ids(session)):
        found[copy.entry_id][copy.key_id] = copy.sealed
    told = [
        {
            "id": str(one.id),
            "kind": one.kind,
            "day": one.day.isoformat(),
            **Envelope(one.box, found[one.id]).on_the_wire(),
        }
        for one in entries
        if found[one.id]
    ]
    if not told:
        return None
    audit.record(session, "concern.taken_out", actor=None, about="concern", about_id=concern_id, at=now)
    return {"id": str(concern_id), "entries": told}


def bring(session: Session, given: Copies, *, now: datetime) -> int:
    """
    Let an adviser open what these copies are of; how many are new.

    Raises NotFound for a concern that is not there (any more), Conflict for a
    key that is no adviser's in use or whose adviser stood aside, Invalid for
    copies of other entries or of another size.
    """
    if concern_store.by_id(session, given.concern_id) is None:
        raise NotFound("There is no such concern any more.")
    key = key_store.key(session, given.key_id)
    if key is None or key.adviser_id is None or key.retired_on is not None:
        raise Conflict(f"{given.key_id} is no adviser's key in use: they register it at the desk first.")
    if key.adviser_id in concern_store.recused(session, given.concern_id):
        raise Conflict("This adviser stood aside from this concern and may not read it.")
    own = {one.id for one in concern_store.entries(session, given.concern_id)}
    if given.copies.keys() - own:
        raise Invalid("These are copies of something that is not in this concern.")
    if any(len(copy) != COPY_BYTES for copy in given.copies.values()):
        raise Invalid("A copy is not a sealed key.")
    there = recovery_store.opened_by(session, key.id, list(own))
    new = {entry_id: copy for entry_id, copy in given.copies.items() if entry_id not in there}
    if new:
        recovery_store.put_copies(session, key.id, new)
        audit.record(
            session,
            "concern.copies_brought",
            actor=None,
            about="concern",
            about_id=given.concern_id,
            at=now,
            key_id=key.id,
            copies=len(new),
        )
    return len(new)
