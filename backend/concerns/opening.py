"""Open a concern: its sealed entries with one's own copies, who works on it, and who could."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.concerns import concern_store, key_store, place_store
from backend.concerns.adviser import Adviser
from backend.concerns.advising import may_open, required_keys
from backend.concerns.candidate import PLACES, proposed
from backend.concerns.concern import Assignee, Concern, Stage
from backend.concerns.considering import candidates


def open_concern(session: Session, concern_id: UUID, *, by: UUID, at_once: bool, today: date) -> dict[str, Any]:
    """
    Everything of one concern that its reader's client needs: to read, to write, and to give copies.

    The copies are those of the reader's own keys, retired ones as well.
    """
    concern = may_open(session, concern_id, by=by, today=today, at_once=at_once)
    entries = concern_store.entries(session, concern.id)
    own = [key.id for key in key_store.all_keys_of(session, by)]
    copies: dict[UUID, dict[str, bytes]] = defaultdict(dict)
    for copy in concern_store.copies(session, [entry.id for entry in entries], own):
        copies[copy.entry_id][copy.key_id] = copy.sealed
    weighed = candidates(session, concern, today=today)
    two = proposed(weighed, concern.id) if concern.stage == Stage.WAITING.value else []
    advisers = {one.id: one for one in key_store.advisers(session)}
    keys = key_store.all_keys(session)
    return {
        **brief(concern, place_store.of(session, [concern.id])[concern.id], advisers, by=by, today=today),
        "reply_key": concern.reply_key,
        "sealed_to": required_keys(session, concern),
        "entries": [
            {
                "id": entry.id,
                "kind": entry.kind,
                "day": entry.day,
                "written_by": entry.written_by,
                "box": entry.box,
                "copies": copies[entry.id],
            }
            for entry in entries
        ],
        "advisers": [
            {
                "adviser_id": one.adviser_id,
                "name": one.name,
                "faculty": one.faculty,
                "trained_on": one.trained_on,
                "keys": {key.id: key.public_key for key in keys.get(one.adviser_id, []) if key.retired_on is None},
                "cannot": one.cannot,
                "needs_copies": one.needs_copies,
                "proposed": one.adviser_id in two,
            }
            for one in weighed
        ],
    }


def brief(
    concern: Concern, assigned: Sequence[Assignee], advisers: dict[UUID, Adviser], *, by: UUID, today: date
) -> dict[str, Any]:
    """A concern as a line of the list; days only, and nothing of what was written."""
    places = [
        {
            "adviser_id": one.adviser_id,
            "name": advisers[one.adviser_id].name if one.adviser_id in advisers else None,
            "since": one.day,
            "away": one.adviser_id in advisers and advisers[one.adviser_id].is_away(today),
        }
        for one in assigned
    ]
    waiting = concern.stage == Stage.WAITING.value
    return {
        "id": concern.id,
        "day": concern.day,
        "stage": concern.stage,
        "outcome": concern.outcome,
        "closed_on": concern.closed_on,
        "mailbox_until": concern.mailbox_until,
        "data_until": concern.data_until,
        "held": concern.held,
        "mine": any(one.adviser_id == by for one in assigned),
        "places": places,
        "vacant": 0 if waiting else PLACES - len(places),
    }
