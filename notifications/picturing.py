"""Pictures for the control room: where everybody is now, whole, newest wins, never kept."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.dispatch import watching
from backend.dispatch.following import position_view
from backend.kernel.plain import plain
from notifications.addressing import controllers

#: The event of the picture that shows positions.
POSITION = "position"


@dataclass(frozen=True, slots=True)
class Picture:
    """What these people may see of where officers and open cases are."""

    viewers: frozenset[UUID]
    data: dict[str, Any]


def pictures(session: Session, *, now: datetime) -> list[Picture]:
    """One for the real board and one for the exercise; controllers alone may see where officers are."""
    found = []
    for exercise in (False, True):
        everybody = frozenset(one.person_id for one in controllers(session, exercise=exercise))
        # Whose own case goes on under duress has a picture without it.
        apart = everybody & watching.forced(session, exercise=exercise) if everybody else frozenset()
        found += [
            Picture(viewers, _positions(session, exercise=exercise, to=to, now=now))
            for viewers, to in ((everybody - apart, None), *((frozenset({one}), one) for one in apart))
            if viewers
        ]
    return found


def _positions(session: Session, *, exercise: bool, to: UUID | None, now: datetime) -> dict[str, Any]:
    officers = [
        {"officer_id": one["officer_id"], "state": one["state"], **one["position"]}
        for one in watching.officers(session, exercise=exercise, now=now)
        if one["position"] is not None
    ]
    cases = [
        {"incident_id": one.incident.id, "kind": one.incident.kind, "state": one.incident.state, **at}
        for one in watching.standing_open(session, exercise=exercise, to=to)
        if (at := position_view(one.incident.position)) is not None
    ]
    return {"officers": plain(officers), "incidents": plain(cases)}
