"""What forgetting leaves alone: cases that are open or held, and everybody who is in them."""

from datetime import datetime

from sqlalchemy.orm import Session

from backend.alarms import alarm_store
from backend.dispatch import disclosure_store, offer_store
from backend.incidents import hold_store, shelf_store
from backend.kernel.retention import Spared


def spared(session: Session, *, before: datetime) -> Spared:
    """
    Whom and what nobody may forget, of all that is from before this moment.

    A case that was raised later than that has nothing that old.
    """
    cases = frozenset({*hold_store.held_cases(session), *shelf_store.still_open(session, before=before)})
    if not cases:
        return Spared()
    in_them = (shelf_store.people_of, offer_store.officers_of, disclosure_store.viewers_of, alarm_store.takers_of)
    return Spared(cases, frozenset().union(*(people(session, cases) for people in in_them)))
