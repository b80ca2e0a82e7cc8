"""Say before anything is sent how far it would get: how many people, by which channels, and who would hear nothing."""

from datetime import datetime

from sqlalchemy.orm import Session

from backend.broadcasts import audience_store
from backend.broadcasts.audience import Audience
from backend.broadcasts.reachable import MOST_NAMED, Forecast, forecast_of
from backend.campus import campus_store
from backend.kernel.vocabulary import Severity


def forecast(session: Session, audience: Audience, severity: Severity, *, exercise: bool, now: datetime) -> Forecast:
    """
    How far a broadcast of this severity would get now, by what the handsets report of themselves.

    Only reads: it is asked on a snapshot and holds no tap up. An audience whose
    area cannot be drawn has nobody in it; the lint says why.
    """
    if audience.is_empty or not audience.is_drawn_well:
        return forecast_of({}, (), severity)
    campus = campus_store.newest(session)
    counted = audience_store.counted(session, campus, audience, exercise=exercise, now=now)
    named = audience_store.hard_to_reach(
        session, campus, audience, severity, exercise=exercise, most=MOST_NAMED, now=now
    )
    return forecast_of(counted, tuple(named), severity)
