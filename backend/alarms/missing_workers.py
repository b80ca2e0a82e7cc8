"""Nobody sends: the control room must know while taps are still taken."""

from datetime import datetime

from sqlalchemy.orm import Session

from backend.alarms.alarm import Alarm
from backend.alarms.raising_alarm import raise_alarm
from backend.kernel.vocabulary import AlarmReason


def miss_workers(session: Session, *, now: datetime) -> Alarm:
    """
    No push, mail, text or call leaves the house: what is to be told by them waits.

    The contract names no reason of its own for it, nor for a provider that is
    away: both are what could not be told, without a case.
    """
    return raise_alarm(session, AlarmReason.DEAD_LETTER, now=now)
