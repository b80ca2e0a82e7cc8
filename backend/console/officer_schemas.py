"""What the control room gets about officers."""

from marshmallow import Schema, fields

from backend.console.schemas import AT, PERSON_ID


class WhereaboutsOut(Schema):
    """Where an officer on shift was last; `stale` when it no longer says where they are."""

    latitude = fields.Float(metadata={"example": 51.4988})
    longitude = fields.Float(metadata={"example": -0.1749})
    accuracy_m = fields.Float(allow_none=True, metadata={"example": 5.0})
    recorded_at = fields.AwareDateTime(format="iso", metadata=AT)
    stale = fields.Boolean(metadata={"example": False})


class CertificateOut(Schema):
    """A certificate and the last day on which it is good; one that has run out is told as well."""

    skill = fields.String(metadata={"example": "first_aid"})
    until = fields.Date(allow_none=True, metadata={"example": "2027-12-31", "description": "null: it does not run out"})


class CarriedOut(Schema):
    """One phone of an officer and what it would let us do: a permission is null where the phone has not said."""

    platform = fields.String(metadata={"example": "android"})
    app_version = fields.String(allow_none=True, metadata={"example": "1.4.0"})
    notifications = fields.Boolean(allow_none=True, metadata={"example": True})
    location = fields.Boolean(allow_none=True, metadata={"example": True})
    battery_saver = fields.Boolean(allow_none=True, metadata={"example": False})
    push = fields.String(
        metadata={"example": "ok", "enum": ["ok", "failed", "none"], "description": "failed: its provider refused it"}
    )
    seen_at = fields.AwareDateTime(format="iso", metadata=AT)


class OfficerOut(Schema):
    """
    An officer; off duty there is no position, no last sign and no phone.

    The console's `officer` messages carry the same up to `position`.
    """

    officer_id = fields.UUID(metadata=PERSON_ID)
    name = fields.String(metadata={"example": "Officer 1"})
    state = fields.String(metadata={"example": "on_patrol"})
    since = fields.AwareDateTime(format="iso", allow_none=True, metadata=AT)
    reachable = fields.Boolean(metadata={"example": True})
    teams = fields.List(fields.String(), metadata={"example": ["first-aid", "security"]})
    skills = fields.List(fields.String(), metadata={"example": ["first_aid"]})
    site = fields.String(allow_none=True, metadata={"example": "south-kensington"})
    warnings = fields.List(
        fields.String(),
        metadata={
            "example": ["no_push_target"],
            "description": "On duty only: no_push_target or notifications_off, when no push would wake them.",
        },
    )
    position = fields.Nested(WhereaboutsOut, allow_none=True)
    skills_until = fields.List(fields.Nested(CertificateOut))
    last_seen_at = fields.AwareDateTime(
        format="iso",
        allow_none=True,
        metadata={**AT, "description": "on duty only: the last sign of their phone or of any sign-in of theirs"},
    )
    handsets = fields.List(fields.Nested(CarriedOut), metadata={"description": "on duty only, the last used first"})


class OfficersOut(Schema):
    """Every officer."""

    items = fields.List(fields.Nested(OfficerOut))
    next_cursor = fields.Integer(allow_none=True, metadata={"example": None})
