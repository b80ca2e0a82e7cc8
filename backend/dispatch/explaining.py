"""Explain a case, or the path one would take: why this team, which rungs when, who was asked and who was not."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.campus import campus_store
from backend.campus.campus import CANARY, CONTROL_ROOM, Campus, EscalationPolicy, Step
from backend.campus.zone import Zone
from backend.dispatch.asking import place_of, too_far
from backend.dispatch.choosing import nearness, stand
from backend.dispatch.escalating import ladder_of, policy_of
from backend.dispatch.offer import Offer
from backend.dispatch.policy import end_of, fallback
from backend.dispatch.unasked import Scene, why_not
from backend.dispatch.watching import offer_view, watched
from backend.incidents import routing, track_store
from backend.incidents.incident import Incident
from backend.kernel.errors import FieldFault, Invalid
from backend.kernel.vocabulary import Kind
from backend.people import people_store, responder_store
from backend.people.account import Principal


def explain(session: Session, incident_id: UUID, *, by: Principal, now: datetime) -> dict[str, Any]:
    """
    Why a case went the way it did, in sentences for a controller. Raises NotFound.

    The rungs and who was not asked are those of the climb at hand; who was
    asked is told of every climb. Routes and rungs are today's campus's: where
    they no longer lead to the team that has the case, `by_todays_routes` says so.
    """
    known = watched(session, incident_id, by=by, now=now)
    incident, offers = known.incident, list(known.offers(session))
    campus = campus_store.newest(session)
    policy = policy_of(campus, incident)
    names = people_store.names(session, {offer.officer_id for offer in offers})
    return {
        "id": incident.id,
        "reference": incident.reference,
        "as_of": incident.closed_at or now,
        **_routing(session, campus, incident),
        **_ladder(campus, incident, policy, offers),
        "asked": [offer_view(offer, names) for offer in offers],
        **_not_asked(session, campus, incident, policy, offers, now=now),
    }


def explain_path(
    session: Session, kind: Kind, *, subtype: str | None, zone_id: str | None, at: datetime | None, now: datetime
) -> dict[str, Any]:
    """
    Where a case of this kind would go if it were raised at that place and hour: the team, and whom each rung asks.

    Raises Invalid for a place that is not on this campus.
    """
    campus = campus_store.newest(session)
    zone = campus.zone(zone_id)
    if zone_id is not None and zone is None:
        raise Invalid("There is no such place on this campus.", [FieldFault("zone", "No such place.")])
    local = campus.local(at or now)
    found = routing.route(campus, kind, subtype=subtype, zone=zone, local_time=local)
    team = campus.team(found.team_id)
    policy = campus.policy(kind) or fallback(kind)
    return {
        "at": local,
        "team": {"id": found.team_id, "name": team.name if team else found.team_id},
        "mailbox": team is not None and team.mailbox is not None,
        "because": found.because,
        "routes": routing.explain(campus, kind, subtype=subtype, zone=zone, local_time=local)[:-1],
        "wanted": policy.wanted,
        "rungs": [
            {
                "number": number,
                "after_s": step.after_s,
                "words": step_words(
                    campus, step, team_id=found.team_id, site=zone.site if zone else None, placed=zone is not None
                ),
            }
            for number, step in enumerate(policy.steps, 1)
        ],
    }


def step_words(campus: Campus, step: Step, *, team_id: str, site: str | None, placed: bool) -> str:
    """Whom a rung asks, in a sentence; `placed` is whether anybody can be the nearest."""
    team = campus.team(step.team or team_id)
    name = team.name if team else step.team or team_id
    place = campus.zone(site)
    if not step.on_duty:
        whom = f"everybody of {name} who is off duty and agreed to be recalled, by {' and '.join(step.by)}"
    elif step.ask == "nearest" and placed:
        whom = f"the nearest {step.count or ''} of {name} on duty".replace("  ", " ")
    elif step.ask == "team_at_site" and place is not None:
        whom = f"everybody of {name} on duty at {place.name}"
    else:
        whom = f"everybody of {name} on duty"
    if step.ask == "nearest" and not placed:
        whom += ", as no usable position says who is nearest"
    return f"Asks {whom}{', and alarms the control room' if step.and_tell == CONTROL_ROOM else ''}."


def _routing(session: Session, campus: Campus, incident: Incident) -> dict[str, Any]:
    team = campus.team(incident.team_id)
    *routes, outcome = routing.explain(
        campus,
        Kind(incident.kind),
        subtype=incident.subtype,
        zone=_zone_at_first(session, campus, incident),
        local_time=campus.local(incident.received_at),
        exercise=incident.exercise,
    )
    return {
        "team": {"id": incident.team_id, "name": team.name if team else incident.team_id},
        "mailbox": team is not None and team.mailbox is not None,
        "because": incident.routed_because,
        "routes": routes,
        "by_todays_routes": None if outcome[:300] == incident.routed_because else outcome,
    }


def _zone_at_first(session: Session, campus: Campus, incident: Incident) -> Zone | None:
    """Where the case was when it was routed: a person who has moved on since did not move the case to another team."""
    fix = track_store.first_fix(session, incident.id)
    if fix is None or fix.received_at != incident.received_at:
        return campus.zone(incident.zone_id)
    return campus.geofence.zone_at(fix.latitude, fix.longitude)


def _ladder(campus: Campus, incident: Incident, policy: EscalationPolicy, offers: Sequence[Offer]) -> dict[str, Any]:
    ladder = ladder_of(incident, list(offers))
    waiting = "waiting" if _wanting(incident, offers) else "not_needed"
    return {
        "wanted": incident.wanted,
        "holding": ladder.holding,
        "climb": incident.climb,
        "ladder_from": incident.ladder_from,
        "next_step_at": incident.next_step_at,
        "late_at": incident.late_at,
        "ends_at": end_of(policy, incident.ladder_from),
        "rungs": [
            {
                "number": number,
                "after_s": step.after_s,
                "due_at": incident.ladder_from + timedelta(seconds=step.after_s),
                "state": "taken" if number <= incident.rung else waiting,
                "words": step_words(
                    campus,
                    step,
                    team_id=incident.team_id,
                    site=incident.site_id,
                    placed=incident.target is not None,
                ),
            }
            for number, step in enumerate(policy.steps, 1)
        ],
    }


def _not_asked(
    session: Session,
    campus: Campus,
    incident: Incident,
    policy: EscalationPolicy,
    offers: Sequence[Offer],
    *,
    now: datetime,
) -> dict[str, Any]:
    """Every officer of this world without an offer on this climb, nearest first; of the other world only how many."""
    moment = incident.closed_at or now
    found = responder_store.responders(session, now=moment, today=campus.local(moment).date())
    everybody = [one for one in found if CANARY not in one.teams]
    asked = {offer.officer_id for offer in offers if offer.climb == incident.climb or offer.holds}
    rest = [one for one in everybody if one.exercise == incident.exercise and one.id not in asked]
    place = place_of(incident)
    scene = Scene(
        campus=campus,
        steps=policy.steps,
        team_id=incident.team_id,
        owner_id=incident.owner_id,
        place=place,
        far=too_far(campus, incident),
        taken=incident.rung,
        wanting=_wanting(incident, offers),
        closed_at=incident.closed_at,
    )
    candidates = sorted((stand(one, place, campus.geofence, now=moment) for one in rest), key=nearness)
    expiries = people_store.skills_of_all(session, [one.id for one in rest])
    misses = [(one.responder, why_not(scene, one, expiries.get(one.responder.id, {}))) for one in candidates]
    return {
        "not_asked": [
            {"officer_id": one.id, "name": one.name, "why": miss.why, "words": miss.words, "rung": miss.rung}
            for one, miss in misses
        ],
        "not_asked_in_the_other_world": sum(one.exercise != incident.exercise for one in everybody),
    }


def _wanting(incident: Incident, offers: Sequence[Offer]) -> bool:
    return incident.open and not ladder_of(incident, list(offers)).staffed
