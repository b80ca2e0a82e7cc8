"""Receive a press: know the person, take the tap, and say what became of it, in one transaction."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.dispatch.facing import as_known_to
from backend.dispatch.following import just_raised, owner_view
from backend.incidents import incident_store
from backend.incidents.incident import Incident
from backend.incidents.raising import TapRequest, take_tap
from backend.kernel.errors import NotFound, Unauthenticated
from backend.people.signing_in import UNKNOWN, recognise


def receive(session: Session, token: str | None, tap: TapRequest, *, now: datetime) -> tuple[dict[str, Any], bool]:
    """
    The case as its owner sees it, and whether this tap opened it.

    A sign-in that ran out less than 30 days ago is good for it. Raises
    Unauthenticated for a token nobody has, or that was ended, and nothing else.
    """
    person = recognise(session, token, now=now) if token else None
    if person is None:
        raise Unauthenticated(UNKNOWN)
    incident, opened = take_tap(session, tap, by=person, now=now)
    if opened:
        return just_raised(session, incident, by=person), True
    return owner_view(session, incident, now=now), False


def as_owner_knows(session: Session, incident_id: UUID) -> Incident:
    """
    The case that a press led to, as the person whose button it is may know it; nobody's is told as it is.

    Under duress it is no row of the store. Raises NotFound for one that was
    raised so, to which no press of theirs leads.
    """
    incident = incident_store.by_id(session, incident_id)
    known = as_known_to(session, incident, incident.owner_id if incident else None)
    if known is None:
        raise NotFound("There is no such case.")
    return known.incident
