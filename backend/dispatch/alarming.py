"""Alarm the control room about a case, once for each reason and climb."""

from datetime import datetime

from sqlalchemy.orm import Session

from backend.alarms import alarm_store
from backend.alarms.raising_alarm import raise_alarm
from backend.incidents.incident import Incident
from backend.kernel.vocabulary import AlarmReason


def alarm_once(session: Session, incident: Incident, reason: AlarmReason, *, now: datetime) -> None:
    """Raise it unless this climb of the ladder already has: what a person has taken does not sound anew."""
    known = alarm_store.of_incident(session, incident.id)
    if not any(alarm.reason == reason.value and alarm.since >= incident.ladder_from for alarm in known):
        raise_alarm(session, reason, incident_id=incident.id, exercise=incident.exercise, now=now)
