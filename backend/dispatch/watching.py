"""What the control room sees: the board, the cases of a month, and one case whole."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.alarms import alarm_store
from backend.alarms.alarm import Alarm
from backend.campus import campus_store
from backend.campus.campus import Campus
from backend.dispatch import offer_store
from backend.dispatch.following import LOOK_BACK, arrivals, case, position_view, watchable
from backend.dispatch.offer import Offer
from backend.incidents import incident_store
from backend.incidents.incident import Incident
from backend.kernel.errors import NotFound
from backend.people import handset_store, people_store, responder_store
from backend.people.handset import Handset, warnings
from backend.people.responder import Responder

#: What needs a person most stands first: unanswered, then answered, then somebody on scene.
URGENCY = {"raised": 0, "offered": 0, "accepted": 1, "en_route": 2, "on_scene": 3}


def board(session: Session, *, exercise: bool) -> list[dict[str, Any]]:
    """Every open case, those that need a person most first."""
    rows = _rows(session, [one for one in incident_store.open_cases(session) if one.exercise == exercise])
    kinds = {"emergency": 0, "first_aid": 1, "help": 2}
    return sorted(rows, key=lambda row: (URGENCY[row["state"]], kinds[row["kind"]], row["received_at"]))


def recent(
    session: Session, *, exercise: bool, is_open: bool | None, before: int | None, most: int, now: datetime
) -> dict[str, Any]:
    """
    The open cases and those closed in the last thirty days, newest first, as lines of the board.

    `is_open` keeps to the ones or the others; `before` is the page's cursor.
    """
    found = incident_store.open_or_closed_since(
        session, now - LOOK_BACK, exercise=exercise, is_open=is_open, before=before, most=most
    )
    return {"items": _rows(session, found), "next_cursor": found[-1].number if len(found) == most else None}


def board_row(incident: Incident, offers: Iterable[Offer], campus: Campus, names: dict[UUID, str]) -> dict[str, Any]:
    """One case as a line of the board: where, how far, how many were asked and said yes."""
    asked = [offer for offer in offers if offer.climb == incident.climb or offer.holds]
    return {
        **case(incident, campus),
        # Where the caller is, is the control room's to know while the case is open; the zone stays.
        "position": position_view(incident.position) if incident.open else None,
        "received_at": incident.received_at,
        "team": incident.team_id,
        "wanted": incident.wanted,
        "asked": len(asked),
        "accepted": sum(offer.counts or offer.state == "finished" for offer in asked),
        "late": any(offer.late and offer.holds for offer in asked),
        "seen": incident.seen_at is not None,
        "next_step_at": incident.next_step_at,
        "note": incident.note,
        "caller": caller(incident, names),
    }


def caller(incident: Incident, names: dict[UUID, str]) -> dict[str, Any]:
    """Who the case is about: an account, or somebody who rang."""
    if incident.owner_id is None:
        return {"name": incident.caller_name, "number": incident.caller_number, "person_id": None}
    return {"name": names.get(incident.owner_id), "number": None, "person_id": incident.owner_id}


def whole(session: Session, incident_id: UUID, *, exercise: bool, now: datetime) -> dict[str, Any]:
    """
    One case with its story, everybody who was asked, its track and its alarms.

    Raises NotFound for a case closed longer ago than the control room may look.
    """
    incident = watched(session, incident_id, exercise=exercise, now=now)
    campus = campus_store.newest(session)
    offers = list(offer_store.of_incident(session, incident_id))
    progress = incident_store.progress_of(session, incident_id)
    coming = {offer.id: when for offer, when in arrivals(session, incident, offers, campus, now=now)}
    people = {offer.officer_id for offer in offers} | {line.by for line in progress if line.by}
    names = people_store.names(session, people | ({incident.owner_id} if incident.owner_id else set()))
    return {
        **board_row(incident, offers, campus, names),
        "routed_because": incident.routed_because,
        "rung": incident.rung,
        "progress": [
            {"stage": line.stage, "at": line.at, "by": names.get(line.by) if line.by else None, "words": line.words}
            for line in progress
        ],
        "offers": [
            offer_view(offer, names, coming[offer.id].eta_s if offer.id in coming else None) for offer in offers
        ],
        "taps": [
            {"tap_id": tap.tap_id, "at": tap.at, "trigger": tap.trigger, "note": tap.note}
            for tap in incident_store.taps_of(session, incident_id)
        ],
        "track": [
            {"latitude": fix.latitude, "longitude": fix.longitude, "accuracy_m": fix.accuracy_m, "at": fix.recorded_at}
            for fix in (incident_store.track_of(session, incident_id) if incident.open else ())
        ],
        "alarms": [alarm_view(alarm) for alarm in alarm_store.of_incident(session, incident_id)],
    }


def watched(session: Session, incident_id: UUID, *, exercise: bool, now: datetime) -> Incident:
    """The case, if the control room of this world may look at it. Raises NotFound when it may not."""
    incident = incident_store.by_id(session, incident_id)
    if incident is None or not watchable(incident, exercise=exercise, now=now):
        raise NotFound("There is no such case.")
    return incident


def standing_alarms(session: Session, *, exercise: bool) -> list[dict[str, Any]]:
    """What nobody has taken yet, oldest first."""
    return [alarm_view(alarm) for alarm in alarm_store.standing(session) if alarm.exercise == exercise]


def alarm_view(alarm: Alarm) -> dict[str, Any]:
    """An alarm as the console's socket and the API show it (contract, "Alarm")."""
    return {
        "alarm_id": alarm.id,
        "reason": alarm.reason,
        "incident_id": alarm.incident_id,
        "since": alarm.since,
        "taken_by": alarm.taken_by,
        "taken_at": alarm.taken_at,
        "exercise": alarm.exercise,
    }


def officers(session: Session, *, exercise: bool, now: datetime) -> list[dict[str, Any]]:
    """Every officer with duty, reachability and, on shift only, where they were last."""
    campus = campus_store.newest(session)
    found = responder_store.responders(session, now=now, today=campus.local(now).date())
    handsets = handset_store.of_people(session, [one.id for one in found if one.on_duty])
    return [officer_view(one, handsets.get(one.id, ()), now=now) for one in found if one.exercise == exercise]


def officer_view(one: Responder, handsets: Iterable[Handset], *, now: datetime) -> dict[str, Any]:
    """One officer as the control room sees them; off duty there is no position and nothing to be warned of."""
    position = None
    if one.on_duty and one.latitude is not None:
        position = {
            "latitude": one.latitude,
            "longitude": one.longitude,
            "accuracy_m": one.accuracy_m,
            "recorded_at": one.position_at,
            "stale": not one.fresh(now=now),
        }
    return {
        "officer_id": one.id,
        "name": one.name,
        "state": one.state,
        "since": one.since,
        "reachable": one.reachable,
        "teams": sorted(one.teams),
        "skills": sorted(one.skills),
        "site": one.site,
        "warnings": warnings(handsets) if one.on_duty else [],
        "position": position,
    }


def offer_view(offer: Offer, names: dict[UUID, str], eta_s: int | None = None) -> dict[str, Any]:
    """Somebody who was asked: when, why and how, and what they said."""
    return {
        "offer_id": offer.id,
        "officer_id": offer.officer_id,
        "name": names.get(offer.officer_id),
        "state": offer.state,
        "late": offer.late,
        "climb": offer.climb,
        "rung": offer.rung,
        "asked_because": offer.asked_because,
        "distance_m": offer.distance_m,
        "reachable": offer.reachable,
        "by": offer.by,
        "offered_at": offer.offered_at,
        "answered_at": offer.answered_at,
        "declined_because": offer.declined_because,
        "eta_s": eta_s,
    }


def _rows(session: Session, incidents: Collection[Incident]) -> list[dict[str, Any]]:
    offers = offer_store.of_incidents(session, [one.id for one in incidents])
    names = people_store.names(session, {one.owner_id for one in incidents if one.owner_id})
    campus = campus_store.newest(session)
    return [board_row(one, offers.get(one.id, []), campus, names) for one in incidents]
