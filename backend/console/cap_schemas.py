"""What the control room gets about somebody else's alerts."""

from marshmallow import Schema, fields, validate

ID = {"example": "0d9b1f2a-6c1e-5c1e-8a53-3f6f0a3f2c11"}
AT = {"example": "2026-11-23T14:00:17+00:00"}


class ProposalsIn(Schema):
    """Which page of the proposals."""

    cursor = fields.UUID(load_default=None, metadata=ID)
    limit = fields.Integer(load_default=100, validate=validate.Range(1, 100), metadata={"example": 100})


class ReferenceOut(Schema):
    """What names one CAP message in all the world."""

    sender = fields.String(metadata={"example": "alerts@london.example"})
    identifier = fields.String(metadata={"example": "LDN-2026-1123-7"})
    sent = fields.String(metadata=AT)


class DrawnOut(Schema):
    """The area as its author drew it, thinned for a map: latitude first, circles with their radius in metres."""

    polygons = fields.List(fields.List(fields.List(fields.Float())), metadata={"example": [[[51.49, -0.18]]]})
    circles = fields.List(fields.List(fields.Float()), metadata={"example": [[51.498, -0.177, 250.0]]})
    geocodes = fields.List(fields.String(), metadata={"example": ["UK_LAD=E09000033"]})
    left_out = fields.Integer(metadata={"example": 0, "description": "shapes that could not be read"})


class SourceOut(ReferenceOut):
    """Where a proposal came from, in its author's own words; a signature is told and not checked."""

    status = fields.String(metadata={"example": "Actual"})
    msg_type = fields.String(metadata={"example": "Alert"})
    scope = fields.String(allow_none=True, metadata={"example": "Public"})
    note = fields.String(allow_none=True, metadata={"example": None})
    references = fields.List(fields.Nested(ReferenceOut))
    sender_name = fields.String(allow_none=True, metadata={"example": "London Resilience"})
    event = fields.String(allow_none=True, metadata={"example": "Flood"})
    urgency = fields.String(allow_none=True, metadata={"example": "Immediate"})
    severity = fields.String(allow_none=True, metadata={"example": "Severe"})
    certainty = fields.String(allow_none=True, metadata={"example": "Observed"})
    expires = fields.String(allow_none=True, metadata=AT)
    is_signed = fields.Boolean(metadata={"example": False})
    words = fields.Dict(metadata={"example": {"en": {"title": "Flood warning", "body": "Move to higher ground."}}})
    area = fields.Nested(DrawnOut)


class RelatedOut(Schema):
    """Another message of the same sender, as it stands here."""

    id = fields.UUID(metadata=ID)
    state = fields.String(metadata={"example": "proposed"})
    msg_type = fields.String(metadata={"example": "Update"})
    identifier = fields.String(metadata={"example": "LDN-2026-1123-8"})


class ProposalOut(Schema):
    """Somebody else's alert, waiting for a controller; `audience` is its area on our own grounds."""

    id = fields.UUID(metadata=ID)
    state = fields.String(metadata={"example": "proposed"})
    kind = fields.String(metadata={"example": "alert", "enum": ["alert", "test"]})
    severity = fields.String(metadata={"example": "severe"})
    exercise = fields.Boolean(metadata={"example": False})
    place = fields.String(allow_none=True, metadata={"example": "Thames, Putney to Westminster"})
    received_at = fields.AwareDateTime(format="iso", metadata=AT)
    audience = fields.Dict(metadata={"example": {"sites": ["hammersmith"], "zones": []}})
    touches_us = fields.Boolean(metadata={"example": True, "description": "its area touches a site of ours"})
    source = fields.Nested(SourceOut)
    follows = fields.List(fields.Nested(RelatedOut))
    followed_by = fields.List(fields.Nested(RelatedOut))


class ProposalsOut(Schema):
    """What waits, the newest first."""

    items = fields.List(fields.Nested(ProposalOut))
    next_cursor = fields.UUID(allow_none=True, metadata={"example": None})


class AdoptedOut(Schema):
    """The broadcast that a proposal is now, or was."""

    id = fields.UUID(metadata=ID)
    state = fields.String(metadata={"example": "draft"})
