"""Taking up a second factor at the console itself, so that nobody needs another client to become able to step up."""

from typing import Any

from backend.kernel.vocabulary import DESK_ROLES
from backend.people import enrolling_factor
from backend.web.access import requires
from backend.web.api import Blueprint
from backend.web.context import now, principal, write
from backend.web.factor_schemas import FirstCodeIn, RecoveryCodesOut, SecondFactorIn, SecretOut
from backend.web.own_password import SLOWED, check_own_password, right_code

bp = Blueprint("authenticators", __name__, url_prefix="/console/api", description="A second factor, at the console.")

FORGED = "Or sent without this sign-in's token: `csrf`."


@bp.post("/second-factor")
@requires(*DESK_ROLES)
@bp.arguments(SecondFactorIn)
@bp.response(200, SecretOut)
@bp.alt_response(403, description=f"`wrong-password`, `wrong-code`: the sign-in stands. {FORGED}")
@bp.alt_response(429, description=SLOWED)
def begin(body: dict[str, Any]) -> Any:
    """Begin a second factor, or replace it; it counts from its first code on, and the old one until then."""
    check_own_password(body["password"])
    return right_code(write(enrolling_factor.begin, body["code"], by=principal(), now=now()))


@bp.post("/second-factor/confirm")
@requires(*DESK_ROLES)
@bp.arguments(FirstCodeIn)
@bp.response(200, RecoveryCodesOut)
@bp.alt_response(403, description=f"The code is wrong: `wrong-code`. {FORGED}")
@bp.alt_response(409, description="Nothing waits for a code: begin again.")
@bp.alt_response(429, description="Too many wrong codes; Retry-After says how long.")
def confirm(body: dict[str, str]) -> Any:
    """Show the first code; from now on it is asked for, and what was stepped up without it is not any more."""
    return {"recovery_codes": right_code(write(enrolling_factor.activate, body["code"], by=principal(), now=now()))}
