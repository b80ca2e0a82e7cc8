"""Sign-ins as the control room and their own holder see them."""

from marshmallow import Schema, fields

AT = {"example": "2027-02-20T14:00:17+00:00"}


class SignedInHandsetOut(Schema):
    """What a sign-in's handset said of itself."""

    platform = fields.String(metadata={"example": "android"})
    app_version = fields.String(allow_none=True, metadata={"example": "1.0.3"})


class SessionOut(Schema):
    """One sign-in: since when, when it was last used, on what, and how many sockets it has open."""

    id = fields.UUID(metadata={"example": "c0a1d6e4-77b9-0f5a-3e21-5a8f0d9b6c42"})
    since = fields.AwareDateTime(format="iso", metadata=AT)
    last_used = fields.AwareDateTime(format="iso", metadata=AT)
    expires_at = fields.AwareDateTime(format="iso", metadata=AT)
    handset = fields.Nested(SignedInHandsetOut, allow_none=True)
    sockets = fields.Integer(metadata={"example": 1})
    current = fields.Boolean(metadata={"example": False, "description": "the sign-in that is asking"})


class SessionsOut(Schema):
    """A person's sign-ins, the last used first."""

    items = fields.List(fields.Nested(SessionOut))
    next_cursor = fields.UUID(allow_none=True, metadata={"example": None})


class SessionsEndedOut(Schema):
    """How many sign-ins there were."""

    ended = fields.Integer(metadata={"example": 2})
