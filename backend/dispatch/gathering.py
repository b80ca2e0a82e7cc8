"""Lines of the board, gathered for many cases at once: so many statements, however many cases there are."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.campus import campus_store
from backend.campus.campus import Campus
from backend.casework import casework_store
from backend.casework.casework import Casework
from backend.casework.casework_store import Unread
from backend.dispatch.arriving import arrival
from backend.dispatch.facing import Known, offers_of
from backend.dispatch.following import case, position_view
from backend.dispatch.offer import Offer
from backend.incidents.incident import Incident
from backend.kernel.vocabulary import Role
from backend.people import people_store, responder_store
from backend.people.responder import Responder


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the lines of several cases are made of."""

    campus: Campus
    offers: Mapping[UUID, Iterable[Offer]]
    works: Mapping[UUID, Casework]
    linked: Mapping[UUID, Iterable[Incident]]
    unread: Mapping[UUID, int]
    officers: Mapping[UUID, Responder]
    names: Mapping[UUID, str]


def rows(session: Session, cases: Collection[Known], *, now: datetime) -> list[dict[str, Any]]:
    """
    Each as a line of the board: where, how far, who comes, whose it is, what nobody has read.

    A case with a face costs some looks of its own; all others share theirs.
    """
    if not cases:
        return []
    plain = [one.incident.id for one in cases if one.face is None]
    faced = [one for one in cases if one.face is not None]
    offers = offers_of(session, cases)
    works = casework_store.of_cases(session, plain)
    works |= {one.incident.id: work for one in faced if (work := one.casework(session)) is not None}
    said = casework_store.unread(session, plain)
    for one in faced:
        said += casework_store.unread(session, [one.incident.id], until=one.said_until)
    campus = campus_store.newest(session)
    coming = {offer.officer_id for known in offers.values() for offer in known if offer.holds}
    takers = {work.taken_by for work in works.values() if work.taken_by}
    owners = {one.incident.owner_id for one in cases if one.incident.owner_id}
    gathered = Gathered(
        campus=campus,
        offers=offers,
        works=works,
        linked=casework_store.linked(session, [one.incident.id for one in cases]),
        unread=_unread(session, cases, said),
        officers=_officers(session, coming, campus, now=now),
        names=people_store.names(session, coming | takers | owners),
    )
    return [_row(one.incident, gathered, now=now) for one in cases]


def unread_of(session: Session, known: Known) -> int:
    """The same number of one case, for whoever is told of a message alone."""
    id_ = known.incident.id
    said = casework_store.unread(session, [id_], until=known.said_until)
    return _unread(session, [known], said).get(id_, 0)


def _row(incident: Incident, gathered: Gathered, *, now: datetime) -> dict[str, Any]:
    offers = gathered.offers.get(incident.id, ())
    asked = [offer for offer in offers if offer.climb == incident.climb or offer.holds]
    work, names = gathered.works.get(incident.id), gathered.names
    return {
        **case(incident, gathered.campus),
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
        "caller": _caller(incident, names),
        "taken_by": {"id": work.taken_by, "name": names.get(work.taken_by)} if work and work.taken_by else None,
        "taken_at": work.taken_at if work else None,
        "coming": [
            {
                "officer_id": offer.officer_id,
                "name": names.get(offer.officer_id),
                "state": offer.state,
                "eta_s": arrival(offer.state, incident.target, gathered.officers.get(offer.officer_id), now=now).eta_s,
                "late": offer.late,
            }
            for offer in asked
            if offer.holds
        ],
        "unread": gathered.unread.get(incident.id, 0),
        "linked": [{"id": one.id, "reference": one.reference} for one in gathered.linked.get(incident.id, ())],
        "major": work is not None and work.major,
    }


def _caller(incident: Incident, names: Mapping[UUID, str]) -> dict[str, Any]:
    """Who the case is about: an account, or somebody who rang."""
    if incident.owner_id is None:
        return {"name": incident.caller_name, "number": incident.caller_number, "person_id": None}
    return {"name": names.get(incident.owner_id), "number": None, "person_id": incident.owner_id}


def _unread(session: Session, cases: Collection[Known], said: Collection[Unread]) -> dict[UUID, int]:
    """How much others than the control room have said; a controller's own case is no exception, there they are one."""
    owners = {one.incident.id: one.incident.owner_id for one in cases}
    others = [one for one in said if one.author_id != owners[one.incident_id]]
    roles = people_store.roles_of_all(session, {one.author_id for one in others}) if others else {}
    found: dict[UUID, int] = {}
    for one in said:
        colleague = one.author_id != owners[one.incident_id] and Role.CONTROLLER in roles.get(one.author_id, ())
        if not colleague:
            found[one.incident_id] = found.get(one.incident_id, 0) + one.messages
    return found


def _officers(session: Session, ids: Collection[UUID], campus: Campus, *, now: datetime) -> dict[UUID, Responder]:
    if not ids:
        return {}
    today = campus.local(now).date()
    return {one.id: one for one in responder_store.responders(session, now=now, today=today, ids=ids, details=False)}
