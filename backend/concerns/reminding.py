"""At nine in the morning of a working day: something waits. Not what, not how many, and never of the same day."""

from datetime import UTC, datetime, time
from uuid import UUID

from sqlalchemy.orm import Session

from backend.concerns import desk_day_store, waiting_store
from backend.kernel import outbox
from backend.kernel.events import ConcernsWait

REMINDED = "reminded"

#: By the clock on the wall; a server that was off at nine says it once it is on, while people are at work.
MORNING, EVENING = time(9), time(18)
SATURDAY = 5


def is_due(session: Session, *, local: datetime) -> bool:
    """Whether this day's is still to be sent; `local` is the time on the wall."""
    works = local.weekday() < SATURDAY and MORNING <= local.time() < EVENING
    return works and not desk_day_store.was_done(session, REMINDED, local.date())


def remind(session: Session, *, local: datetime, now: datetime) -> list[UUID]:
    """
    One message to each adviser for whom something of earlier days waits; to whom.

    At an hour that is always the same and about days that are over, so that it
    fits no report. Nobody on leave, and nobody twice a day.
    """
    if not desk_day_store.take(session, REMINDED, local.date()):
        return []
    # Days of concerns are those of UTC: where the sun is elsewhere, the wall's would count hours just gone by.
    today = now.astimezone(UTC).date()
    told = waiting_store.advisers_waited_for(session, today, at_work_on=local.date())
    for adviser_id in told:
        outbox.keep(session, ConcernsWait(adviser_id), at=now)
    return told
