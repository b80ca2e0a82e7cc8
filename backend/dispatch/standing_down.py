"""Stand down: an offer is no longer needed, a case is over, an officer has left."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.dispatch import offer_store
from backend.dispatch.asking import alarm_if_unreachable
from backend.dispatch.escalating import ask_one_more
from backend.dispatch.facing import as_known_to
from backend.dispatch.following import watchable
from backend.dispatch.offer import Offer
from backend.incidents import incident_store
from backend.incidents.closing import close
from backend.incidents.incident import Incident
from backend.incidents.raising import BELL
from backend.kernel import outbox
from backend.kernel.database import wants
from backend.kernel.errors import NotFound
from backend.kernel.events import OfferWithdrawn
from backend.kernel.vocabulary import IncidentState, Kind, OfferState
from backend.people import responder_store
from backend.people.account import Principal


def withdraw(session: Session, incident: Incident, offer: Offer, *, now: datetime) -> None:
    """The officer is no longer asked, and their handset falls silent."""
    offer.withdraw(now=now)
    _tell(session, incident, offer, now=now)


def end(
    session: Session,
    incident: Incident,
    state: IncidentState,
    *,
    by: UUID | None,
    words: str | None = None,
    now: datetime,
) -> None:
    """Close a case for everybody in it. Raises Conflict when it is closed already."""
    close(session, incident, state, by=by, words=words, now=now)
    for offer in offer_store.of_incident(session, incident.id):
        asked = offer.waits
        offer.stand_down(now=now)
        if asked:
            _tell(session, incident, offer, now=now)


def resolve(session: Session, incident_id: UUID, words: str | None, *, by: Principal, now: datetime) -> Incident:
    """The control room closes a case; resolving again is fine. Raises NotFound, or Conflict when it was cancelled."""
    incident = incident_store.locked(session, incident_id)
    known = as_known_to(session, incident, by.id)
    if incident is None or known is None or not watchable(known.incident, exercise=by.exercise, now=now):
        raise NotFound("There is no such case.")
    if known.face is not None:
        raise known.incident.closed_already()
    if incident.state != IncidentState.RESOLVED.value:
        end(session, incident, IncidentState.RESOLVED, by=by.id, words=words, now=now)
    return incident


def leave(session: Session, officer_id: UUID, *, now: datetime) -> int:
    """
    An officer is off duty: ask the next what they were asked, and ask anew for what they had and had not reached.

    Nobody is left to ask: the control room is alarmed, as it is when a rung
    reaches nobody. How many cases were touched; none for one who is back by the
    time this is told.
    """
    if responder_store.is_on_duty(session, officer_id, now=now):
        return 0
    touched = 0
    for incident_id in offer_store.cases_of(session, officer_id):
        incident = incident_store.locked(session, incident_id)
        offer = offer_store.latest_of(session, incident_id, officer_id)
        if incident is None or offer is None or not incident.open:
            continue
        session.refresh(offer)
        if offer.waits and not offer.by:
            withdraw(session, incident, offer, now=now)
            _ask_another(session, incident, now=now)
            touched += 1
        elif offer.counts and offer.state != OfferState.ON_SCENE.value:
            # Whoever said yes and left is not coming: the case is late at this very moment.
            incident.late_at = incident.next_step_at = now
            wants(session, BELL)
            touched += 1
    return touched


def _ask_another(session: Session, incident: Incident, *, now: datetime) -> None:
    session.flush()
    if not ask_one_more(session, incident, now=now):
        standing = [one for one in offer_store.of_incident(session, incident.id) if one.waits or one.holds]
        alarm_if_unreachable(session, incident, standing, now=now)


def _tell(session: Session, incident: Incident, offer: Offer, *, now: datetime) -> None:
    told = OfferWithdrawn(incident.id, Kind(incident.kind), offer.id, offer.officer_id)
    outbox.keep(session, told, at=now)
