"""Show the control room its broadcasts: words, faults, promises, how far one would get, and who did what."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.approvals import approval_store
from backend.approvals.approval import ApprovalState
from backend.broadcasts import broadcast_store, prepared
from backend.broadcasts.agreed import ISSUE, deed_of
from backend.broadcasts.audience import audience_of
from backend.broadcasts.broadcast import Broadcast, Version
from backend.broadcasts.composing import faults_of, words_in
from backend.broadcasts.linting import Fault
from backend.broadcasts.reachable import Forecast
from backend.broadcasts.reaching import forecast
from backend.broadcasts.spoken import ENGLISH
from backend.campus import campus_store
from backend.kernel.errors import FieldFault, Invalid, NotFound
from backend.kernel.vocabulary import Severity
from backend.people import people_store
from backend.people.account import Principal
from backend.people.looking import Look, Shown

Names = dict[UUID, str]


def whole(session: Session, broadcast_id: UUID, *, by: Principal, now: datetime) -> Shown[dict[str, Any]]:
    """
    One thread whole: every version, what the lint finds in the words that wait, and who is asked about them.

    Before the issue also how far it would get. Raises NotFound.
    """
    broadcast = broadcast_store.by_id(session, broadcast_id)
    if broadcast is None or broadcast_store.desk_of(session, broadcast) != by.exercise:
        raise NotFound("There is no such broadcast.")
    versions = broadcast_store.versions(session, broadcast_id)
    if not versions:
        # A proposal has no words of ours; it is shown where proposals are.
        raise NotFound("There is no such broadcast.")
    names = people_store.names(session, _people(broadcast, versions))
    waiting = None if broadcast.is_over else broadcast_store.next_version(session, broadcast)
    faults = faults_of(campus_store.newest(session), broadcast, waiting) if waiting else ()
    reach = None
    if waiting is not None and not broadcast.version:
        audience, severity = audience_of(broadcast.audience), Severity(broadcast.severity)
        reach = forecast(session, audience, severity, exercise=broadcast.exercise, now=now)
    seen = {
        **_row(session, broadcast, waiting or versions[-1], names, now=now),
        "versions": [_version(one, names) for one in versions],
        "lint": [_fault(fault) for fault in faults],
        "second": _second(session, broadcast, waiting, now=now),
        "reach": _reach(reach) if reach else None,
    }
    facts = {"named": len(reach.named) if reach else 0}
    return Shown(seen, (Look("broadcast.viewed", "broadcast", broadcast.id, facts),))


def listed(
    session: Session, *, is_open: bool | None, before: UUID | None, most: int, by: Principal, now: datetime
) -> Shown[dict[str, Any]]:
    """A page of this control room's broadcasts, the newest first. Raises Invalid for a cursor that is none."""
    last = broadcast_store.by_id(session, before) if before else None
    if before and last is None:
        raise Invalid("This page is not there any more.", [FieldFault("cursor", "Begin again without it.")])
    found = broadcast_store.of_desk(session, exercise=by.exercise, is_open=is_open, before=last, most=most)
    names = people_store.names(session, {id_ for one in found for id_ in _people(one, [])})
    items = []
    for one in found:
        newest = broadcast_store.version(session, one.id, max(one.version, 1))
        if newest is not None:
            items.append(_row(session, one, newest, names, now=now))
    page = {"items": items, "next_cursor": found[-1].id if len(found) == most else None}
    return Shown(page, (Look("broadcasts.viewed", "broadcast", facts={"broadcasts": len(items)}),))


def _row(session: Session, one: Broadcast, version: Version, names: Names, *, now: datetime) -> dict[str, Any]:
    words = words_in(version)
    overdue = one.is_overdue(now=now)
    return {
        "id": one.id,
        "state": one.state,
        "kind": one.purpose,
        "severity": one.severity,
        "exercise": one.exercise,
        "title": words[ENGLISH].title,
        "body": words[ENGLISH].body,
        "languages": _others(words),
        "place": one.place,
        "place_name": prepared.name_of(campus_store.newest(session), one.place) if one.place else None,
        "audience": _audience(one),
        "owner": _person(one.owner_id, names),
        "deputy": _person(one.deputy_id, names),
        "made_at": one.made_at,
        "next_update_min": one.next_update_min,
        "end_condition": one.end_condition,
        "version": one.version,
        "hash": version.hash,
        "issued_at": one.issued_at,
        "next_update_at": one.next_update_at,
        "ended_at": one.ended_at,
        "overdue": overdue,
        # Said again in one press: nobody has to find words while there are none.
        "proposes": "no_change" if overdue else None,
        "from_outside": one.source is not None,
    }


def _version(version: Version, names: Names) -> dict[str, Any]:
    words = words_in(version)
    return {
        "number": version.number,
        "part": version.part,
        "title": words[ENGLISH].title,
        "body": words[ENGLISH].body,
        "languages": _others(words),
        "template": version.template,
        "written_by": _person(version.written_by, names),
        "written_at": version.written_at,
        "issued_by": _person(version.issued_by, names),
        "issued_at": version.issued_at,
        "seconded_by": _person(version.seconded_by, names),
        "next_update_at": version.next_update_at,
        "hash": version.hash,
    }


def _second(session: Session, one: Broadcast, waiting: Version | None, *, now: datetime) -> dict[str, Any] | None:
    """The question to a second person that stands, and the digest of exactly what it is about."""
    asked = approval_store.newest(session, ISSUE, str(one.id)) if waiting else None
    if waiting is None or asked is None or asked.state_at(now) is not ApprovalState.ASKED:
        return None
    asker = people_store.names(session, [asked.asked_by]).get(asked.asked_by)
    return {
        "asked_by": {"id": asked.asked_by, "name": asker},
        "asked_at": asked.asked_at,
        "expires_at": asked.expires_at,
        "digest": deed_of(one, waiting).digest,
    }


def _people(one: Broadcast, versions: Any) -> set[UUID]:
    found = {one.owner_id, one.deputy_id}
    for version in versions:
        found |= {version.written_by, version.issued_by, version.seconded_by}
    return {id_ for id_ in found if id_ is not None}


def _person(person_id: UUID | None, names: Names) -> dict[str, Any] | None:
    return {"id": person_id, "name": names.get(person_id)} if person_id else None


def _others(words: Any) -> dict[str, Any]:
    return {language: {"title": one.title, "body": one.body} for language, one in words.items() if language != ENGLISH}


def _audience(one: Broadcast) -> dict[str, Any]:
    told = audience_of(one.audience).document()
    corners = [{"latitude": latitude, "longitude": longitude} for latitude, longitude in told["polygon"]]
    return {**told, "polygon": corners}


def _fault(fault: Fault) -> dict[str, Any]:
    return {"slug": fault.slug, "field": fault.field, "message": fault.message, "refuses": fault.refuses}


def _reach(reach: Forecast) -> dict[str, Any]:
    return {
        "people": reach.people,
        "by_channel": reach.by_channel,
        "unreachable": [{"reason": why.value, "people": people} for why, people in reach.unreachable.items()],
        "named": [{"id": one.id, "name": one.name, "reason": one.why.value} for one in reach.named],
    }
