"""The pieces of a profile, as its owner and those who are shown it get them."""

import base64
import binascii
from typing import Any

from marshmallow import Schema, ValidationError, fields

from backend.people.profile import NAME

#: A JPEG's first bytes; and the smallest picture there is, to try the door with.
JPEG_BEGINS = "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAYEBQYFBAYGBQYHBwYIChAKCgkJChQODwwQFxQYGBcUFhYaHSUfGhsjHBYWICwgIyYn"
DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAG7buVgAAAABJRU5ErkJggg=="

#: The longest reason: it is read on a phone.
REASON = 500

AT = {"example": "2026-11-22T14:00:17+00:00"}


class Base64(fields.String):
    """Bytes in JSON: base64 of RFC 4648, section 4, without line breaks."""

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else base64.b64encode(value).decode("ascii")

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        try:
            return base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError) as fault:
            raise ValidationError("Not base64.") from fault


class ContactOut(Schema):
    """Somebody to ring for this person."""

    name = fields.String(metadata={"example": "Ada Okafor", "maxLength": NAME})
    number = fields.String(metadata={"example": "+447700900123"})
    relation = fields.String(allow_none=True, metadata={"example": "sister"})


class UnavailableOut(Schema):
    """A piece that is there and cannot be opened just now."""

    field = fields.String(metadata={"example": "medical_notes"})
    message = fields.String(metadata={"example": "This cannot be opened just now. Something may stand here."})


class ProfileOut(Schema):
    """What a person has told of themself; a null in a field that `unavailable` names is no "nothing to know"."""

    photo = Base64(allow_none=True, metadata={"example": JPEG_BEGINS, "description": "a JPEG in base64"})
    mobile = fields.String(allow_none=True, metadata={"example": "+447700900456"})
    medical_notes = fields.String(allow_none=True, metadata={"example": "asthma; the inhaler is in the left pocket"})
    evacuation_plan = fields.String(allow_none=True, metadata={"example": "evac chair from level 3, two helpers"})
    language = fields.String(metadata={"example": "en"})
    emergency_contacts = fields.List(fields.Nested(ContactOut))
    changed_at = fields.AwareDateTime(format="iso", allow_none=True, metadata=AT)
    unavailable = fields.List(fields.Nested(UnavailableOut))


class ReleasedOut(ProfileOut):
    """The profile of the person a case is about, for those who come and for the control room."""

    person_id = fields.UUID(metadata={"example": "5f0c1f2a-6c1e-4c1e-8a53-3f6f0a3f2c11"})
    name = fields.String(metadata={"example": "Student 1"})
    incident_id = fields.UUID(metadata={"example": "3b6c0a64-0d3b-4a35-9a8f-2f1f9e0a7f10"})
