"""Who may see the profile of the person in trouble, and who has."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.dispatch import disclosure_store
from backend.dispatch.disclosure import Disclosure
from backend.dispatch.facing import as_known_to, looks_unknown_to
from backend.dispatch.following import Side, side_of, watchable
from backend.incidents import incident_store
from backend.incidents.incident import Incident
from backend.kernel import audit
from backend.kernel.errors import FieldFault, Forbidden, Invalid, NotFound
from backend.kernel.vocabulary import Role
from backend.people import people_store
from backend.people.account import Principal
from backend.people.describing import described


def disclose(
    session: Session, incident_id: UUID, reason: str | None, *, by: Principal, now: datetime
) -> dict[str, Any]:
    """
    The profile of the person an open case is about, for an officer who has the case or, with a reason, a controller.

    Read, written down and shown in one transaction: what cannot be written down
    is not shown. Raises NotFound for who may not see the case, or where nobody
    with an account is in it; Forbidden for an officer who is only asked;
    Conflict once the case is closed; Invalid for a controller without a reason.
    """
    incident = incident_store.by_id(session, incident_id)
    role = _role(session, incident, by=by, now=now)
    if incident is None or role is None:
        raise NotFound("There is no such case.")
    incident.must_be_open()
    why = _said(reason)
    if role is Role.CONTROLLER and why is None:
        raise Invalid("Say why you look.", [FieldFault("reason", "Say why: the person can read it.")])
    account = people_store.by_id(session, incident.owner_id) if incident.owner_id else None
    if account is None:
        raise NotFound("Whoever rang has no account here, and so no profile.", slug="no-profile")
    disclosure_store.add(
        session,
        Disclosure(
            incident_id=incident.id, account_id=account.id, viewer_id=by.id, side=role.value, reason=why, at=now
        ),
    )
    told: dict[str, str | int | bool | None] = {"incident_id": str(incident.id), "side": role.value}
    audit.record(session, "profile.viewed", actor=by.id, about="profile", about_id=account.id, at=now, **told)
    released = {"person_id": account.id, "name": account.name, "incident_id": incident.id}
    return {**released, **described(session, account)}


def views(session: Session, *, by: Principal, before: int | None, most: int) -> dict[str, Any]:
    """
    Who has looked at this person's own profile, a page of it, the newest first.

    Not who looked because a case goes on that they are to believe is over.
    """
    unknown = looks_unknown_to(session, by.id)
    looks = disclosure_store.of_person(session, by.id, but_after=unknown, before=before, most=most)
    names = people_store.names(session, {look.viewer_id for look in looks})
    cases = {one.id: one for one in incident_store.by_ids(session, {look.incident_id for look in looks})}
    items = [
        {
            "at": look.at,
            "by": names.get(look.viewer_id),
            "side": look.side,
            "incident_id": look.incident_id,
            "reference": cases[look.incident_id].reference if look.incident_id in cases else None,
            "reason": look.reason,
        }
        for look in looks
    ]
    return {"items": items, "next_cursor": looks[-1].id if len(looks) == most else None}


def _said(reason: str | None) -> str | None:
    """What says nothing is no reason: the person who reads it has to learn something by it."""
    words = (reason or "").strip()
    return words if any(sign.isalnum() for sign in words) else None


def _role(session: Session, incident: Incident | None, *, by: Principal, now: datetime) -> Role | None:
    """As what this person may be shown the profile. Raises Forbidden for those who may see the case and no more."""
    side = side_of(session, incident, by=by)
    if side is Side.OWNER:
        # Open or closed alike: who is forced to show this phone must not give away that a called-off case goes on.
        raise Forbidden("This is your own case: your profile is under /v1/profile.")
    if side is Side.RESPONDER:
        return Role.OFFICER
    known = as_known_to(session, incident, by.id)
    if by.has(Role.CONTROLLER) and known is not None and watchable(known.incident, exercise=by.exercise, now=now):
        return Role.CONTROLLER
    if side is Side.ASKED:
        raise Forbidden("Accept the case first: a profile is shown to those who come.")
    return None
