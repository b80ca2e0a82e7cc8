"""What the phones send about a profile, and get about who has looked at it."""

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from backend.people.photo import LARGEST
from backend.people.profile import CONTACTS, NAME, NOTES, PLAN, RELATION, Contact, Told
from backend.web.fields import Few, Strict
from backend.web.profile_fields import AT, DOT, REASON, Base64

#: The base64 of the largest photo, in characters.
PHOTO = 4 * (LARGEST // 3 + 1)


class ContactIn(Strict):
    """Somebody to ring; a number without a + is one of the institution's country."""

    name = fields.String(required=True, validate=validate.Length(1, NAME), metadata={"example": "Ada Okafor"})
    number = fields.String(required=True, validate=validate.Length(1, 40), metadata={"example": "+447700900123"})
    relation = fields.String(
        load_default=None, allow_none=True, validate=validate.Length(max=RELATION), metadata={"example": "sister"}
    )

    @post_load
    def to_contact(self, data: dict[str, Any], **_: Any) -> Contact:
        return Contact(**data)


class ProfileIn(Strict):
    """What one tells of oneself: what is left out stays as it is, null takes away."""

    photo = Base64(
        allow_none=True,
        validate=validate.Length(max=LARGEST, error=f"At most {LARGEST // 1000} kB."),
        metadata={"example": DOT, "description": "a JPEG, PNG or WebP picture in base64", "maxLength": PHOTO},
    )
    mobile = fields.String(allow_none=True, validate=validate.Length(max=40), metadata={"example": "+447700900456"})
    medical_notes = fields.String(
        allow_none=True,
        validate=validate.Length(max=NOTES),
        metadata={"example": "asthma; the inhaler is in the left pocket"},
    )
    evacuation_plan = fields.String(
        allow_none=True,
        validate=validate.Length(max=PLAN),
        metadata={"example": "evac chair from level 3, two helpers"},
    )
    language = fields.String(validate=validate.Length(1, 10), metadata={"example": "en"})
    emergency_contacts = Few(fields.Nested(ContactIn), allow_none=True, validate=validate.Length(max=CONTACTS))

    @post_load
    def to_told(self, data: dict[str, Any], **_: Any) -> Told:
        named = frozenset(data)
        contacts = tuple(data.pop("emergency_contacts", None) or ())
        return Told(named=named, emergency_contacts=contacts, **data)


class ReasonIn(Strict):
    """Why one looks; an officer who has the case need not say."""

    reason = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.Length(max=REASON),
        metadata={"example": "not answering, may need the inhaler"},
    )


class ViewOut(Schema):
    """One look at one's profile."""

    at = fields.AwareDateTime(format="iso", metadata=AT)
    by = fields.String(allow_none=True, metadata={"example": "Officer 1"})
    side = fields.String(metadata={"example": "officer", "description": "officer or controller"})
    incident_id = fields.UUID(metadata={"example": "3b6c0a64-0d3b-4a35-9a8f-2f1f9e0a7f10"})
    reference = fields.String(allow_none=True, metadata={"example": "E-2026-0147"})
    reason = fields.String(allow_none=True, metadata={"example": "not answering, may need the inhaler"})


class ViewsOut(Schema):
    """A page of looks, the newest first."""

    items = fields.List(fields.Nested(ViewOut))
    next_cursor = fields.Integer(allow_none=True, metadata={"example": None})
