"""The door to one's own console's sound."""

from typing import Any

from marshmallow import Schema, fields

from backend.kernel.vocabulary import Role
from backend.people.hushing import hush
from backend.web.access import requires
from backend.web.api import Blueprint
from backend.web.context import now, principal, write
from backend.web.fields import Strict

bp = Blueprint("console_desk", __name__, url_prefix="/console/api", description="Who sits at a console.")

AT = {"example": "2027-02-20T14:00:17+00:00"}


class SoundIn(Strict):
    """Whether one's consoles sound."""

    on = fields.Boolean(required=True, metadata={"example": False})


class SeatedOut(Schema):
    """A controller with a console open; `since` is when they came, or when it fell silent."""

    person_id = fields.UUID(metadata={"example": "5f0c1f2a-6c1e-4c1e-8a53-3f6f0a3f2c11"})
    name = fields.String(metadata={"example": "Controller 1"})
    sound = fields.String(metadata={"example": "off", "description": "on or off"})
    since = fields.AwareDateTime(format="iso", allow_none=True, metadata=AT)


class DeskOut(Schema):
    """The same as the picture `desk` on the console's socket."""

    as_of = fields.AwareDateTime(format="iso", metadata=AT)
    people = fields.List(fields.Nested(SeatedOut))


@bp.put("/sound")
@requires(Role.CONTROLLER)
@bp.arguments(SoundIn)
@bp.response(200, DeskOut)
def sound(body: dict[str, bool]) -> Any:
    """Make one's own consoles silent, for this shift at most, or heard again; every other console shows it."""
    at = now()
    return {"as_of": at, **write(hush, on=body["on"], by=principal(), now=at)}
