"""Hold a case, so that nothing about it is forgotten, and release it again: one person asks, a second one agrees."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.approvals import approval_store
from backend.approvals.approval import Approval, ApprovalState
from backend.approvals.asking_second import ask, take_back
from backend.approvals.confirming_second import confirm, refuse, spend
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

#: The deed that needs two.
RELEASE = "hold.release"

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
    return _view(made, incident, people_store.names(session, [by.id]), asked_because=None)


def ask_release(session: Session, incident_id: UUID, reason: str, *, by: Principal, now: datetime) -> dict[str, Any]:
    """
    Ask a second person to let the clock count on; until then the case is held.

    Asking again changes the reason. Raises NotFound, or Conflict when the case
    is not held or somebody else has asked already.
    """
    incident, standing = _held(session, incident_id, by=by)
    ask(session, _deed(standing, reason), roles=MAY_RELEASE, by=by, now=now)
    standing.released_because = reason
    return _view(standing, incident, people_store.names(session, [standing.set_by]), asked_because=reason)


def release(session: Session, incident_id: UUID, because: str, *, by: Principal, now: datetime) -> dict[str, Any]:
    """
    The second person agrees to the reason they have read: the clock counts on, and what is overdue goes next round.

    Raises NotFound, Conflict when the case is not held, nobody has asked or for
    another reason; Forbidden for who asked or has not given their password again.
    """
    incident, standing = _held(session, incident_id, by=by)
    # Of their own words, not of the row's: those may have changed since they read them.
    agreed = _deed(standing, because)
    confirm(session, _asked(session, standing, now=now).id, agreed, by=by, now=now)
    spend(session, agreed, by=by, now=now)
    standing.release(because, by=by.id, now=now)
    audit.record(session, "incident.hold_released", actor=by.id, about="incident", about_id=incident_id, at=now)
    return _view(standing, incident, people_store.names(session, [standing.set_by, by.id]), asked_because=None)


def drop_release(session: Session, incident_id: UUID, *, by: Principal, now: datetime) -> dict[str, Any]:
    """
    The case stays held: whoever asked takes that back, anybody else refuses it.

    Raises NotFound, or Conflict when the case is not held or nobody has asked.
    """
    incident, standing = _held(session, incident_id, by=by)
    asked = _asked(session, standing, now=now)
    drop = take_back if asked.asked_by == by.id else refuse
    drop(session, asked.id, by=by, now=now)
    standing.released_because = None
    return _view(standing, incident, people_store.names(session, [standing.set_by]), asked_because=None)


def holds(session: Session, *, by: Principal, now: datetime) -> Shown[dict[str, Any]]:
    """Every hold that stands, the newest first: also of cases that the control room may no longer look at."""
    both_worlds = by.has(Role.ADMIN, Role.AUDITOR)
    found = hold_store.standing(session, exercise=None if both_worlds else by.exercise)
    names = people_store.names(session, {one.set_by for one, _ in found})
    items = [
        _view(one, incident, names, asked_because=_asked_because(session, one, now=now)) for one, incident in found
    ]
    return Shown(
        {"items": items, "next_cursor": None}, (Look("holds.viewed", "incident", facts={"holds": len(items)}),)
    )


def of_case(session: Session, incident_id: UUID, *, now: datetime) -> dict[str, Any] | None:
    """The hold of a case as the control room sees it beside the case, None when there is none."""
    standing = hold_store.standing_of(session, incident_id)
    if standing is None:
        return None
    names = people_store.names(session, [standing.set_by])
    return {
        "reason": standing.reason,
        "by": names.get(standing.set_by),
        "since": standing.set_at,
        "release_asked_because": _asked_because(session, standing, now=now),
    }


def _held(session: Session, incident_id: UUID, *, by: Principal) -> tuple[Incident, Hold]:
    """The case and the hold that stands, with nobody else deciding beside."""
    take_turns(session)
    incident = _case(session, incident_id, by=by)
    standing = hold_store.standing_of(session, incident_id)
    if standing is None:
        raise Conflict("This case is not held.", slug="not-held")
    return incident, standing


def _deed(standing: Hold, because: str) -> Deed:
    return deed(RELEASE, standing.id, because=because)


def _asked(session: Session, standing: Hold, *, now: datetime) -> Approval:
    """The question that waits, locked. Raises Conflict when none does, or its time is over."""
    asked = approval_store.asked(session, RELEASE, str(standing.id))
    if asked is None or asked.state_at(now) is not ApprovalState.ASKED:
        raise Conflict("Nobody has asked to release this case.", slug="release-not-asked")
    return asked


def _asked_because(session: Session, standing: Hold, *, now: datetime) -> str | None:
    """Why its release is asked for now: what ran out is asked no more."""
    newest = approval_store.newest(session, RELEASE, str(standing.id))
    waits = newest is not None and newest.state_at(now) is ApprovalState.ASKED
    return standing.released_because if waits else None


def _case(session: Session, incident_id: UUID, *, by: Principal) -> Incident:
    """However long ago it was closed: a hold needs the case, not its content."""
    incident = incident_store.by_id(session, incident_id)
    if incident is None or (incident.exercise != by.exercise and not by.has(Role.ADMIN)):
        raise NotFound("There is no such case.")
    return incident


def _view(one: Hold, incident: Incident, names: dict[UUID, str], *, asked_because: str | None) -> dict[str, Any]:
    return {
        "incident_id": one.incident_id,
        "reference": incident.reference,
        "reason": one.reason,
        "by": names.get(one.set_by),
        "since": one.set_at,
        "released_by": names.get(one.released_by) if one.released_by else None,
        "released_at": one.released_at,
        "released_because": asked_because if one.stands else one.released_because,
    }
