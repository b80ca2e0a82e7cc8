"""What each person may see of a case: its owner, an officer who is asked, the control room."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import chain
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.campus import campus_store
from backend.campus.campus import Campus
from backend.campus.geofence import Position
from backend.campus.numbers import call_list
from backend.dispatch import offer_store
from backend.dispatch.arriving import Arrival, arrival
from backend.dispatch.facing import Known, as_known_to, offers_of, stories_of
from backend.dispatch.offer import Offer
from backend.incidents import incident_store
from backend.incidents.incident import Incident, Progress
from backend.incidents.noting import NOTE
from backend.kernel.errors import NotFound
from backend.kernel.vocabulary import OfferState, Role
from backend.people import people_store, responder_store
from backend.people.account import Principal

#: How long the control room may look back (role table: "closed 30 days").
LOOK_BACK = timedelta(days=30)

#: Stages an owner is told of; the rest of a case's story is the control room's.
OWNERS_STAGES = frozenset(
    {
        "received",
        "seen",
        "offered",
        "accepted",
        "assigned",
        "en_route",
        "on_scene",
        "resolved",
        "cancelled",
        "asked_again",
    }
)


class Side(StrEnum):
    """How somebody is in a case."""

    OWNER = "owner"
    RESPONDER = "responder"
    ASKED = "asked"


def view(session: Session, incident_id: UUID, *, by: Principal, now: datetime) -> dict[str, Any]:
    """The case as this person may see it. Raises NotFound when they may not see it at all."""
    incident = incident_store.by_id(session, incident_id)
    side = side_of(session, incident, by=by)
    if incident is None or side is None:
        raise NotFound("There is no such case.")
    if side is Side.OWNER:
        return owner_view(session, incident, now=now)
    return officer_view(session, incident, now=now, full=incident.open)


def side_of(session: Session, incident: Incident | None, *, by: Principal) -> Side | None:
    """How this person is in the case: it is theirs, they have it or are asked about it as an officer, or not at all."""
    if incident is None:
        return None
    if incident.owner_id == by.id:
        return None if incident.concealed else Side.OWNER
    offer = offer_store.latest_of(session, incident.id, by.id) if by.has(Role.OFFICER) else None
    if offer is None:
        return None
    if offer.holds or offer.state == OfferState.FINISHED.value:
        return Side.RESPONDER
    return Side.ASKED if offer.waits else None


def watchable(incident: Incident | None, *, exercise: bool, now: datetime) -> bool:
    """Whether the control room of this world may look at the case: while it is open and for thirty days after."""
    if incident is None or incident.exercise != exercise:
        return False
    return incident.closed_at is None or incident.closed_at >= now - LOOK_BACK


def owner_view(session: Session, incident: Incident, *, now: datetime) -> dict[str, Any]:
    """
    As its owner sees it (contract, "Incident"): honest about who has seen it, who comes and when.

    Of a case that goes on under duress the face. Raises NotFound for one that
    was raised so.
    """
    known = as_known_to(session, incident, incident.owner_id)
    if known is None:
        raise NotFound("There is no such case.")
    return owners_views(session, [known], now=now)[0]


def owners_views(session: Session, cases: Collection[Known], *, now: datetime) -> list[dict[str, Any]]:
    """The same of several, as their owners have been found to know them, looked up together."""
    campus = campus_store.newest(session)
    offers, stories = offers_of(session, cases), stories_of(session, cases)
    names = people_store.names(session, _people(chain(*offers.values()), chain(*stories.values())))
    return [
        _owners(
            incident,
            campus,
            [told(line, names) for line in stories.get(incident.id, ()) if line.stage in OWNERS_STAGES],
            _responders(session, incident, offers.get(incident.id, ()), campus, now=now),
        )
        for incident in (one.incident for one in cases)
    ]


def just_raised(session: Session, incident: Incident, *, by: Principal) -> dict[str, Any]:
    """The same for a case of this very transaction: received, and nothing else has happened; nothing is looked up."""
    story = [{"stage": "received", "at": incident.received_at, "by": by.name}]
    return _owners(incident, campus_store.newest(session), story, [])


def _owners(
    incident: Incident, campus: Campus, story: list[dict[str, Any]], responders: list[dict[str, Any]]
) -> dict[str, Any]:
    team = campus.team(incident.team_id)
    return {
        **case(incident, campus),
        "received_at": incident.received_at,
        "team": {"id": incident.team_id, "name": team.name if team else incident.team_id},
        "call": call_list(campus, incident.position),
        "progress": story,
        "responders": responders,
        "seen": incident.seen_at is not None,
        "quiet": incident.silent,
    }


def officer_view(session: Session, incident: Incident, *, now: datetime, full: bool) -> dict[str, Any]:
    """As an officer who is asked or has it sees it; once closed without where the person was and what they said."""
    campus = campus_store.newest(session)
    offers = offer_store.of_incident(session, incident.id)
    progress = incident_store.progress_of(session, incident.id)
    names = people_store.names(session, _people(offers, progress))
    seen = {
        **case(incident, campus),
        "received_at": incident.received_at,
        "note": incident.note,
        "progress": [told(line, names) for line in progress if line.stage != NOTE],
        "responders": _responders(session, incident, offers, campus, now=now, to_officers=True),
        "seen": incident.seen_at is not None,
        "quiet": False,
    }
    return seen if full else {**seen, "note": None, "position": None}


def offer_view(session: Session, offer: Offer, incident: Incident) -> dict[str, Any]:
    """An offer as the officer's screen shows it."""
    campus = campus_store.newest(session)
    shown = case(incident, campus)
    about = {name: shown[name] for name in ("id", "reference", "kind", "subtype", "position", "zone")}
    return {
        "id": offer.id,
        "incident": {
            **about,
            "note": incident.note,
            "received_at": incident.received_at,
            "silent": incident.silent,
            "trigger": incident.trigger,
            "exercise": incident.exercise,
        },
        "offered_at": offer.offered_at,
        "asked_because": offer.asked_because,
        "distance_m": offer.distance_m,
        "state": offer.state,
    }


def offers_for(session: Session, *, by: Principal, now: datetime) -> list[dict[str, Any]]:
    """What this officer is being asked now; off duty that is nothing."""
    duty = responder_store.duty_of(session, by.id)
    if duty is None or not duty.on(now=now):
        return []
    waiting = offer_store.waiting_for(session, by.id)
    incidents = {one.id: one for one in incident_store.by_ids(session, [offer.incident_id for offer in waiting])}
    return [offer_view(session, offer, incidents[offer.incident_id]) for offer in waiting]


def case(incident: Incident, campus: Campus) -> dict[str, Any]:
    """The members every view of a case has."""
    return {
        "id": incident.id,
        "reference": incident.reference,
        "kind": incident.kind,
        "subtype": incident.subtype,
        "state": incident.state,
        "silent": incident.silent,
        "trigger": incident.trigger,
        "position": position_view(incident.position),
        "zone": zone_view(campus, incident),
        "inside": incident.inside,
        "exercise": incident.exercise,
    }


def position_view(position: Position | None) -> dict[str, Any] | None:
    if position is None:
        return None
    return {
        "latitude": position.latitude,
        "longitude": position.longitude,
        "accuracy_m": position.accuracy_m,
        "recorded_at": position.recorded_at,
        "floor": position.floor,
        "source": position.source,
    }


def zone_view(campus: Campus, incident: Incident) -> dict[str, Any] | None:
    zone = campus.zone(incident.zone_id)
    return {"id": zone.id, "name": zone.name, "site": zone.site} if zone else None


def told(line: Progress, names: dict[UUID, str]) -> dict[str, Any]:
    """One line of a case's story, with the name of whoever did it."""
    return {"stage": line.stage, "at": line.at, "by": names.get(line.by) if line.by else None}


def arrivals(
    session: Session, incident: Incident, offers: Iterable[Offer], campus: Campus, *, now: datetime
) -> list[tuple[Offer, Arrival]]:
    """Those who have the case, with when they may be there."""
    holding = [offer for offer in offers if offer.holds or offer.state == "finished"]
    today = campus.local(now).date()
    ids = [offer.officer_id for offer in holding]
    officers = (
        {one.id: one for one in responder_store.responders(session, now=now, today=today, ids=ids)} if ids else {}
    )
    return [
        (offer, arrival(offer.state, incident.target, officers.get(offer.officer_id), now=now)) for offer in holding
    ]


def _responders(
    session: Session,
    incident: Incident,
    offers: Sequence[Offer],
    campus: Campus,
    *,
    now: datetime,
    to_officers: bool = False,
) -> list[dict[str, Any]]:
    coming = arrivals(session, incident, offers, campus, now=now)
    names = people_store.names(session, [offer.officer_id for offer, _ in coming])
    return [
        {
            # Two officers may have one name: a phone has to know its holder among them.
            **({"officer_id": offer.officer_id} if to_officers else {}),
            "name": names.get(offer.officer_id, ""),
            "state": incident.state if offer.state == "finished" else offer.state,
            "eta_s": when.eta_s,
            "delayed": when.delayed,
            "updated_at": when.updated_at or offer.moved_at,
        }
        for offer, when in coming
    ]


def _people(offers: Iterable[Offer], progress: Iterable[Progress]) -> set[UUID]:
    return {offer.officer_id for offer in offers} | {line.by for line in progress if line.by}
