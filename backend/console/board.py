"""The board's door: what stands before the control room, its alarms, and its officers."""

from typing import Any
from uuid import UUID

from backend.console.officer_schemas import OfficersOut
from backend.console.schemas import AlarmOut, AlarmsOut, BoardOut
from backend.dispatch import looking
from backend.dispatch.alarming import take_known
from backend.dispatch.watching import alarm_view, standing_alarms
from backend.kernel.vocabulary import Role
from backend.web.access import requires
from backend.web.api import Blueprint
from backend.web.context import now, principal, read, write
from backend.web.looks import show

bp = Blueprint("console_board", __name__, url_prefix="/console/api", description="What the control room sees.")


@bp.get("/board")
@requires(Role.CONTROLLER)
@bp.response(200, BoardOut)
def board() -> Any:
    """Every open case, those that need a person most first, with the standing alarms and the officers' number."""
    return show(looking.board, by=principal(), now=now())


@bp.get("/alarms")
@requires(Role.CONTROLLER)
@bp.response(200, AlarmsOut)
def alarms() -> Any:
    """The alarms that nobody has taken, oldest first."""
    return {"items": read(standing_alarms, by=principal()), "next_cursor": None}


@bp.post("/alarms/<uuid:alarm_id>/take")
@requires(Role.CONTROLLER)
@bp.response(200, AlarmOut)
@bp.alt_response(409, description="alarm-taken: somebody else has it.")
def take_alarm(alarm_id: UUID) -> Any:
    """Look after an alarm: it stops sounding everywhere. Taking it again is fine."""
    return alarm_view(write(take_known, alarm_id, by=principal(), now=now()))


@bp.get("/officers")
@requires(Role.CONTROLLER)
@bp.response(200, OfficersOut)
def officers() -> Any:
    """Every officer with duty and certificates; on shift where they were last and how their phones are."""
    return show(looking.officers, by=principal(), now=now())
