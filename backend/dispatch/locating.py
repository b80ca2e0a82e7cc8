"""Where everybody is at this moment, and nothing else of them: for a picture that is drawn once a second."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.campus import campus_store
from backend.campus.campus import CANARY
from backend.dispatch.following import position_view
from backend.dispatch.watching import officer_view, standing_open
from backend.people import responder_store


def officers_at(session: Session, *, exercise: bool, now: datetime) -> list[dict[str, Any]]:
    """Every officer on duty of this world but the robot; off duty where somebody is is nobody's business."""
    today = campus_store.newest(session).local(now).date()
    found = responder_store.responders(session, now=now, today=today)
    seen = [officer_view(one, (), now=now) for one in found if one.exercise == exercise and CANARY not in one.teams]
    return [
        {"officer_id": one["officer_id"], "state": one["state"], **one["position"]}
        for one in seen
        if one["position"] is not None
    ]


def cases_at(session: Session, *, exercise: bool, to: UUID | None = None) -> list[dict[str, Any]]:
    """Every case that is open as far as `to` knows (None: everybody else) and whose place is known."""
    found = (one.incident for one in standing_open(session, exercise=exercise, to=to))
    return [
        {"incident_id": one.id, "kind": one.kind, "state": one.state, **at}
        for one in found
        if (at := position_view(one.position)) is not None
    ]
