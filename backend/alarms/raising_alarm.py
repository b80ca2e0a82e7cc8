"""Make the control room look, and go on until somebody does."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from backend.alarms import alarm_store
from backend.alarms.alarm import REPEAT, UNSEEN, Alarm
from backend.kernel import audit, outbox
from backend.kernel.database import wants
from backend.kernel.events import AlarmRaised, AlarmUnseen
from backend.kernel.vocabulary import AlarmReason

BELL = "alarming"


def raise_alarm(
    session: Session, reason: AlarmReason, *, incident_id: UUID | None = None, exercise: bool = False, now: datetime
) -> Alarm:
    """Raise it, or return the one that already stands for this reason, case and world: an alarm is never doubled."""
    standing = alarm_store.standing_for(session, reason, incident_id, exercise=exercise)
    return standing or sound(session, reason, incident_id=incident_id, exercise=exercise, now=now)


def sound(session: Session, reason: AlarmReason, *, incident_id: UUID | None, exercise: bool, now: datetime) -> Alarm:
    """Raise one of which the caller knows that none stands."""
    alarm = Alarm(
        id=uuid4(),
        reason=reason.value,
        incident_id=incident_id,
        exercise=exercise,
        since=now,
        repeat_at=now + REPEAT,
        due_at=now + UNSEEN,
    )
    alarm_store.add(session, alarm)
    audit.record(session, "alarm.raised", actor=None, about="alarm", about_id=alarm.id, at=now, reason=reason.value)
    outbox.keep(session, AlarmRaised(alarm.id, reason.value, incident_id), at=now)
    wants(session, BELL)
    return alarm


def sound_due(session: Session, *, now: datetime) -> int:
    """Repeat what has stood too long and tell the team elsewhere what no console showed; how many were due."""
    due = alarm_store.due(session, now=now)
    for alarm in due:
        if alarm.goes_elsewhere_at and alarm.goes_elsewhere_at <= now:
            alarm.told_otherwise_at = now
            outbox.keep(session, AlarmUnseen(alarm.id, alarm.reason, alarm.incident_id), at=now)
        if alarm.repeat_at <= now:
            alarm.repeat_at = now + REPEAT
            outbox.keep(session, AlarmRaised(alarm.id, alarm.reason, alarm.incident_id), at=now)
        alarm.plan()
    return len(due)
