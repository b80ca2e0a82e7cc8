"""The PINs' door, and the one place where a PIN that came with a request is judged."""

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from backend.kernel.errors import Invalid
from backend.kernel.vocabulary import Role
from backend.people.passwords import LONGEST
from backend.people.pin import hash_pins, judge
from backend.people.setting_pins import pins_of, set_pins
from backend.people.verdict import Verdict, faults_of
from backend.web.access import requires
from backend.web.api import Blueprint
from backend.web.context import context, now, principal, read, write
from backend.web.fields import Strict
from backend.web.own_password import REFUSED, SLOWED, check_own_password

bp = Blueprint("pins", __name__, url_prefix="/v1", description="What ends a case, or only looks like it.")


class PinsIn(Strict):
    """One's password and two PINs of 4 to 8 digits that differ; null for both takes them away."""

    password = fields.String(
        required=True, validate=validate.Length(1, LONGEST), metadata={"example": "bluelight-demo"}
    )
    cancel_pin = fields.String(
        required=True, allow_none=True, validate=validate.Length(max=20), metadata={"example": "2580"}
    )
    duress_pin = fields.String(
        required=True, allow_none=True, validate=validate.Length(max=20), metadata={"example": "0852"}
    )

    @validates_schema
    def both_or_none(self, data: dict[str, Any], **_: Any) -> None:
        """A person with only one of them could be told from one with both."""
        if (data.get("cancel_pin") is None) != (data.get("duress_pin") is None):
            raise ValidationError("Set both PINs, or neither.", "duress_pin")


@bp.put("/pins")
@requires(Role.MEMBER)
@bp.arguments(PinsIn)
@bp.response(204)
@bp.alt_response(403, description=REFUSED)
@bp.alt_response(429, description=SLOWED)
def put_pins(body: dict[str, Any]) -> None:
    """Set both PINs, change them, or with null for both do without."""
    cancel_pin, duress_pin = body["cancel_pin"], body["duress_pin"]
    faults = faults_of(cancel_pin, duress_pin) if cancel_pin is not None else []
    if faults:
        raise Invalid("Those PINs cannot be used.", faults)
    check_own_password(body["password"])
    pair = context().hashing.call(lambda: hash_pins(cancel_pin, duress_pin)) if cancel_pin is not None else None
    write(set_pins, pair, by=principal(), now=now())


def verdict_on(given: str | None) -> Verdict:
    """What the PIN that came with this request is worth; computed off the hub and before any transaction."""
    pair = read(pins_of, principal().id)
    return context().hashing.call(lambda: judge(pair, given))
