"""What the control room sends and gets about holds."""

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from backend.console.schemas import AT, CASE_ID
from backend.web.fields import Strict

REASON = {"example": "police request 4711/26: keep everything until they write again"}


class HoldReasonIn(Strict):
    """Why: for whoever decides one day whether the case may go."""

    reason = fields.String(
        required=True,
        validate=[validate.Length(max=500), validate.Regexp(r"(?s).*\S", error="Say why.")],
        metadata=REASON,
    )

    @post_load
    def trimmed(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {"reason": data["reason"].strip()}


class HoldAgreedIn(Strict):
    """The reason that the second person has read and agrees to, as it was asked: another one is not agreed to."""

    because = fields.String(
        required=True,
        validate=[validate.Length(max=500), validate.Regexp(r"(?s).*\S", error="Say what you agree to.")],
        metadata={"example": "they have what they asked for"},
    )

    @post_load
    def trimmed(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {"because": data["because"].strip()}


class HoldOut(Schema):
    """A hold; of its case the id and the reference alone, since an admin sees no case."""

    incident_id = fields.UUID(metadata=CASE_ID)
    reference = fields.String(metadata={"example": "E-2026-0147"})
    reason = fields.String(metadata=REASON)
    by = fields.String(allow_none=True, metadata={"example": "Controller 1"})
    since = fields.AwareDateTime(format="iso", metadata=AT)
    released_by = fields.String(allow_none=True, metadata={"example": None})
    released_at = fields.AwareDateTime(format="iso", allow_none=True, metadata={"example": None})
    released_because = fields.String(
        allow_none=True,
        metadata={"example": None, "description": "while it is held: why somebody asks now for its release"},
    )


class HoldsOut(Schema):
    """Every hold that stands, the newest first."""

    items = fields.List(fields.Nested(HoldOut))
    next_cursor = fields.Integer(allow_none=True, metadata={"example": None})
