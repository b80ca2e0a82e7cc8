"""What the control room sees: the board, the cases of a month, and one case whole."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.alarms import alarm_store
from backend.alarms.alarm import Alarm
from backend.campus import campus_store
from backend.campus.campus import CANARY, Campus
from backend.dispatch.facing import Known, as_known_to, may_know
from backend.dispatch.following import LOOK_BACK, arrivals, watchable
from backend.dispatch.gathering import rows
from backend.dispatch.offer import Offer
from backend.incidents import holding, incident_store
from backend.incidents.incident import Incident
from backend.kernel.errors import NotFound
from backend.kernel.vocabulary import IncidentState, Kind, Trigger
from backend.people import handset_store, people_store, responder_store
from backend.people.account import Principal
from backend.people.handset import Handset, warnings
from backend.people.responder import Responder

#: What needs a person most stands first: unanswered, then answered, then somebody on scene.
URGENCY = {"raised": 0, "offered": 0, "accepted": 1, "en_route": 2, "on_scene": 3}


def board(session: Session, *, exercise: bool, to: UUID | None = None, now: datetime) -> list[dict[str, Any]]:
    """Every case that is open as far as `to` knows (None: everybody else), those that need a person most first."""
    kinds = {"emergency": 0, "first_aid": 1, "help": 2}
    found = rows(session, standing_open(session, exercise=exercise, to=to), now=now)
    return sorted(found, key=lambda row: (_urgency(row), kinds[row["kind"]], row["received_at"]))


def standing_open(session: Session, *, exercise: bool, to: UUID | None = None) -> list[Known]:
    """The cases that are open as far as `to` knows, in no order and without what stands beside them."""
    of_this_world = [one for one in incident_store.open_cases(session) if one.exercise == exercise]
    return [one for one in _known(session, of_this_world, to=to) if one.incident.open]


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
    return {"items": rows(session, seen, now=now), "next_cursor": found[-1].number if len(found) == most else None}


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
        **rows(session, [known], now=now)[0],
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
        **_casework(session, known, campus),
    }


def _casework(session: Session, known: Known, campus: Campus) -> dict[str, Any]:
    """The checklist of today's configuration with what was done of it, the report, and what may be asked at a press."""
    protocol = campus.protocol(Kind(known.incident.kind), known.incident.subtype)
    done = {step.step_id: step for step in known.done_steps(session)}
    work = known.casework(session)
    by = {step.done_by for step in done.values()} | ({work.methane_by} if work and work.methane_by else set())
    names = people_store.names(session, by)
    report = None
    if work is not None and work.methane is not None:
        told_by = names.get(work.methane_by) if work.methane_by else None
        report = {**work.methane, "version": work.methane_version, "at": work.methane_at, "by": told_by}
    return {
        "protocol": [
            {
                "id": step.id,
                "text": step.text,
                "done_at": done[step.id].done_at if step.id in done else None,
                "done_by": names.get(done[step.id].done_by) if step.id in done else None,
            }
            for step in protocol.steps
        ],
        "methane": report,
        "questions": list(protocol.questions),
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


def _known(session: Session, incidents: Iterable[Incident], *, to: UUID | None) -> list[Known]:
    known = (as_known_to(session, one, to) for one in incidents)
    return [one for one in known if one is not None]


def _urgency(row: dict[str, Any]) -> int:
    """A person who is being forced stands first until somebody is with them, also once somebody has said yes."""
    first = row["trigger"] == Trigger.DURESS_PIN.value and row["state"] != IncidentState.ON_SCENE.value
    return -1 if first else URGENCY[row["state"]]
