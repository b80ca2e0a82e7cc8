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
    SessionsEndedOut,
)
from backend.kernel.vocabulary import Role
from backend.people import reviewing
from backend.people.finding import find
from backend.people.signing_out import end_sessions
from backend.web.access import requires
from backend.web.api import Blueprint
from backend.web.context import now, principal, write
from backend.web.looks import show

bp = Blueprint("console_people", __name__, url_prefix="/console/api", description="People, and the audit log.")


@bp.get("/people")
@requires(Role.CONTROLLER, Role.ADMIN, Role.AUDITOR)
@bp.arguments(PeopleIn, location="query")
@bp.response(200, PeopleOut)
def people(query: dict[str, Any]) -> Any:
    """People by name, with roles, teams, site and duty."""
    return show(find, query["query"], after=query["cursor"], most=query["limit"], by=principal(), now=now())


@bp.post("/sessions/<uuid:person_id>/end")
@requires(Role.CONTROLLER, Role.ADMIN)
@bp.response(200, SessionsEndedOut)
def end(person_id: UUID) -> Any:
    """End every sign-in of a person, on every device and socket, and their duty with it."""
    return {"ended": write(end_sessions, person_id, by=principal(), now=now())}


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
