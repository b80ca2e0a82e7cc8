"""Hold a case, so that nothing about it is forgotten, and release it again: one person asks, a second one agrees."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.approvals import approval_store
from backend.approvals.asking_second import ask
from backend.approvals.confirming_second import confirm, spend
from backend.approvals.deed import Deed, deed
from backend.incidents import hold_store, incident_store
from backend.incidents.hold import Hold
from backend.incidents.incident import Incident
from backend.kernel import audit
from backend.kernel.aging import take_turns
from backend.kernel.errors import Conflict, NotFound
from backend.kernel.vocabulary import Role
from backend.people import people_store
from backend.people.account import Principal
from backend.people.looking import Look, Shown

#: Who may be the second person.
MAY_RELEASE = (Role.CONTROLLER, Role.ADMIN)


def hold(session: Session, incident_id: UUID, reason: str, *, by: Principal, now: datetime) -> dict[str, Any]:
    """
    From the commit on nothing about this case is forgotten, however old it is, open or closed.

    What was forgotten before is gone. Raises NotFound, or Conflict when the
    case is held already.
    """
    take_turns(session)
    incident = _case(session, incident_id, by=by)
    if hold_store.standing_of(session, incident_id) is not None:
        raise Conflict("This case is held already.", slug="already-held")
    made = Hold(incident_id=incident_id, reason=reason, set_by=by.id, set_at=now)
    hold_store.add(session, made)
    audit.record(session, "incident.held", actor=by.id, about="incident", about_id=incident_id, at=now)
    return _view(made, incident, people_store.names(session, [by.id]))


def ask_release(session: Session, incident_id: UUID, reason: str, *, by: Principal, now: datetime) -> dict[str, Any]:
    """
    Ask a second person to let the clock count on; until then the case is held.

    Asking again changes the reason. Raises NotFound, or Conflict when the case
    is not held or somebody else has asked already.
    """
    incident, standing = _held(session, incident_id, by=by)
    ask(session, _deed(standing, reason), roles=MAY_RELEASE, by=by, now=now)
    standing.released_because = reason
    return _view(standing, incident, people_store.names(session, [standing.set_by]))


def release(session: Session, incident_id: UUID, *, by: Principal, now: datetime) -> dict[str, Any]:
    """
    The second person agrees: the clock counts on, and what is overdue goes at the next round.

    Raises NotFound, Conflict when the case is not held or nobody has asked,
    Forbidden for who asked or has not given their password again.
    """
    incident, standing = _held(session, incident_id, by=by)
    agreed = _deed(standing, standing.released_because)
    asked = approval_store.asked(session, agreed.what, agreed.about_id)
    if asked is None:
        raise Conflict("Nobody has asked to release this case.", slug="release-not-asked")
    confirm(session, asked.id, agreed, by=by, now=now)
    spend(session, agreed, by=by, now=now)
    standing.release(by=by.id, now=now)
    audit.record(session, "incident.hold_released", actor=by.id, about="incident", about_id=incident_id, at=now)
    return _view(standing, incident, people_store.names(session, [standing.set_by, by.id]))


def holds(session: Session, *, by: Principal, now: datetime) -> Shown[dict[str, Any]]:
    """Every hold that stands, the newest first: also of cases that the control room may no longer look at."""
    both_worlds = by.has(Role.ADMIN, Role.AUDITOR)
    found = hold_store.standing(session, exercise=None if both_worlds else by.exercise)
    names = people_store.names(session, {one.set_by for one, _ in found})
    items = [_view(one, incident, names) for one, incident in found]
    return Shown(
        {"items": items, "next_cursor": None}, (Look("holds.viewed", "incident", facts={"holds": len(items)}),)
    )


def of_case(session: Session, incident_id: UUID) -> dict[str, Any] | None:
    """The hold of a case as the control room sees it beside the case, None when there is none."""
    standing = hold_store.standing_of(session, incident_id)
    if standing is None:
        return None
    names = people_store.names(session, [standing.set_by])
    return {
        "reason": standing.reason,
        "by": names.get(standing.set_by),
        "since": standing.set_at,
        "release_asked_because": standing.released_because,
    }


def _held(session: Session, incident_id: UUID, *, by: Principal) -> tuple[Incident, Hold]:
    """The case and the hold that stands, with nobody else deciding beside."""
    take_turns(session)
    incident = _case(session, incident_id, by=by)
    standing = hold_store.standing_of(session, incident_id)
    if standing is None:
        raise Conflict("This case is not held.", slug="not-held")
    return incident, standing


def _deed(standing: Hold, reason: str | None) -> Deed:
    return deed("hold.release", standing.id, because=reason)


def _case(session: Session, incident_id: UUID, *, by: Principal) -> Incident:
    """However long ago it was closed: a hold needs the case, not its content."""
    incident = incident_store.by_id(session, incident_id)
    if incident is None or (incident.exercise != by.exercise and not by.has(Role.ADMIN)):
        raise NotFound("There is no such case.")
    return incident


def _view(one: Hold, incident: Incident, names: dict[UUID, str]) -> dict[str, Any]:
    return {
        "incident_id": one.incident_id,
        "reference": incident.reference,
        "reason": one.reason,
        "by": names.get(one.set_by),
        "since": one.set_at,
        "released_by": names.get(one.released_by) if one.released_by else None,
        "released_at": one.released_at,
        "released_because": one.released_because,
    }
