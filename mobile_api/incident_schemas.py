"""What the phones send and get about cases and offers."""

from marshmallow import Schema, fields, validate

from backend.web.fields import NOTE, SAFE_INTEGER, PositionIn, PositionOut, Strict, ZoneOut

AT = {"example": "2026-11-22T14:00:17+00:00"}


class CallOut(Schema):
    """A number to ring; only a `dialable` one becomes a button."""

    label = fields.String(metadata={"example": "Emergency services"})
    number = fields.String(metadata={"example": "999"})
    reach = fields.String(metadata={"example": "country:GB"})
    dialable = fields.Boolean(metadata={"example": True})


class ProgressOut(Schema):
    """One line of a case's story."""

    stage = fields.String(metadata={"example": "accepted"})
    at = fields.AwareDateTime(format="iso", metadata=AT)
    by = fields.String(allow_none=True, metadata={"example": "Officer 1"})


class ResponderOut(Schema):
    """Somebody who has the case; `eta_s` is in seconds, None when it cannot be said."""

    officer_id = fields.UUID(
        metadata={
            "example": "5f0c1f2a-6c1e-4c1e-8a53-3f6f0a3f2c11",
            "description": "only for officers: by it a phone knows its holder among them",
        }
    )
    name = fields.String(metadata={"example": "Officer 1"})
    state = fields.String(metadata={"example": "en_route"})
    eta_s = fields.Integer(allow_none=True, metadata={"example": 240})
    delayed = fields.Boolean(metadata={"example": False})
    updated_at = fields.AwareDateTime(format="iso", allow_none=True, metadata=AT)


class TeamOut(Schema):
    """The team that takes the case."""

    id = fields.String(metadata={"example": "security"})
    name = fields.String(metadata={"example": "Community Safety and Security"})


class IncidentOut(Schema):
    """A case as the one who asks may see it."""

    id = fields.UUID(metadata={"example": "3b6c0a64-0d3b-4a35-9a8f-2f1f9e0a7f10"})
    reference = fields.String(metadata={"example": "E-2026-0147"})
    kind = fields.String(metadata={"example": "emergency"})
    subtype = fields.String(allow_none=True, metadata={"example": None})
    state = fields.String(metadata={"example": "accepted"})
    silent = fields.Boolean(metadata={"example": False})
    trigger = fields.String(metadata={"example": "button"})
    received_at = fields.AwareDateTime(format="iso", metadata=AT)
    position = fields.Nested(PositionOut, allow_none=True)
    zone = fields.Nested(ZoneOut, allow_none=True)
    inside = fields.Boolean(allow_none=True, metadata={"example": True})
    team = fields.Nested(TeamOut)
    call = fields.List(fields.Nested(CallOut))
    progress = fields.List(fields.Nested(ProgressOut))
    responders = fields.List(fields.Nested(ResponderOut))
    note = fields.String(allow_none=True, metadata={"example": "someone has collapsed"})
    seen = fields.Boolean(metadata={"example": True})
    quiet = fields.Boolean(metadata={"example": False})
    exercise = fields.Boolean(metadata={"example": False})


class IncidentsOut(Schema):
    """A page of cases."""

    items = fields.List(fields.Nested(IncidentOut))
    next_cursor = fields.Integer(allow_none=True, metadata={"example": None})


class IncidentsIn(Schema):
    """Which cases."""

    open = fields.Boolean(load_default=False, metadata={"example": True})
    cursor = fields.Integer(load_default=None, validate=validate.Range(1, SAFE_INTEGER), metadata={"example": 120})
    limit = fields.Integer(load_default=100, validate=validate.Range(1, 100), metadata={"example": 100})


class PositionsTakenOut(Schema):
    """How many of the positions were newer than what was known."""

    taken = fields.Integer(metadata={"example": 1})


class CancelIn(Strict):
    """Call a case off."""

    pin = fields.String(
        load_default=None, allow_none=True, validate=validate.Length(max=20), metadata={"example": None}
    )
    reason = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.Length(max=NOTE),
        metadata={"example": "pressed by accident"},
    )


class OfferIncidentOut(Schema):
    """The case an offer is about, as far as an officer needs it to decide."""

    id = fields.UUID(metadata={"example": "3b6c0a64-0d3b-4a35-9a8f-2f1f9e0a7f10"})
    reference = fields.String(metadata={"example": "E-2026-0147"})
    kind = fields.String(metadata={"example": "emergency"})
    subtype = fields.String(allow_none=True, metadata={"example": None})
    note = fields.String(allow_none=True, metadata={"example": "someone has collapsed"})
    position = fields.Nested(PositionOut, allow_none=True)
    zone = fields.Nested(ZoneOut, allow_none=True)
    received_at = fields.AwareDateTime(format="iso", metadata=AT)
    silent = fields.Boolean(metadata={"example": False})
    trigger = fields.String(metadata={"example": "button"})
    exercise = fields.Boolean(metadata={"example": False})


class OfferOut(Schema):
    """An officer is asked."""

    id = fields.UUID(metadata={"example": "9e8c6a64-0d3b-4a35-9a8f-2f1f9e0a7f11"})
    incident = fields.Nested(OfferIncidentOut)
    offered_at = fields.AwareDateTime(format="iso", metadata=AT)
    asked_because = fields.String(metadata={"example": "nearest, 120 m away"})
    distance_m = fields.Integer(allow_none=True, metadata={"example": 120})
    state = fields.String(metadata={"example": "offered"})


class OffersOut(Schema):
    """What an officer is asked now."""

    items = fields.List(fields.Nested(OfferOut))
    next_cursor = fields.Integer(allow_none=True, metadata={"example": None})


class DeclineIn(Strict):
    """Why not."""

    reason = fields.String(
        load_default=None, allow_none=True, validate=validate.Length(max=200), metadata={"example": "with another case"}
    )


class MoveIn(Strict):
    """A responder's next move."""

    move = fields.String(
        required=True,
        validate=validate.OneOf(["en_route", "on_scene", "resolved"]),
        metadata={"example": "en_route"},
    )
    note = fields.String(
        load_default=None, allow_none=True, validate=validate.Length(max=NOTE), metadata={"example": None}
    )


class DutyIn(Strict):
    """What an officer does from now on."""

    state = fields.String(
        required=True,
        validate=validate.OneOf(["on_patrol", "at_post", "break", "off_duty"]),
        metadata={"example": "on_patrol"},
    )
    position = fields.Nested(PositionIn, load_default=None, allow_none=True)


class DutyOut(Schema):
    """An officer's duty; it ends by itself at `ends_at`."""

    state = fields.String(metadata={"example": "on_patrol"})
    since = fields.AwareDateTime(format="iso", metadata=AT)
    ends_at = fields.AwareDateTime(format="iso", allow_none=True, metadata={"example": "2026-11-23T03:00:17+00:00"})
