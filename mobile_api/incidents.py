"""A case's door for the people in it: read it, go on saying where, speak, call it off."""

from typing import Any
from uuid import UUID

from backend.dispatch import looking, speaking
from backend.dispatch.calling_off import call_off
from backend.dispatch.disclosing import disclose
from backend.dispatch.following import view
from backend.dispatch.moving import move
from backend.dispatch.tracing import trace
from backend.kernel.vocabulary import Role
from backend.web.access import requires
from backend.web.api import Blueprint
from backend.web.context import now, principal, read, write
from backend.web.fields import PageIn, SaidIn, SaidOut
from backend.web.looks import show
from backend.web.profile_fields import ReleasedOut
from mobile_api.incident_schemas import (
    CancelIn,
    IncidentOut,
    IncidentsIn,
    IncidentsOut,
    MoveIn,
    PositionsTakenOut,
)
from mobile_api.people_schemas import ConversationOut
from mobile_api.pins import verdict_on
from mobile_api.positions import PositionsIn
from mobile_api.profile_schemas import ReasonIn

bp = Blueprint("incidents", __name__, url_prefix="/v1", description="Cases, for those who are in them.")


@bp.get("/incidents")
@requires(Role.MEMBER)
@bp.arguments(IncidentsIn, location="query")
@bp.response(200, IncidentsOut)
def incidents(query: dict[str, Any]) -> Any:
    """One's own cases, newest first; for an officer those they are asked about or have come before."""
    page = {"open_only": query["open"], "before": query["cursor"], "most": query["limit"]}
    return show(looking.cases, **page, by=principal(), now=now())


@bp.get("/incidents/<uuid:incident_id>")
@requires(Role.MEMBER)
@bp.response(200, IncidentOut)
def incident(incident_id: UUID) -> Any:
    """One case, as far as this person may see it."""
    return show(looking.case, incident_id, by=principal(), now=now())


@bp.post("/incidents/<uuid:incident_id>/positions")
@requires(Role.MEMBER)
@bp.arguments(PositionsIn)
@bp.response(200, PositionsTakenOut)
@bp.alt_response(409, description="The case is closed: stop sharing.")
def positions(body: dict[str, Any], incident_id: UUID) -> Any:
    """Where one is now, while the case is open; older than known is dropped."""
    return {"taken": write(trace, incident_id, body["positions"], by=principal(), now=now()).told()}


@bp.get("/incidents/<uuid:incident_id>/messages")
@requires(Role.MEMBER)
@bp.arguments(PageIn, location="query")
@bp.response(200, ConversationOut)
def messages(query: dict[str, Any], incident_id: UUID) -> Any:
    """What was said in the case, in order."""
    page = {"after": query["cursor"] or 0, "most": query["limit"]}
    return show(looking.conversation, incident_id, **page, by=principal(), now=now())


@bp.post("/incidents/<uuid:incident_id>/messages")
@requires(Role.MEMBER)
@bp.arguments(SaidIn)
@bp.response(201, SaidOut)
@bp.alt_response(409, description="The case is closed, or the id is somebody else's.")
def say(body: dict[str, Any], incident_id: UUID) -> Any:
    """Say something; the same message_id again is the same message."""
    return write(speaking.speak, incident_id, body["message_id"], body["text"], by=principal(), now=now())


@bp.post("/incidents/<uuid:incident_id>/profile")
@requires(Role.OFFICER, Role.CONTROLLER)
@bp.arguments(ReasonIn)
@bp.response(200, ReleasedOut)
@bp.alt_response(409, description="incident-closed: nothing is shown any more.")
def profile(body: dict[str, Any], incident_id: UUID) -> Any:
    """Who the person is and what one should know of them, for who has the open case; they can read who looked."""
    return write(disclose, incident_id, body["reason"], by=principal(), now=now())


@bp.post("/incidents/<uuid:incident_id>/cancel")
@requires(Role.MEMBER)
@bp.arguments(CancelIn)
@bp.response(200, IncidentOut)
@bp.alt_response(409, description="The case was resolved.")
def end(body: dict[str, Any], incident_id: UUID) -> Any:
    """Call one's own case off; who has set PINs needs one."""
    refusal = write(call_off, incident_id, body["reason"], verdict_on(body["pin"]), by=principal(), now=now())
    if refusal is not None:
        raise refusal
    return read(view, incident_id, by=principal(), now=now())


@bp.post("/incidents/<uuid:incident_id>/moves")
@requires(Role.OFFICER)
@bp.arguments(MoveIn)
@bp.response(200, IncidentOut)
@bp.alt_response(409, description="Not a legal move now; `legal` names those that are.")
def moves(body: dict[str, Any], incident_id: UUID) -> Any:
    """An officer's own next move; `resolved` ends the case for all."""
    write(move, incident_id, body["move"], body["note"], by=principal(), now=now())
    return read(view, incident_id, by=principal(), now=now())
