"""What the control room sends when it works on a case."""

from typing import Any

from marshmallow import fields, post_load, validate

from backend.casework.methane import LONGEST, Methane
from backend.console.schemas import CASE_ID
from backend.web.fields import Strict


class TakeIn(Strict):
    """How a case is taken; all of it may be left out."""

    over = fields.Boolean(
        load_default=True,
        metadata={"example": True, "description": "false: only if no colleague has it (409 case-taken names them)"},
    )


class TickIn(Strict):
    """Whether a step is done."""

    done = fields.Boolean(required=True, metadata={"example": True})


def letter(example: str) -> fields.String:
    """One letter of the report; blank and left out are both not known."""
    return fields.String(
        load_default=None, allow_none=True, validate=validate.Length(max=LONGEST), metadata={"example": example}
    )


class MethaneIn(Strict):
    """The whole report as it is now: what is left out is not known."""

    major_incident = fields.Boolean(required=True, metadata={"example": True})
    exact_location = letter("Chemistry, level 3, room 341")
    type = letter("fire with chemicals")
    hazards = letter("solvents; gas cylinders in 342")
    access = letter("Imperial College Road; stairs B are closed")
    number = letter("4 hurt, 1 badly")
    emergency_services = letter("fire brigade there, ambulance wanted")

    @post_load
    def to_report(self, data: dict[str, Any], **_: Any) -> Methane:
        letters = {key: (text or "").strip() or None for key, text in data.items() if key != "major_incident"}
        return Methane(data["major_incident"], **letters)


class LinkIn(Strict):
    """The case that belongs to this one."""

    other_id = fields.UUID(required=True, metadata=CASE_ID)


class ReadIn(Strict):
    """How far the conversation was read."""

    up_to = fields.UUID(
        required=True, metadata={"example": "7d0c2f8e-4f3e-4d59-9d7e-0b6f1f5f9f12", "description": "a message's id"}
    )
