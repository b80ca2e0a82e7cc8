"""What the control room sees: the board, the cases of a month, and one case whole."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.alarms import alarm_store
from backend.alarms.alarm import Alarm
from backend.campus import campus_store
from backend.campus.campus import CANARY, Campus
from backend.dispatch import offer_store
from backend.dispatch.facing import Known, as_known_to, may_know
from backend.dispatch.following import LOOK_BACK, arrivals, case, position_view, watchable
from backend.dispatch.offer import Offer
from backend.incidents import holding, incident_store
from backend.incidents.incident import Incident
from backend.kernel.errors import NotFound
from backend.kernel.vocabulary import IncidentState, Trigger
from backend.people import handset_store, people_store, responder_store
from backend.people.account import Principal
from backend.people.handset import Handset, warnings
from backend.people.responder import Responder

#: What needs a person most stands first: unanswered, then answered, then somebody on scene.
URGENCY = {"raised": 0, "offered": 0, "accepted": 1, "en_route": 2, "on_scene": 3}


def board(session: Session, *, exercise: bool, to: UUID | None = None) -> list[dict[str, Any]]:
    """Every case that is open as far as `to` knows (None: everybody else), those that need a person most first."""
    of_this_world = [one for one in incident_store.open_cases(session) if one.exercise == exercise]
    rows = _rows(session, [one for one in _known(session, of_this_world, to=to) if one.incident.open])
    kinds = {"emergency": 0, "first_aid": 1, "help": 2}
    return sorted(rows, key=lambda row: (_urgency(row), kinds[row["kind"]], row["received_at"]))


def forced(session: Session, *, exercise: bool) -> set[UUID]:
    """Whose open cases go on under duress: each of them is shown a picture of their own."""
    return {
        one.owner_id
        for one in incident_store.open_cases(session)
        if one.exercise == exercise and one.under_duress and one.owner_id
    }


def recent(
    session: Session,
    *,
    by: Principal,
    is_open: bool | None,
    before: int | None,
    most: int,
    now: datetime,
) -> dict[str, Any]:
    """
    The open cases and those closed in the last thirty days, newest first, as lines of the board.

    `is_open` keeps to the ones or the others; `before` is the page's cursor.
    """
    found = incident_store.open_or_closed_since(
        session, now - LOOK_BACK, exercise=by.exercise, is_open=is_open, before=before, most=most, to=by.id
    )
    known = _known(session, found, to=by.id)
    seen = [one for one in known if watchable(one.incident, exercise=by.exercise, now=now)]
    return {"items": _rows(session, seen), "next_cursor": found[-1].number if len(found) == most else None}


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


def whole(session: Session, incident_id: UUID, *, by: Principal, now: datetime) -> dict[str, Any]:
    """
    One case with its story, everybody who was asked, its track and its alarms.

    Raises NotFound for a case closed longer ago than the control room may look.
    """
    known = watched(session, incident_id, by=by, now=now)
    campus = campus_store.newest(session)
    incident, offers = known.incident, known.offers(session)
    progress = [*known.progress(session), *known.own_notes(session)]
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
            for fix in (known.track(session) if incident.open else ())
        ],
        "alarms": [alarm_view(alarm) for alarm in known.alarms(session)],
        "hold": holding.of_case(session, incident_id, now=now),
    }


def watched(session: Session, incident_id: UUID, *, by: Principal, now: datetime) -> Known:
    """The case as this controller may know it. Raises NotFound when they may not look at it."""
    known = as_known_to(session, incident_store.by_id(session, incident_id), by.id)
    if known is None or not watchable(known.incident, exercise=by.exercise, now=now):
        raise NotFound("There is no such case.")
    return known


def standing_alarms(session: Session, *, by: Principal) -> list[dict[str, Any]]:
    """What nobody has taken yet, oldest first."""
    return [
        alarm_view(alarm)
        for alarm in alarm_store.standing(session)
        if alarm.exercise == by.exercise and may_know(session, alarm, by.id)
    ]


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
    """Every officer but the robot, with duty, reachability and, on shift only, where they were last."""
    campus = campus_store.newest(session)
    found = responder_store.responders(session, now=now, today=campus.local(now).date())
    people = [one for one in found if one.exercise == exercise and CANARY not in one.teams]
    handsets = handset_store.of_people(session, [one.id for one in people if one.on_duty])
    return [officer_view(one, handsets.get(one.id, ()), now=now) for one in people]


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


def _rows(session: Session, cases: Collection[Known]) -> list[dict[str, Any]]:
    offers = offer_store.of_incidents(session, [one.incident.id for one in cases if one.face is None])
    names = people_store.names(session, {one.incident.owner_id for one in cases if one.incident.owner_id})
    campus = campus_store.newest(session)
    return [
        board_row(one.incident, one.offers(session) if one.face else offers.get(one.incident.id, []), campus, names)
        for one in cases
    ]


def _known(session: Session, incidents: Iterable[Incident], *, to: UUID | None) -> list[Known]:
    known = (as_known_to(session, one, to) for one in incidents)
    return [one for one in known if one is not None]


def _urgency(row: dict[str, Any]) -> int:
    """A person who is being forced stands first until somebody is with them, also once somebody has said yes."""
    first = row["trigger"] == Trigger.DURESS_PIN.value and row["state"] != IncidentState.ON_SCENE.value
    return -1 if first else URGENCY[row["state"]]
