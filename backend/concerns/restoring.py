"""Concerns that nobody at the desk can open any more, and two who get them back by the recovery key."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.concerns import concern_store, key_store, left_store, place_store
from backend.concerns.assigning import must_be_two, remember_struck_out, seat_two
from backend.concerns.considering import able
from backend.concerns.copying import Copies, give_copies
from backend.kernel.errors import NotFound


def left_behind(session: Session, *, by: UUID, at_once: bool, today: date) -> dict[str, Any]:
    """
    Open concerns without a reader, with the recovery key's copies: who brings that key together makes new ones of them.

    Without the key they open nothing. None that the asking lead stands aside from.
    """
    found = left_store.without_reader(session, shown=None if at_once else today, but_not_aside=by)
    recovery = key_store.recovery_ids(session)
    items = []
    for concern in found:
        copies: dict[UUID, dict[str, bytes]] = defaultdict(dict)
        entry_ids = concern_store.entry_ids(session, concern.id)
        for copy in concern_store.copies(session, entry_ids, recovery):
            copies[copy.entry_id][copy.key_id] = copy.sealed
        entries = [{"id": entry_id, "copies": copies[entry_id]} for entry_id in entry_ids]
        items.append({"id": concern.id, "day": concern.day, "stage": concern.stage, "entries": entries})
    return {"items": items, "next_cursor": None}


def restore(
    session: Session,
    concern_id: UUID,
    adviser_ids: Sequence[UUID],
    copies: Copies,
    *,
    by: UUID,
    at_once: bool,
    today: date,
    now: datetime,
) -> None:
    """
    These two work on it from now on; `copies` were made with the recovery key, of every entry for both.

    Raises NotFound for a concern that somebody at the desk can open, Conflict
    and Invalid as assigning does.
    """
    locked = concern_store.locked(session, concern_id)
    left = left_store.without_reader(session, shown=None if at_once else today, but_not_aside=by)
    concern = next((one for one in left if locked is not None and one.id == locked.id), None)
    if concern is None:
        raise NotFound("There is no such concern without a reader.")
    must_be_two(adviser_ids)
    able(session, concern, list(adviser_ids), field="adviser_ids", today=today)
    remember_struck_out(session, concern, today=today)
    give_copies(session, concern, adviser_ids, copies)
    for gone in concern_store.assignees(session, concern.id):
        place_store.vacate(session, concern.id, gone)
    seat_two(session, concern, adviser_ids, "concern.restored", by=by, today=today, now=now)
