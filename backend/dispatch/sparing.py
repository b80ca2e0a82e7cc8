"""What forgetting leaves alone: cases that are open or held, and everybody who is in them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.alarms import alarm_store
from backend.casework import casework_store
from backend.dispatch import disclosure_store, offer_store
from backend.incidents import hold_store, shelf_store
from backend.kernel.retention import Spared

#: Cases whose people are asked for at once: a store takes so many ids and no more.
TOGETHER = 500


#: Where the people of such cases stand.
IN_THEM = (
    shelf_store.people_of,
    offer_store.officers_of,
    disclosure_store.viewers_of,
    alarm_store.takers_of,
    casework_store.people_of,
)


def spared(session: Session, *, before: datetime) -> Spared:
    """
    Whom and what nobody may forget, of all that is from before this moment.

    A case that was raised later than that has nothing that old; but whoever is in
    one that is open now may have left long ago.
    """
    return Spared(lambda: _cases(session, before), lambda: _people(session))


def _cases(session: Session, before: datetime) -> frozenset[UUID]:
    return frozenset(hold_store.held_cases(session)).union(shelf_store.still_open(session, before=before))


def _people(session: Session) -> frozenset[UUID]:
    watched = list({*hold_store.held_cases(session), *shelf_store.still_open(session)})
    people: set[UUID] = set()
    for first in range(0, len(watched), TOGETHER):
        some = watched[first : first + TOGETHER]
        people.update(*(found(session, some) for found in IN_THEM))
    return frozenset(people)
