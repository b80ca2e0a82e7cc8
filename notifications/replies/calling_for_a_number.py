"""Call for somebody whose number several people have: a case that is nobody's, with the number to ring back."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from backend.campus import campus_store
from backend.incidents import incident_store
from backend.incidents.incident import Incident
from backend.incidents.raising import PhonedIn, TapRequest, join, keep_tap, take_call
from backend.kernel.vocabulary import Kind, Trigger
from backend.people import people_store
from backend.people.account import Account, Principal

#: Who raises it: the telephone, and no person.
TELEPHONE = UUID("5d1f6c1e-9a0f-4a07-8b8e-2d6a3f0c9e11")

CALLER = "one of {number} people with this number"


def call_for(
    session: Session, people: Sequence[Account], number: str, text: str, *, sid: str, now: datetime
) -> Incident:
    """The case of this number: while one is open another text adds to it."""
    itself = Principal(TELEPHONE, "", frozenset(), all(one.exercise for one in people), token_hash="")
    tap = TapRequest(uuid5(TELEPHONE, sid), Kind.EMERGENCY, note=text[:2000], trigger=Trigger.PHONED_IN)
    # Several texts from one telephone take turns, so that they find one case.
    people_store.take_turns(session, people[0].id)
    standing = incident_store.open_of_caller(session, number, exercise=itself.exercise)
    if standing is not None:
        join(session, campus_store.newest(session), standing, tap, by=itself, now=now)
        return standing
    call = PhonedIn(
        kind=Kind.EMERGENCY,
        subtype=None,
        position=None,
        zone_id=None,
        caller_name=CALLER.format(number=len(people)),
        caller_number=number,
        note=tap.note,
    )
    incident = take_call(session, call, by=itself, now=now)
    # What was texted is in the conversation already.
    keep_tap(session, incident, TapRequest(tap.tap_id, tap.kind, trigger=tap.trigger), None, by=itself, now=now)
    return incident
