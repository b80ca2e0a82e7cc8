"""Look at cases: what a person gets to see of them, and the looks that go into the audit log for it."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.dispatch import following, listing_officers, offer_store, speaking, watching
from backend.dispatch.explaining import explain
from backend.incidents import incident_store
from backend.kernel.vocabulary import Role
from backend.people.account import Principal
from backend.people.looking import Look, Shown

VIEWED = "incident.viewed"
LISTENED = "conversation.viewed"
EXPLAINED = "incident.explained"

Seen = Shown[dict[str, Any]]


def case(session: Session, incident_id: UUID, *, by: Principal, now: datetime) -> Seen:
    """One case, as the person in trouble or an officer may see it. Raises NotFound."""
    seen = following.view(session, incident_id, by=by, now=now)
    return Shown(seen, _at(session, [incident_id], VIEWED, by=by))


def cases(session: Session, *, by: Principal, open_only: bool, before: int | None, most: int, now: datetime) -> Seen:
    """
    One's own cases newest first, on the first page after those one is asked about or has as an officer.

    One look for each that is another's.
    """
    own = incident_store.owned_by(session, by.id, open_only=open_only, before=before, most=most)
    as_officer = offer_store.cases_of(session, by.id) if before is None and by.has(Role.OFFICER) else ()
    ids = list(dict.fromkeys([*as_officer, *(incident.id for incident in own)]))
    items = [following.view(session, incident_id, by=by, now=now) for incident_id in ids]
    page = {"items": items, "next_cursor": own[-1].number if len(own) == most else None}
    return Shown(page, _at(session, ids, VIEWED, by=by))


def conversation(session: Session, incident_id: UUID, *, by: Principal, after: int, most: int, now: datetime) -> Seen:
    """What was said in a case one is in, or watches as a controller. Raises NotFound."""
    page = speaking.conversation(session, incident_id, by=by, after=after, most=most, now=now)
    return Shown(page, _at(session, [incident_id], LISTENED, by=by))


def board(session: Session, *, by: Principal, now: datetime) -> Seen:
    """All that stands before the control room: open cases, alarms, and how many officers there are."""
    rows = watching.board(session, exercise=by.exercise, to=by.id, now=now)
    officers = watching.officers(session, exercise=by.exercise, now=now)
    on_duty = [one for one in officers if one["state"] != "off_duty"]
    seen = {
        "items": rows,
        "next_cursor": None,
        "alarms": watching.standing_alarms(session, by=by),
        "officers_on_duty": len(on_duty),
        "officers_reachable": sum(one["reachable"] for one in on_duty),
        "as_of": now,
    }
    return Shown(seen, (Look("board.viewed", "board", facts={"cases": len(rows)}),))


def recent(
    session: Session, *, by: Principal, is_open: bool | None, before: int | None, most: int, now: datetime
) -> Seen:
    """A page of the cases that the control room may look at."""
    page = watching.recent(session, by=by, is_open=is_open, before=before, most=most, now=now)
    return Shown(page, (Look("incidents.listed", "board", facts={"cases": len(page["items"])}),))


def whole(session: Session, incident_id: UUID, *, by: Principal, now: datetime) -> Seen:
    """One case with its story, as the control room sees it. Raises NotFound."""
    seen = watching.whole(session, incident_id, by=by, now=now)
    return Shown(seen, _at(session, [incident_id], VIEWED, by=by))


def explanation(session: Session, incident_id: UUID, *, by: Principal, now: datetime) -> Seen:
    """Why a case went to whom it went. Raises NotFound."""
    seen = explain(session, incident_id, by=by, now=now)
    return Shown(seen, _at(session, [incident_id], EXPLAINED, by=by))


def officers(session: Session, *, by: Principal, now: datetime) -> Seen:
    """Every officer with duty and certificates, and on shift only where they were last and what they carry."""
    found = listing_officers.officers(session, exercise=by.exercise, now=now)
    look = Look("officers.viewed", "board", facts={"officers": len(found)})
    return Shown({"items": found, "next_cursor": None}, (look,))


def _at(session: Session, incident_ids: Collection[UUID], action: str, *, by: Principal) -> tuple[Look, ...]:
    """A look for every one of the cases that is not this person's own."""
    found = incident_store.by_ids(session, incident_ids) if incident_ids else ()
    return tuple(Look(action, "incident", one.id) for one in found if one.owner_id != by.id)
