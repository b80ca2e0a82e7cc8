"""What the control room gets about people, and an auditor about the log."""

from typing import Any

from marshmallow import EXCLUDE, Schema, fields, post_load, validate

from backend.console.schemas import AT, PERSON_ID
from backend.kernel.chaining import Head
from backend.kernel.vocabulary import Role
from backend.web.fields import SAFE_INTEGER, Few, Strict

LINK = {"example": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}


class PeopleIn(Schema):
    """Whom to find: words of a name or an address."""

    query = fields.String(load_default="", validate=validate.Length(max=120), metadata={"example": "olga"})
    cursor = fields.UUID(load_default=None, metadata=PERSON_ID)
    limit = fields.Integer(load_default=100, validate=validate.Range(1, 100), metadata={"example": 100})


class FoundPersonOut(Schema):
    """A person: what they may do, and for an officer the duty of this moment."""

    id = fields.UUID(metadata=PERSON_ID)
    name = fields.String(metadata={"example": "Officer 1"})
    roles = fields.List(fields.String(), metadata={"example": ["member", "officer"]})
    teams = fields.List(fields.String(), metadata={"example": ["security"]})
    site = fields.String(allow_none=True, metadata={"example": "south-kensington"})
    duty = fields.String(allow_none=True, metadata={"example": "on_patrol"})
    active = fields.Boolean(metadata={"example": True})
    exercise = fields.Boolean(metadata={"example": False})


class PeopleOut(Schema):
    """A page of people, by name."""

    items = fields.List(fields.Nested(FoundPersonOut))
    next_cursor = fields.UUID(allow_none=True, metadata={"example": None})


class SessionsEndIn(Strict):
    """Which sign-in, by its id in the list; without one all of them."""

    session = fields.UUID(
        load_default=None, allow_none=True, metadata={"example": "c0a1d6e4-77b9-0f5a-3e21-5a8f0d9b6c42"}
    )


class RolesIn(Strict):
    """Exactly these roles from now on; everybody is a member besides."""

    roles = fields.List(fields.Enum(Role, by_value=True), required=True, metadata={"example": ["officer"]})


class RolesOut(Schema):
    """What somebody is now."""

    id = fields.UUID(metadata=PERSON_ID)
    roles = fields.List(fields.String(), metadata={"example": ["member", "officer"]})


class LinesIn(Schema):
    """Which lines: about one thing, by one person, or all."""

    about = fields.String(load_default=None, validate=validate.Length(1, 30), metadata={"example": "incident"})
    # Ids only: what is asked for is written down, and a name must not get into the log that way.
    about_id = fields.String(
        load_default=None,
        validate=validate.Regexp(r"[0-9A-Za-z-]{1,60}\Z", error="Not an id."),
        metadata={"example": "3b6c0a64-0d3b-4a35-9a8f-2f1f9e0a7f10"},
    )
    actor = fields.UUID(load_default=None, metadata=PERSON_ID)
    cursor = fields.Integer(load_default=None, validate=validate.Range(1, SAFE_INTEGER), metadata={"example": 4120})
    limit = fields.Integer(load_default=100, validate=validate.Range(1, 100), metadata={"example": 100})


class LineOut(Schema):
    """Who did or saw what, when; `place` is its number in the chain, null for the second until it is linked."""

    id = fields.Integer(metadata={"example": 4119})
    at = fields.AwareDateTime(format="iso", metadata=AT)
    action = fields.String(metadata={"example": "incident.viewed"})
    actor = fields.UUID(allow_none=True, metadata={**PERSON_ID, "description": "null: Bluelight by itself"})
    actor_name = fields.String(allow_none=True, metadata={"example": "Controller 1"})
    about = fields.String(metadata={"example": "incident"})
    about_id = fields.String(allow_none=True, metadata={"example": "3b6c0a64-0d3b-4a35-9a8f-2f1f9e0a7f10"})
    facts = fields.Dict(metadata={"example": {"kind": "emergency"}})
    place = fields.Integer(allow_none=True, metadata={"example": 4119})


class LinesOut(Schema):
    """A page of the log, the newest line first."""

    items = fields.List(fields.Nested(LineOut))
    next_cursor = fields.Integer(allow_none=True, metadata={"example": None})


class AnchorIn(Schema):
    """One line of an anchor file: a head of the chain that was written outside the database."""

    class Meta:
        unknown = EXCLUDE

    place = fields.Integer(required=True, strict=True, validate=validate.Range(1), metadata={"example": 4119})
    link = fields.String(required=True, validate=validate.Length(equal=64), metadata=LINK)
    forgotten = fields.Boolean(
        load_default=False,
        metadata={"example": False, "description": "the log was to be forgotten up to this line"},
    )

    @post_load
    def to_head(self, data: dict[str, Any], **_: Any) -> Head:
        return Head(data["place"], data["link"], data["forgotten"])


class ProofIn(Strict):
    """Anchors to hold the log against; without any, lines cut off its end are not found."""

    anchors = Few(fields.Nested(AnchorIn), load_default=list, validate=validate.Length(max=1000))


class ProofOut(Schema):
    """Whether the log stands."""

    stands = fields.Boolean(metadata={"example": True})
    lines = fields.Integer(metadata={"example": 4119})
    head = fields.String(allow_none=True, metadata=LINK)
    anchors = fields.Integer(metadata={"example": 1})
    faults = fields.List(fields.String(), metadata={"example": []})
