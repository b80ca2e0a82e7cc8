"""The SQL of what the desk does once a day."""

from datetime import date

from sqlalchemy.orm import Session

from backend.concerns.concern import DeskDay


def was_done(session: Session, what: str, day: date) -> bool:
    """Whether this was done on that day already, or on a later one."""
    found = session.get(DeskDay, what)
    return found is not None and found.day >= day


def take(session: Session, what: str, day: date) -> bool:
    """Write down that it is done on this day; False when somebody else has, and then it is theirs."""
    found = session.get(DeskDay, what, with_for_update=True)
    if found is None:
        # Two first-comers: the second meets the first one's row and is tried again.
        session.add(DeskDay(what=what, day=day))
        session.flush()
        return True
    if found.day >= day:
        return False
    found.day = day
    return True
