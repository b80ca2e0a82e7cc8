"""Pictures for the control room: where everybody is now, whole, newest wins, never kept."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.dispatch import locating, watching
from backend.kernel.plain import plain
from notifications.addressing import controllers

#: The event of the picture that shows positions.
POSITION = "position"


@dataclass(frozen=True, slots=True)
class Picture:
    """What these people may see of where officers and open cases are."""

    viewers: frozenset[UUID]
    data: dict[str, Any]


def pictures(session: Session, looking: AbstractSet[UUID], *, now: datetime) -> list[Picture]:
    """
    For those controllers of each world who are looking; they alone may see where officers are.

    Drawn once for all of them, and not at all where nobody looks.
    """
    found = []
    for exercise in (False, True):
        everybody = looking & {one.person_id for one in controllers(session, exercise=exercise)}
        # Whose own case goes on under duress has a picture without it.
        apart = everybody & watching.forced(session, exercise=exercise) if everybody else frozenset()
        found += [
            Picture(frozenset(viewers), _positions(session, exercise=exercise, to=to, now=now))
            for viewers, to in ((everybody - apart, None), *((frozenset({one}), one) for one in apart))
            if viewers
        ]
    return found


def _positions(session: Session, *, exercise: bool, to: UUID | None, now: datetime) -> dict[str, Any]:
    officers = locating.officers_at(session, exercise=exercise, now=now)
    cases = locating.cases_at(session, exercise=exercise, to=to)
    return {"officers": plain(officers), "cases": plain(cases)}
