"""A responder moves on: on the way, on scene, done."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.campus import campus_store
from backend.dispatch import offer_store
from backend.dispatch.escalating import ladder_of, policy_of
from backend.dispatch.policy import next_due
from backend.dispatch.standing_down import end
from backend.incidents import incident_store
from backend.incidents.incident import Incident
from backend.kernel import audit, outbox
from backend.kernel.errors import Conflict, NotFound
from backend.kernel.events import ResponderMoved
from backend.kernel.vocabulary import IncidentState, Kind
from backend.people.account import Principal


def move(
    session: Session, incident_id: UUID, move_to: str, words: str | None, *, by: Principal, now: datetime
) -> Incident:
    """
    A responder's own next move; the same again is fine. `resolved` ends the case for all.

    Raises NotFound for a case this officer was never on, and Conflict for an
    illegal move (it names the legal ones) or once the case is closed.
    """
    incident = incident_store.locked(session, incident_id)
    offer = offer_store.latest_of(session, incident_id, by.id)
    if incident is None or offer is None:
        raise NotFound("There is no such case.")
    session.refresh(offer)
    if not incident.open:
        if move_to == incident.state and incident.closed_by == by.id:
            return incident
        told = {"state": incident.state, "legal": []}
        raise Conflict(f"This case is already {incident.state}.", slug="incident-closed", facts=told)
    if not offer.move(move_to, now=now):
        return incident
    if move_to == IncidentState.RESOLVED.value:
        end(session, incident, IncidentState.RESOLVED, by=by.id, words=words, now=now)
        return incident
    incident.advance(IncidentState(move_to))
    incident_store.add_progress(session, incident.id, move_to, at=now, by=by.id, words=words)
    audit.record(session, f"responder.{move_to}", actor=by.id, about="incident", about_id=incident.id, at=now)
    outbox.keep(session, ResponderMoved(incident.id, Kind(incident.kind), by.id, move_to), at=now)
    if move_to == IncidentState.ON_SCENE.value:
        # Somebody is there: the case can no longer be late.
        incident.late_at = None
        offers = list(offer_store.of_incident(session, incident.id))
        policy = policy_of(campus_store.newest(session), incident)
        incident.next_step_at = next_due(policy, ladder_of(incident, offers), late_at=None, now=now)
    return incident
