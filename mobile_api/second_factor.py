"""One's second factor, and stepping up by it."""

from typing import Any

from backend.kernel.vocabulary import Role
from backend.people import enrolling_factor, stepping_up
from backend.web.access import requires
from backend.web.api import Blueprint
from backend.web.context import context, now, principal, read, write
from backend.web.credentials import StepUpIn
from backend.web.factor_schemas import FirstCodeIn, RecoveryCodesOut, SecondFactorIn, SecretOut
from backend.web.own_password import check_own_password, right_code
from mobile_api.access_schemas import SecondFactorOut, SteppedUpOut

bp = Blueprint("second_factor", __name__, url_prefix="/v1", description="A second factor, and stepping up by it.")

SLOWED = "Too many wrong passwords or codes; Retry-After says how long."
WRONG = "The password or the code is wrong: `wrong-password`, `wrong-code`. The sign-in stands."


@bp.post("/step-up")
@requires(Role.MEMBER)
@bp.arguments(StepUpIn)
@bp.response(200, SteppedUpOut)
@bp.alt_response(403, description=f"{WRONG} Or one has to have a second factor: `second-factor-needed`.")
@bp.alt_response(429, description=SLOWED)
def step_up(body: dict[str, Any]) -> Any:
    """Give the password again: for fifteen minutes this sign-in may do what asks for that."""
    check_own_password(body["password"])
    return {
        "until": right_code(write(stepping_up.step_up, body["code"], demo=context().demo, by=principal(), now=now()))
    }


@bp.get("/second-factor")
@requires(Role.MEMBER)
@bp.response(200, SecondFactorOut)
def second_factor() -> Any:
    """Whether one has a second factor, has to, and should step up now."""
    return read(enrolling_factor.standing, demo=context().demo, by=principal(), now=now())


@bp.post("/second-factor")
@requires(Role.MEMBER)
@bp.arguments(SecondFactorIn)
@bp.response(200, SecretOut)
@bp.alt_response(403, description=WRONG)
@bp.alt_response(429, description=SLOWED)
def begin(body: dict[str, Any]) -> Any:
    """Begin a second factor, or replace it; it counts from its first code on, and the old one until then."""
    check_own_password(body["password"])
    return right_code(write(enrolling_factor.begin, body["code"], by=principal(), now=now()))


@bp.post("/second-factor/confirm")
@requires(Role.MEMBER)
@bp.arguments(FirstCodeIn)
@bp.response(200, RecoveryCodesOut)
@bp.alt_response(403, description="The code is wrong: `wrong-code`.")
@bp.alt_response(409, description="Nothing waits for a code: begin again.")
@bp.alt_response(429, description=SLOWED)
def confirm(body: dict[str, str]) -> Any:
    """Show the first code; from now on it is asked for."""
    return {"recovery_codes": right_code(write(enrolling_factor.activate, body["code"], by=principal(), now=now()))}
