"""What the phones send and get about people, handsets and streams."""

from marshmallow import Schema, fields, validate

from backend.people.passwords import LONGEST, SHORTEST
from backend.web.credentials import PersonOut
from backend.web.fields import SAFE_INTEGER, SaidOut, Strict

AT = {"example": "2027-02-20T14:00:17+00:00"}
PASSWORD = validate.Length(SHORTEST, LONGEST)


class WelcomeOut(Schema):
    """A sign-in; the token is shown here and nowhere else."""

    access_token = fields.String(metadata={"example": "kq0m…"})
    expires_at = fields.AwareDateTime(format="iso", metadata=AT)
    person = fields.Nested(PersonOut)


class MeOut(PersonOut):
    """One's own account."""

    email = fields.String(metadata={"example": "student1@demo.example"})
    language = fields.String(metadata={"example": "en"})
    site = fields.String(allow_none=True, metadata={"example": "south-kensington"})
    exercise = fields.Boolean(metadata={"example": False})
    duty = fields.String(allow_none=True, metadata={"example": None})
    duty_ends_at = fields.AwareDateTime(format="iso", allow_none=True, metadata={"example": None})
    warnings = fields.List(
        fields.String(),
        metadata={
            "example": [],
            "description": "On duty only: no_push_target or notifications_off, when no push would wake this person.",
        },
    )


class PasswordIn(Strict):
    """The password of now and the one from now on."""

    password = fields.String(
        required=True, validate=validate.Length(1, LONGEST), metadata={"example": "bluelight-demo"}
    )
    new_password = fields.String(required=True, validate=PASSWORD, metadata={"example": "a longer one"})


class InvitationIn(Strict):
    """An invitation's code and the password chosen."""

    code = fields.String(required=True, validate=validate.Length(1, 200), metadata={"example": "Zk3…"})
    password = fields.String(required=True, validate=PASSWORD, metadata={"example": "a longer one"})


class PushIn(Strict):
    """Where a handset can be pushed to."""

    kind = fields.String(
        required=True, validate=validate.OneOf(["fid", "token", "web_push"]), metadata={"example": "fid"}
    )
    value = fields.String(required=True, validate=validate.Length(1, 4096), metadata={"example": "c8Zp…"})


class PermissionsIn(Strict):
    """What the handset's owner has allowed."""

    notifications = fields.Boolean(load_default=None, allow_none=True, metadata={"example": True})
    location = fields.Boolean(load_default=None, allow_none=True, metadata={"example": True})
    battery_saver = fields.Boolean(load_default=None, allow_none=True, metadata={"example": False})


class HandsetIn(Strict):
    """A handset tells what it is."""

    installation_id = fields.String(required=True, validate=validate.Length(1, 200), metadata={"example": "a1b2c3"})
    platform = fields.String(
        required=True, validate=validate.OneOf(["android", "ios", "web"]), metadata={"example": "android"}
    )
    push = fields.Nested(PushIn, load_default=None, allow_none=True)
    app_version = fields.String(
        load_default=None, allow_none=True, validate=validate.Length(max=40), metadata={"example": "1.0.3"}
    )
    permissions = fields.Nested(PermissionsIn, load_default=dict)


class HandsetOut(Schema):
    """A handset as it is known."""

    installation_id = fields.String(metadata={"example": "a1b2c3"})
    platform = fields.String(metadata={"example": "android"})
    pushable = fields.Boolean(metadata={"example": True})
    seen_at = fields.AwareDateTime(format="iso", metadata=AT)


class StreamIn(Schema):
    """From where."""

    after = fields.Integer(load_default=0, validate=validate.Range(0, SAFE_INTEGER), metadata={"example": 41})
    cursor = fields.Integer(load_default=None, validate=validate.Range(1, SAFE_INTEGER), metadata={"example": 241})


class StreamMessageOut(Schema):
    """One message of a stream."""

    seq = fields.Integer(metadata={"example": 42})
    id = fields.UUID(metadata={"example": "7b0c2f8e-4f3e-4d59-9d7e-0b6f1f5f9f10"})
    type = fields.String(metadata={"example": "offer"})
    at = fields.String(metadata={**AT, "format": "date-time"})
    data = fields.Dict(metadata={"example": {"incident_id": "3b6c0a64-0d3b-4a35-9a8f-2f1f9e0a7f10"}})


class StreamOut(Schema):
    """What came after; ask again with the last `seq` until it is empty."""

    items = fields.List(fields.Nested(StreamMessageOut))
    next_cursor = fields.Integer(allow_none=True, metadata={"example": None})


class ConversationOut(Schema):
    """A page of a conversation."""

    items = fields.List(fields.Nested(SaidOut))
    next_cursor = fields.Integer(allow_none=True, metadata={"example": None})
