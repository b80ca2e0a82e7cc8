"""The control room's door to holds: nothing about a case is forgotten until a second person agrees that it may be."""

from typing import Any
from uuid import UUID

from backend.console.hold_schemas import HoldAgreedIn, HoldOut, HoldReasonIn, HoldsOut
from backend.incidents import holding
from backend.kernel.vocabulary import Role
from backend.web.access import requires
from backend.web.api import Blueprint
from backend.web.context import now, principal, write
from backend.web.looks import show

bp = Blueprint("console_holds", __name__, url_prefix="/console/api", description="Cases that are held.")


@bp.get("/holds")
@requires(Role.CONTROLLER, Role.ADMIN, Role.AUDITOR)
@bp.response(200, HoldsOut)
def holds() -> Any:
    """Every hold that stands, also of cases that nobody may look at any more."""
    return show(holding.holds, by=principal(), now=now())


@bp.post("/incidents/<uuid:incident_id>/hold")
@requires(Role.CONTROLLER, Role.ADMIN)
@bp.arguments(HoldReasonIn)
@bp.response(201, HoldOut)
@bp.alt_response(409, description="already-held.")
def hold(body: dict[str, Any], incident_id: UUID) -> Any:
    """From now on nothing about this case is forgotten."""
    return write(holding.hold, incident_id, body["reason"], by=principal(), now=now())


@bp.post("/incidents/<uuid:incident_id>/hold/release")
@requires(Role.CONTROLLER, Role.ADMIN)
@bp.arguments(HoldReasonIn)
@bp.response(202, HoldOut)
@bp.alt_response(409, description="not-held, or approval-waits: somebody else has asked.")
def ask_release(body: dict[str, Any], incident_id: UUID) -> Any:
    """Ask a second person to release the case; until they agree it is held."""
    return write(holding.ask_release, incident_id, body["reason"], by=principal(), now=now())


@bp.post("/incidents/<uuid:incident_id>/hold/release/confirm")
@requires(Role.CONTROLLER, Role.ADMIN)
@bp.arguments(HoldAgreedIn)
@bp.response(200, HoldOut)
@bp.alt_response(403, description="second-person-needed: who asked cannot agree; step-up-needed.")
@bp.alt_response(409, description="not-held, release-not-asked, or approval-changed: another reason was asked for.")
def release(body: dict[str, Any], incident_id: UUID) -> Any:
    """Agree as the second person to what was asked: the clock counts on, and what is overdue goes within the hour."""
    return write(holding.release, incident_id, body["because"], by=principal(), now=now())


@bp.delete("/incidents/<uuid:incident_id>/hold/release")
@requires(Role.CONTROLLER, Role.ADMIN)
@bp.response(200, HoldOut)
@bp.alt_response(409, description="not-held, or release-not-asked.")
def drop_release(incident_id: UUID) -> Any:
    """Take back what one asked, or refuse what somebody else did: the case stays held, and can be asked for anew."""
    return write(holding.drop_release, incident_id, by=principal(), now=now())
