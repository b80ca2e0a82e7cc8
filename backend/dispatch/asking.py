"""Ask officers: make the offers a rung calls for, and see that somebody could be reached."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from backend.campus.campus import CANARY, Campus, Step
from backend.dispatch import offer_store
from backend.dispatch.alarming import alarm_once
from backend.dispatch.choosing import Chosen, Place, choose, qualified
from backend.dispatch.offer import Offer
from backend.incidents import incident_store
from backend.incidents.incident import Incident
from backend.kernel import audit, outbox
from backend.kernel.events import ResponderOffered
from backend.kernel.failpoints import reach
from backend.kernel.vocabulary import AlarmReason, IncidentState, Kind, OfferState
from backend.people import responder_store
from backend.people.responder import Responder

#: Outside every site officers are asked only this near to one (contract, "Asking").
FARTHEST_FROM_SITE_M = 500


def ask(
    session: Session, campus: Campus, incident: Incident, step: Step, offers: Sequence[Offer], *, now: datetime
) -> list[Offer]:
    """
    Offer the case to everybody this rung asks who has not been asked on this climb.

    Nobody is offered their own case. A recall rung asks by the channels it
    names those off duty who agreed to it.
    """
    asked = {offer.officer_id for offer in offers if offer.climb == incident.climb or offer.holds}
    wanted = [one for one in candidates(session, campus, incident, step, now=now) if one.id not in asked]
    chosen = choose(step, wanted, place_of(incident), campus.geofence, now=now)
    return [offer_to(session, incident, one, by=step.by if not step.on_duty else (), now=now) for one in chosen]


def candidates(session: Session, campus: Campus, incident: Incident, step: Step, *, now: datetime) -> list[Responder]:
    """Who this rung may ask at all, asked already or not."""
    if incident.team_id != CANARY and too_far(campus, incident):
        return []
    team = campus.team(step.team or incident.team_id)
    if team is None:
        return []
    today = campus.local(now).date()
    members = responder_store.responders(
        session, now=now, today=today, team=team.id, details=team.requires_skill is not None
    )
    fit = qualified(members, team, exercise=incident.exercise)
    return [one for one in fit if one.id != incident.owner_id and _may_be_asked(one, step)]


def offer_to(session: Session, incident: Incident, chosen: Chosen, *, by: Sequence[str], now: datetime) -> Offer:
    """Write one offer and what is to be told of it."""
    offer = Offer(
        id=uuid4(),
        incident_id=incident.id,
        officer_id=chosen.responder.id,
        climb=incident.climb,
        rung=incident.rung,
        state=OfferState.OFFERED.value,
        by=list(by),
        reachable=chosen.responder.reachable,
        asked_because=chosen.because[:200],
        distance_m=chosen.distance_m,
        offered_at=now,
        late=False,
    )
    offer_store.add_asked(session, offer)
    reach("offer_written")
    _tell(session, incident, offer, now=now)
    return offer


def offer_again(session: Session, incident: Incident, offer: Offer, *, now: datetime) -> None:
    """An offer that was withdrawn when its officer left stands again: the officer is back and still wanted."""
    offer.state, offer.answered_at, offer.offered_at, offer.by = OfferState.OFFERED.value, None, now, []
    _tell(session, incident, offer, now=now)


def _tell(session: Session, incident: Incident, offer: Offer, *, now: datetime) -> None:
    if incident.advance(IncidentState.OFFERED):
        incident_store.add_progress(session, incident.id, IncidentState.OFFERED.value, at=now, by=None)
    audit.record(
        session,
        "offer.made",
        actor=None,
        about="incident",
        about_id=incident.id,
        at=now,
        officer=str(offer.officer_id),
        rung=incident.rung,
    )
    told = ResponderOffered(incident.id, Kind(incident.kind), offer.id, offer.officer_id, tuple(offer.by))
    outbox.keep(session, told, at=now)
    reach("offer_outbox_written")


def alarm_if_unreachable(session: Session, incident: Incident, asked: Sequence[Offer], *, now: datetime) -> None:
    """Nobody asked so far could be reached: the control room must know at once, not at the next rung."""
    if not any(offer.reachable for offer in asked):
        alarm_once(session, incident, AlarmReason.NOBODY_REACHABLE, now=now)


def place_of(incident: Incident) -> Place:
    return Place(incident.target, incident.site_id)


def too_far(campus: Campus, incident: Incident) -> bool:
    """Outside every site and not near one either: officers would only lose time."""
    position = incident.target
    if position is None or incident.inside:
        return False
    distance = campus.geofence.distance_to_nearest_site_m(position.latitude, position.longitude)
    return distance > FARTHEST_FROM_SITE_M


def _may_be_asked(one: Responder, step: Step) -> bool:
    if step.on_duty:
        return one.on_duty
    # A recall: off duty, agreed to it, and can be rung.
    return not one.on_duty and one.recall and one.mobile is not None
