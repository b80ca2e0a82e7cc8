"""The control room's door to people: find them, end a sign-in, and for an auditor the log of who did what."""

from typing import Any
from uuid import UUID

from backend.console.people_schemas import (
    LinesIn,
    LinesOut,
    PeopleIn,
    PeopleOut,
    ProofIn,
    ProofOut,
    RolesIn,
    RolesOut,
    SessionsEndIn,
)
from backend.kernel.vocabulary import Role
from backend.people import reviewing
from backend.people.finding import find
from backend.people.granting import set_roles
from backend.people.listing_sessions import sessions_of
from backend.people.signing_out import end_sessions
from backend.web.access import requires
from backend.web.api import Blueprint
from backend.web.context import now, principal, write
from backend.web.looks import show
from backend.web.sessions import SessionsEndedOut, SessionsOut

bp = Blueprint("console_people", __name__, url_prefix="/console/api", description="People, and the audit log.")


@bp.get("/people")
@requires(Role.CONTROLLER, Role.ADMIN, Role.AUDITOR)
@bp.arguments(PeopleIn, location="query")
@bp.response(200, PeopleOut)
def people(query: dict[str, Any]) -> Any:
    """People by name, with roles, teams, site and duty."""
    return show(find, query["query"], after=query["cursor"], most=query["limit"], by=principal(), now=now())


@bp.put("/people/<uuid:person_id>/roles")
@requires(Role.ADMIN, step_up=True)
@bp.arguments(RolesIn)
@bp.response(200, RolesOut)
def roles(body: dict[str, Any], person_id: UUID) -> Any:
    """Grant and take roles, of anybody but oneself; sockets that a taken role had open close at once."""
    has = write(set_roles, person_id, body["roles"], by=principal(), now=now())
    return {"id": person_id, "roles": sorted(has)}


@bp.get("/sessions/<uuid:person_id>")
@requires(Role.CONTROLLER, Role.ADMIN, Role.AUDITOR)
@bp.response(200, SessionsOut)
def sessions(person_id: UUID) -> Any:
    """A person's sign-ins, the last used first."""
    return show(sessions_of, person_id, by=principal(), now=now())


@bp.post("/sessions/<uuid:person_id>/end")
@requires(Role.CONTROLLER, Role.ADMIN, step_up={Role.ADMIN})
@bp.arguments(SessionsEndIn)
@bp.response(200, SessionsEndedOut)
def end(body: dict[str, Any], person_id: UUID) -> Any:
    """End every sign-in of a person, on every device and socket, and their duty with it; or one of them."""
    return {"ended": write(end_sessions, person_id, only=body["session"], by=principal(), now=now())}


@bp.get("/audit")
@requires(Role.AUDITOR)
@bp.arguments(LinesIn, location="query")
@bp.response(200, LinesOut)
def lines(query: dict[str, Any]) -> Any:
    """The audit log, the newest line first; reading it is written into it."""
    asked = {name: query[name] for name in ("about", "about_id", "actor")}
    return show(reviewing.review, **asked, before=query["cursor"], most=query["limit"], by=principal(), now=now())


@bp.post("/audit/verify")
@requires(Role.AUDITOR)
@bp.arguments(ProofIn)
@bp.response(200, ProofOut)
def verify(body: dict[str, Any]) -> Any:
    """Prove that no line was edited, deleted, inserted, moved or, with the anchors, cut off."""
    return show(reviewing.verify, body["anchors"], by=principal(), now=now())
