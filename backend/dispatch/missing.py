"""Miss the canary: a press that proves the way has not come through for too long, and the control room must know."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from backend.alarms import alarm_store
from backend.alarms.alarm import Alarm
from backend.alarms.raising_alarm import raise_alarm
from backend.incidents import played_case_store
from backend.kernel.vocabulary import AlarmReason


def miss_canary(session: Session, *, expected_since: datetime, patience: timedelta, now: datetime) -> Alarm | None:
    """
    Raise `canary_missing` once for each silence; None while it sings.

    The silence begins with the last press that came through, or at
    `expected_since` if that is later: a service that was stopped owes nothing
    for the time. What a person has taken does not sound anew until the canary
    has sung in between.
    """
    last = played_case_store.last_flight(session)
    silent_since = max(expected_since, last.closed_at) if last else expected_since
    if now - silent_since < patience:
        return None
    told = alarm_store.newest_of_no_case(session, AlarmReason.CANARY_MISSING.value, exercise=False)
    if told is not None and (told.taken_at is None or last is None or told.since > last.closed_at):
        return None
    return raise_alarm(session, AlarmReason.CANARY_MISSING, now=now)
