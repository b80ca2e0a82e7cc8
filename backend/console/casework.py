"""The control room's doors to its own work on a case: take it, ask again, checklist, METHANE, links, read marks."""

from typing import Any
from uuid import UUID

from backend.casework.methane import Methane
from backend.console.casework_schemas import LinkIn, MethaneIn, ReadIn, TakeIn, TickIn
from backend.console.schemas import CaseOut
from backend.dispatch import looking, working
from backend.kernel.vocabulary import Role
from backend.web.access import requires
from backend.web.api import Blueprint
from backend.web.context import now, principal, write
from backend.web.looks import show

bp = Blueprint(
    "console_casework", __name__, url_prefix="/console/api", description="What the control room does with a case."
)


@bp.post("/incidents/<uuid:incident_id>/take")
@requires(Role.CONTROLLER)
@bp.arguments(TakeIn, required=False)
@bp.response(200, CaseOut)
@bp.alt_response(409, description="incident-closed, own-case, or case-taken: a colleague has it.")
def take(body: dict[str, Any], incident_id: UUID) -> Any:
    """Look after a case, also one that a colleague has, and take the alarms that stand about it."""
    write(working.take_case, incident_id, over=body["over"], by=principal(), now=now())
    return _as_it_is(incident_id)


@bp.post("/incidents/<uuid:incident_id>/ask-again")
@requires(Role.CONTROLLER)
@bp.response(200, CaseOut)
@bp.alt_response(409, description="incident-closed, or enough-there: as many officers as wanted are on scene.")
def ask_again(incident_id: UUID) -> Any:
    """Begin asking officers anew; who has not answered rings again, who said yes and is not there counts no more."""
    write(working.ask_officers_again, incident_id, by=principal(), now=now())
    return _as_it_is(incident_id)


@bp.put("/incidents/<uuid:incident_id>/protocol/<string:step_id>")
@requires(Role.CONTROLLER)
@bp.arguments(TickIn)
@bp.response(200, CaseOut)
@bp.alt_response(409, description="incident-closed.")
def tick(body: dict[str, Any], incident_id: UUID, step_id: str) -> Any:
    """A step of the checklist is done, or is not after all."""
    write(working.tick_step, incident_id, step_id, done=body["done"], by=principal(), now=now())
    return _as_it_is(incident_id)


@bp.put("/incidents/<uuid:incident_id>/methane")
@requires(Role.CONTROLLER)
@bp.arguments(MethaneIn)
@bp.response(200, CaseOut)
@bp.alt_response(409, description="incident-closed.")
def report(body: Methane, incident_id: UUID) -> Any:
    """The METHANE report as it is now; every version stays in the case's story."""
    write(working.report_methane, incident_id, body, by=principal(), now=now())
    return _as_it_is(incident_id)


@bp.post("/incidents/<uuid:incident_id>/links")
@requires(Role.CONTROLLER)
@bp.arguments(LinkIn)
@bp.response(200, CaseOut)
@bp.alt_response(409, description="too-many-links, or not-linkable.")
def link(body: dict[str, Any], incident_id: UUID) -> Any:
    """Two cases belong together, open or closed within a month: each names the other."""
    write(working.link_cases, incident_id, body["other_id"], by=principal(), now=now())
    return _as_it_is(incident_id)


@bp.delete("/incidents/<uuid:incident_id>/links/<uuid:other_id>")
@requires(Role.CONTROLLER)
@bp.response(200, CaseOut)
def unlink(incident_id: UUID, other_id: UUID) -> Any:
    """They do not belong together after all."""
    write(working.unlink_cases, incident_id, other_id, by=principal(), now=now())
    return _as_it_is(incident_id)


@bp.post("/incidents/<uuid:incident_id>/messages/read")
@requires(Role.CONTROLLER)
@bp.arguments(ReadIn)
@bp.response(200, CaseOut)
def read_messages(body: dict[str, Any], incident_id: UUID) -> Any:
    """The control room has read the conversation up to this message; a mark never goes back."""
    write(working.mark_read, incident_id, body["up_to"], by=principal(), now=now())
    return _as_it_is(incident_id)


def _as_it_is(incident_id: UUID) -> Any:
    """A look of its own: a deed done twice leaves no line of the second time, and shows the case all the same."""
    return show(looking.whole, incident_id, by=principal(), now=now())
