"""A person takes an alarm, or a console shows it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.alarms import alarm_store
from backend.alarms.alarm import Alarm
from backend.kernel import audit, outbox
from backend.kernel.errors import NotFound
from backend.kernel.events import AlarmTaken


def take(session: Session, alarm_id: UUID, *, by: UUID, exercise: bool, now: datetime) -> Alarm:
    """
    It stops sounding everywhere.

    Raises NotFound, also for an alarm of the other world (`exercise` is the
    taker's), or Conflict when another person has it.
    """
    alarm = alarm_store.by_id(session, alarm_id)
    if alarm is None or alarm.exercise != exercise:
        raise NotFound("There is no such alarm.")
    already = alarm.taken_at is not None
    alarm.take(by, now=now)
    if not already:
        audit.record(session, "alarm.taken", actor=by, about="alarm", about_id=alarm.id, at=now, reason=alarm.reason)
        outbox.keep(session, AlarmTaken(alarm.id, alarm.reason, alarm.incident_id), at=now)
    return alarm


def displayed(session: Session, alarm_id: UUID, *, now: datetime) -> None:
    """A console showed it. A receipt for an alarm that is gone is no fault."""
    alarm = alarm_store.by_id(session, alarm_id)
    if alarm is not None:
        alarm.shown(now=now)
        alarm.plan()
