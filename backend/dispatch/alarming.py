"""Alarm the control room about a case, once for each reason and climb; and let a person who knows of it take it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.alarms import alarm_store
from backend.alarms.alarm import Alarm
from backend.alarms.raising_alarm import sound
from backend.alarms.taking import take
from backend.campus.campus import CANARY
from backend.dispatch.facing import may_know
from backend.incidents.incident import Incident
from backend.kernel.errors import NotFound
from backend.kernel.vocabulary import AlarmReason, Trigger
from backend.people import responder_store
from backend.people.account import Principal


def alarm_once(session: Session, incident: Incident, reason: AlarmReason, *, now: datetime) -> None:
    """
    Raise it unless this climb of the ladder already has: what a person has taken does not sound anew.

    The canary's cases alarm nobody one by one: its silence is an alarm of its own.
    """
    if incident.team_id == CANARY:
        return
    known = [one for one in alarm_store.of_incident(session, incident.id) if one.reason == reason.value]
    if not any(alarm.since >= incident.ladder_from or alarm.taken_at is None for alarm in known):
        sound(session, reason, incident_id=incident.id, exercise=incident.exercise, now=now)


def alarm_duress(session: Session, incident: Incident, *, now: datetime) -> None:
    """
    Somebody is being forced: the control room must know before any officer answers.

    An officer on duty is told of as one in danger, however they called. For
    everybody else the reason is that nobody has answered this yet.
    """
    if incident.trigger == Trigger.RESPONDER_DURESS.value:
        alarm_once(session, incident, AlarmReason.RESPONDER_DURESS, now=now)
    elif incident.under_duress and incident.owner_id is not None:
        officer = responder_store.is_on_duty(session, incident.owner_id, now=now)
        alarm_once(session, incident, AlarmReason.RESPONDER_DURESS if officer else AlarmReason.UNANSWERED, now=now)


def take_known(session: Session, alarm_id: UUID, *, by: Principal, now: datetime) -> Alarm:
    """It stops sounding everywhere. Raises NotFound, also for one this person may not know of, or Conflict."""
    alarm = alarm_store.by_id(session, alarm_id)
    if alarm is None or not may_know(session, alarm, by.id):
        raise NotFound("There is no such alarm.")
    return take(session, alarm_id, by=by.id, exercise=by.exercise, now=now)
