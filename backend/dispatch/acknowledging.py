"""First yes wins: an officer takes a case, and the others stand down once enough have."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from backend.campus import campus_store
from backend.dispatch import offer_store
from backend.dispatch.escalating import ask_one_more, ladder_of, policy_of
from backend.dispatch.facing import as_known_to
from backend.dispatch.following import watchable
from backend.dispatch.offer import Offer
from backend.dispatch.policy import next_due
from backend.dispatch.standing_down import withdraw
from backend.incidents import incident_store
from backend.incidents.incident import Incident
from backend.incidents.raising import BELL
from backend.kernel import audit, outbox
from backend.kernel.database import wants
from backend.kernel.errors import Conflict, NotFound
from backend.kernel.events import IncidentSeen, ResponderMoved
from backend.kernel.failpoints import reach
from backend.kernel.vocabulary import DutyState, IncidentState, Kind, OfferState
from backend.people import people_store, responder_store
from backend.people.account import Principal
from backend.people.going_on_duty import change_duty


def acknowledge(session: Session, offer_id: UUID, *, by: Principal, now: datetime) -> Incident:
    """
    Take the case for this officer; the same again is fine.

    Raises NotFound for an offer that is not theirs, and Conflict once as many
    officers as wanted have the case (`taken_by` names them), once it is
    closed, or when the officer is off duty and was not recalled.
    """
    offer, incident = _own_offer(session, offer_id, by=by)
    if offer.holds:
        return incident
    incident.must_be_open()
    offers = offer_store.of_incident(session, incident.id)
    if ladder_of(incident, list(offers)).staffed or offer.state == OfferState.FINISHED.value:
        raise _taken(session, offers)
    _be_on_duty(session, offer, by=by, now=now)
    offer.accept(now=now)
    reach("accept_offer_written")
    # Whoever says yes has seen it, whether or not the handset's receipt came through.
    _see(session, incident, viewer=by.id, now=now)
    incident_store.add_progress(session, incident.id, "accepted", at=now, by=by.id)
    audit.record(session, "offer.accepted", actor=by.id, about="incident", about_id=incident.id, at=now)
    outbox.keep(session, ResponderMoved(incident.id, Kind(incident.kind), by.id, "accepted"), at=now)
    incident.advance(IncidentState.ACCEPTED)
    _settle(session, incident, offers, now=now)
    reach("accept_outbox_written")
    return incident


def decline(session: Session, offer_id: UUID, reason: str | None, *, by: Principal, now: datetime) -> Offer:
    """Say no: the next officer is asked at once. Raises NotFound, or Conflict once it was accepted or withdrawn."""
    offer, incident = _own_offer(session, offer_id, by=by)
    news = offer.waits
    offer.decline(reason, now=now)
    if news:
        audit.record(session, "offer.declined", actor=by.id, about="incident", about_id=incident.id, at=now)
        outbox.keep(session, ResponderMoved(incident.id, Kind(incident.kind), by.id, "declined"), at=now)
        session.flush()
        ask_one_more(session, incident, now=now)
    return offer


def assign(session: Session, incident_id: UUID, officer_id: UUID, *, by: Principal, now: datetime) -> Incident:
    """
    A controller gives the case to an officer, asked or not, over the count that is wanted.

    Raises NotFound for a case or officer there is not, Conflict once the case
    is closed, when the officer is off duty, or when it is their own.
    """
    incident = incident_store.locked(session, incident_id)
    known = as_known_to(session, incident, by.id)
    if incident is None or known is None or not watchable(known.incident, exercise=by.exercise, now=now):
        raise NotFound("There is no such case.")
    known.incident.must_be_open()
    campus = campus_store.newest(session)
    today = campus.local(now).date()
    officer = next(iter(responder_store.responders(session, now=now, today=today, ids=[officer_id])), None)
    if officer is None or officer.exercise != incident.exercise:
        raise NotFound("There is no such officer.")
    if not officer.on_duty:
        raise Conflict("This officer is off duty.", slug="off-duty")
    if officer.id == incident.owner_id:
        raise Conflict("This officer raised the case: give it to another.", slug="own-case")
    offer = next(
        (one for one in offer_store.of_incident(session, incident.id) if _is_now(one, incident, officer_id)), None
    )
    if offer is None:
        offer = Offer(
            id=uuid4(),
            incident_id=incident.id,
            officer_id=officer_id,
            climb=incident.climb,
            rung=incident.rung,
            by=[],
            state=OfferState.OFFERED.value,
            reachable=officer.reachable,
            asked_because="assigned by the control room",
            offered_at=now,
        )
        offer_store.add(session, offer)
    if not offer.holds:
        offer.accept(now=now)
        incident_store.add_progress(session, incident.id, "assigned", at=now, by=officer_id)
        audit.record(
            session,
            "offer.assigned",
            actor=by.id,
            about="incident",
            about_id=incident.id,
            at=now,
            officer=str(officer_id),
        )
        outbox.keep(session, ResponderMoved(incident.id, Kind(incident.kind), officer_id, "assigned"), at=now)
        incident.advance(IncidentState.ACCEPTED)
        _settle(session, incident, offer_store.of_incident(session, incident.id), now=now)
    return incident


def displayed(session: Session, incident_id: UUID, *, viewer: UUID, now: datetime) -> None:
    """A message about the case reached a screen; the first of a person who can help makes the case seen."""
    incident = incident_store.locked(session, incident_id)
    if incident is not None and incident.open and viewer != incident.owner_id:
        _see(session, incident, viewer=viewer, now=now)


def _see(session: Session, incident: Incident, *, viewer: UUID, now: datetime) -> None:
    if incident.see(now=now):
        incident_store.add_progress(session, incident.id, "seen", at=now, by=viewer)
        outbox.keep(session, IncidentSeen(incident.id, Kind(incident.kind)), at=now)


def _own_offer(session: Session, offer_id: UUID, *, by: Principal) -> tuple[Offer, Incident]:
    offer = offer_store.by_id(session, offer_id)
    if offer is None or offer.officer_id != by.id:
        raise NotFound("There is no such offer.")
    # The case first, then the offer as it is now: everybody who answers takes turns on the case's row.
    incident = incident_store.locked(session, offer.incident_id)
    if incident is None:
        raise NotFound("There is no such offer.")
    session.refresh(offer)
    return offer, incident


def _is_now(offer: Offer, incident: Incident, officer_id: UUID) -> bool:
    return offer.officer_id == officer_id and (offer.climb == incident.climb or offer.holds)


def _be_on_duty(session: Session, offer: Offer, *, by: Principal, now: datetime) -> None:
    duty = responder_store.duty_of(session, by.id)
    if duty is not None and duty.on(now=now):
        return
    if not offer.by:
        raise Conflict("You are off duty. Go on duty to take a case.", slug="off-duty")
    change_duty(session, DutyState.ON_PATROL, by=by, now=now)


def _settle(session: Session, incident: Incident, offers: Sequence[Offer], *, now: datetime) -> None:
    """Plan what comes next after a yes: the rungs stop when enough have it, and lateness is watched for."""
    policy = policy_of(campus_store.newest(session), incident)
    ladder = ladder_of(incident, list(offers))
    if incident.state == IncidentState.ACCEPTED.value or incident.late_at is None:
        someone_there = any(one.counts and one.state == OfferState.ON_SCENE.value for one in offers)
        due = now + timedelta(seconds=policy.reask_after_s)
        incident.late_at = None if someone_there else min(incident.late_at or due, due)
    if ladder.staffed:
        for other in offers:
            if other.waits:
                withdraw(session, incident, other, now=now)
    incident.next_step_at = next_due(policy, ladder, late_at=incident.late_at, now=now)
    wants(session, BELL)


def _taken(session: Session, offers: Sequence[Offer]) -> Conflict:
    holders = [offer.officer_id for offer in offers if offer.counts]
    taken_by = [{"name": name} for name in sorted(people_store.names(session, holders).values())]
    return Conflict("Others have this case now. You can stand down.", slug="offer-taken", facts={"taken_by": taken_by})
