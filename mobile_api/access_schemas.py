"""What the phones send and get about second factors and stepping up."""

from marshmallow import Schema, fields

AT = {"example": "2027-02-20T14:15:17+00:00"}


class SteppedUpOut(Schema):
    """Until when this sign-in is good for what asks for a step-up."""

    until = fields.AwareDateTime(format="iso", metadata=AT)


class SecondFactorOut(Schema):
    """One's second factor, and whether this sign-in should be asked to step up now: at the start of a shift."""

    active = fields.Boolean(metadata={"example": True})
    since = fields.AwareDateTime(format="iso", allow_none=True, metadata=AT)
    required = fields.Boolean(metadata={"example": True})
    recovery_codes_left = fields.Integer(metadata={"example": 9})
    stepped_up_until = fields.AwareDateTime(format="iso", allow_none=True, metadata=AT)
    ask_now = fields.Boolean(metadata={"example": False})
