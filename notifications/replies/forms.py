"""What Twilio sends us: its own forms, of which these fields are read; the others are part of what it signs."""

from marshmallow import Schema, fields


class TextedIn(Schema):
    """A text that somebody sent to our number."""

    MessageSid = fields.String(metadata={"example": "SM1f0e5d4c3b2a19081726354433221100"})
    From = fields.String(metadata={"example": "+447700900123", "description": "E.164"})
    Body = fields.String(metadata={"example": "2 - in the library"})


class PressedIn(Schema):
    """A key that somebody pressed in a call of ours."""

    CallSid = fields.String(metadata={"example": "CA1f0e5d4c3b2a19081726354433221100"})
    Digits = fields.String(metadata={"example": "1"})


class StatusIn(Schema):
    """What became of a text or a call that was taken."""

    MessageStatus = fields.String(metadata={"example": "undelivered"})
    CallStatus = fields.String(metadata={"example": "no-answer"})
    ErrorCode = fields.String(metadata={"example": "30005"})
