"""See that somebody is on duty: the last to leave alarms the control room, the first to come answers that alarm."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.alarms import alarm_store
from backend.alarms.raising_alarm import raise_alarm
from backend.alarms.taking import take
from backend.campus.campus import CANARY
from backend.kernel.vocabulary import AlarmReason
from backend.people import people_store, responder_store
from backend.people.account import Account

#: Of no case: nobody could be reached if there were one.
REASON = AlarmReason.NOBODY_REACHABLE


def alarm_if_deserted(session: Session, officer_id: UUID, *, now: datetime) -> bool:
    """
    An officer has left duty, by whatever way; whether the control room was alarmed that nobody is left of their world.

    Once for each time that it happens: two who left together are one alarm, and
    a person who has taken it is not rung again for the second of them.
    """
    officer = _human(session, officer_id)
    duty = responder_store.duty_of(session, officer_id)
    if officer is None or duty is None or responder_store.anybody_on_duty(session, exercise=officer.exercise, now=now):
        return False
    last = alarm_store.newest_of_no_case(session, REASON.value, exercise=officer.exercise)
    if last is not None and last.since >= duty.since:
        return False
    raise_alarm(session, REASON, exercise=officer.exercise, now=now)
    return True


def answer_desertion(session: Session, officer_id: UUID, *, now: datetime) -> bool:
    """
    An officer has come on duty; whether that answered a standing alarm that nobody was.

    It is what the alarm asked for, so they are the person who takes it: nobody
    in the control room has to silence what is no longer true.
    """
    officer = _human(session, officer_id)
    if officer is None or not responder_store.is_on_duty(session, officer_id, now=now):
        return False
    standing = alarm_store.standing_for(session, REASON.value, None, exercise=officer.exercise)
    if standing is None:
        return False
    take(session, standing.id, by=officer_id, exercise=officer.exercise, now=now)
    return True


def _human(session: Session, officer_id: UUID) -> Account | None:
    """The canary's robot comes and goes as its process does, and is nobody to rely on."""
    account = people_store.by_id(session, officer_id)
    return None if account is None or CANARY in people_store.teams_of(session, officer_id) else account
