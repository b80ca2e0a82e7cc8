"""Leave: an adviser who is away is assigned nothing, and whoever works with them sees which places need cover."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.concerns import key_store, place_store
from backend.kernel import audit
from backend.kernel.errors import FieldFault, Invalid


def go_on_leave(
    session: Session, adviser_id: UUID, name: str, first: date, last: date | None, *, today: date, now: datetime
) -> dict[str, Any]:
    """
    Away from the first to the last day, both counted; with no last one until further notice.

    Places stay taken until they are handed over. Raises Invalid for an end
    before the beginning, or one that is over.
    """
    if last is not None and last < max(first, today):
        raise Invalid("This leave is over.", [FieldFault("until", "Not before `from`, and not in the past.")])
    return _set(session, adviser_id, name, first, last, now=now)


def come_back(session: Session, adviser_id: UUID, name: str, *, now: datetime) -> dict[str, Any]:
    """No leave any more, whether it had begun or not."""
    return _set(session, adviser_id, name, None, None, now=now)


def leave_of(session: Session, adviser_id: UUID) -> dict[str, Any]:
    """Their leave, and the open concerns in which their place wants cover while they are away."""
    adviser = key_store.adviser(session, adviser_id)
    away_from, away_until = (adviser.away_from, adviser.away_until) if adviser else (None, None)
    places = list(place_store.open_places_of(session, adviser_id)) if away_from else []
    return {"away_from": away_from, "away_until": away_until, "to_hand_over": places}


def _set(
    session: Session, adviser_id: UUID, name: str, first: date | None, last: date | None, *, now: datetime
) -> dict[str, Any]:
    adviser = key_store.put_adviser(session, adviser_id, name)
    if (adviser.away_from, adviser.away_until) != (first, last):
        adviser.away_from, adviser.away_until = first, last
        audit.record(
            session,
            "adviser.leave_set",
            actor=adviser_id,
            about="adviser",
            about_id=adviser_id,
            at=now,
            away_from=str(first) if first else None,
            away_until=str(last) if last else None,
        )
    return leave_of(session, adviser_id)
