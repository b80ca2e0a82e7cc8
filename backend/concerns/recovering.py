"""The way back when no adviser is left who can read a concern: out to the recovery key, and copies in for a new one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.concerns import concern_store, key_store, place_store, recovery_store
from backend.concerns.candidate import PLACES
from backend.concerns.concern import Concern, Stage
from backend.concerns.considering import able
from backend.concerns.sealing import COPY_BYTES, Envelope
from backend.kernel import audit
from backend.kernel.errors import Conflict, Invalid, NotFound


@dataclass(frozen=True, slots=True)
class Copies:
    """What `bluelight prevent recover --to` made: data keys by entry, sealed to one adviser's key."""

    concern_id: UUID
    key_id: str
    copies: Mapping[UUID, bytes]


def unread(session: Session, today: date) -> Sequence[UUID]:
    """
    The concerns of which no adviser's key in use opens anything.

    Of earlier days only: the audit line of one that is taken out tells the hour.
    """
    read = recovery_store.with_a_reader(session)
    return [one for one in everything(session, today) if one not in read]


def everything(session: Session, today: date) -> Sequence[UUID]:
    """All of earlier days: for advisers whose keys are in use and whose passphrases are lost."""
    return recovery_store.lodged_before(session, today)


def take_out(session: Session, concern_id: UUID, *, today: date, now: datetime) -> dict[str, Any] | None:
    """
    A concern as it is stored, with the recovery key's copies and no others; sealed as before.

    None when no recovery key opens any of it. Raises NotFound.
    """
    concern = concern_store.by_id(session, concern_id)
    if concern is None or concern.day >= today:
        raise NotFound("There is no such concern of an earlier day.")
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


def bring(session: Session, given: Copies, *, today: date, now: datetime) -> int:
    """
    Let an adviser open what these copies are of; how many are new.

    While the concern waits they become one more who may read it; once it was
    assigned they have a place that is vacant, and the second place is handed
    over at the desk. Raises NotFound for a concern that is gone, Conflict for
    somebody who must not read it or has no place, Invalid for copies of
    anything else.
    """
    found = concern_store.by_id(session, given.concern_id)
    if found is None:
        raise NotFound("There is no such concern any more.")
    concern = concern_store.lock(session, found)
    key = key_store.key(session, given.key_id)
    if key is None or key.adviser_id is None or key.retired_on is not None:
        raise Conflict(f"{given.key_id} is no adviser's key in use: they register it at the desk first.")
    entry_ids = concern_store.entry_ids(session, concern.id)
    if given.copies.keys() - set(entry_ids) or any(len(copy) != COPY_BYTES for copy in given.copies.values()):
        raise Invalid("These are no copies of what is in this concern.")
    _give_place(session, concern, key.adviser_id, today=today)
    there = {one.entry_id for one in concern_store.copies(session, entry_ids, [key.id])}
    new = {(entry_id, key.id): copy for entry_id, copy in given.copies.items() if entry_id not in there}
    if new:
        concern_store.put_copies(session, new)
        audit.record(
            session,
            "concern.copies_brought",
            actor=None,
            about="concern",
            about_id=concern.id,
            at=now,
            key_id=key.id,
            copies=len(new),
        )
    return len(new)


def _give_place(session: Session, concern: Concern, adviser_id: UUID, *, today: date) -> None:
    assigned = concern_store.assignees(session, concern.id)
    if adviser_id in assigned:
        return
    able(session, concern, [adviser_id], field="adviser_id", today=today)
    if concern.stage == Stage.WAITING.value:
        return
    if len(assigned) >= PLACES:
        raise Conflict(
            "Both places are taken. Bring copies for a new key of one of the two, or take the role from who is gone.",
            slug="no-vacancy",
        )
    place_store.put(session, concern.id, adviser_id, today=today)
