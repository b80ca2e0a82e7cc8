"""An officer's door: duty, what they are asked, yes and no."""

from typing import Any
from uuid import UUID

from backend.dispatch.acknowledging import acknowledge, decline
from backend.dispatch.following import offers_for, view
from backend.dispatch.tracing import follow
from backend.kernel.vocabulary import DutyState, Role
from backend.people.going_on_duty import change_duty
from backend.web.access import requires
from backend.web.api import Blueprint
from backend.web.context import now, principal, read, write
from mobile_api.incident_schemas import (
    DeclineIn,
    DutyIn,
    DutyOut,
    IncidentOut,
    OffersOut,
    PositionsTakenOut,
)
from mobile_api.positions import PositionsIn

bp = Blueprint("offers", __name__, url_prefix="/v1", description="Duty and offers, for officers.")


@bp.put("/duty")
@requires(Role.OFFICER)
@bp.arguments(DutyIn)
@bp.response(200, DutyOut)
def duty(body: dict[str, Any]) -> Any:
    """Come on duty, change it, go off; it ends by itself after a shift."""
    return write(change_duty, DutyState(body["state"]), position=body["position"], by=principal(), now=now())


@bp.post("/positions")
@requires(Role.MEMBER)
@bp.arguments(PositionsIn)
@bp.response(200, PositionsTakenOut)
@bp.alt_response(409, description="Off duty, and no check-in runs: nothing is taken.")
def positions(body: dict[str, Any]) -> Any:
    """Where one is: an officer on duty, and anybody whose check-in runs."""
    return {"taken": write(follow, body["positions"], by=principal(), now=now())}


@bp.get("/offers")
@requires(Role.OFFICER)
@bp.response(200, OffersOut)
def offers() -> Any:
    """What one is being asked now; off duty that is nothing."""
    return {"items": read(offers_for, by=principal(), now=now()), "next_cursor": None}


@bp.post("/offers/<uuid:offer_id>/accept")
@requires(Role.OFFICER)
@bp.response(200, IncidentOut)
@bp.alt_response(409, description="As many as wanted have it; `taken_by` names them.")
def accept(offer_id: UUID) -> Any:
    """Take the case; the same again is fine."""
    incident = write(acknowledge, offer_id, by=principal(), now=now())
    return read(view, incident.id, by=principal(), now=now())


@bp.post("/offers/<uuid:offer_id>/decline")
@requires(Role.OFFICER)
@bp.arguments(DeclineIn)
@bp.response(204)
@bp.alt_response(409, description="It was accepted or withdrawn.")
def refuse(body: dict[str, Any], offer_id: UUID) -> None:
    """Say no: the next officer is asked at once."""
    write(decline, offer_id, body["reason"], by=principal(), now=now())
