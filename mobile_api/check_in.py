"""A check-in's door: set a timer, change it, end it."""

from typing import Any

from backend.incidents import checking_in
from backend.incidents.checking_in import Wanted
from backend.kernel.errors import Refusal
from backend.kernel.vocabulary import Role
from backend.web.access import requires
from backend.web.api import Blueprint
from backend.web.context import now, principal, read, write
from mobile_api.check_in_schemas import CheckInIn, CheckInOut, EndIn
from mobile_api.pins import verdict_on

bp = Blueprint("check_in", __name__, url_prefix="/v1", description="A timer kept here: when it runs out, help is sent.")


@bp.get("/check-in")
@requires(Role.MEMBER)
@bp.response(200, CheckInOut)
def check_in() -> Any:
    """One's newest check-in; `state` is `none` for who has never set one."""
    return read(checking_in.look, by=principal())


@bp.put("/check-in")
@requires(Role.MEMBER)
@bp.arguments(CheckInIn)
@bp.response(200, CheckInOut)
def set_check_in(wanted: Wanted) -> Any:
    """Set a timer; while one is open this moves its end to so many minutes from now, and what is left out stays."""
    return checking_in.view(write(checking_in.set_timer, wanted, by=principal(), now=now()))


@bp.post("/check-in/end")
@requires(Role.MEMBER)
@bp.arguments(EndIn)
@bp.response(200, CheckInOut)
@bp.alt_response(409, description="check-in-ran-out: `incident_id` is the emergency that was raised.")
def end_check_in(body: dict[str, Any]) -> Any:
    """Be heard of in time; ending again is fine. Who has set PINs needs one."""
    ended = write(checking_in.end, verdict_on(body["pin"]), by=principal(), now=now())
    if isinstance(ended, Refusal):
        raise ended
    return checking_in.view(ended)
