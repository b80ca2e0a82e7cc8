"""What the phones send and get about check-ins."""

from datetime import timedelta
from typing import Any

from marshmallow import Schema, fields, post_load, validate

from backend.incidents.check_in import LONGEST
from backend.incidents.checking_in import Wanted
from backend.web.fields import NOTE, PositionIn, PositionOut, Strict

AT = {"example": "2026-11-22T23:30:00+00:00"}

#: Minutes; the shortest is for trials, where nobody wants to wait.
LEAST, MOST = 0.02, LONGEST.total_seconds() / 60


class CheckInIn(Strict):
    """How long from now until somebody should worry; a decimal is fine."""

    minutes = fields.Float(required=True, validate=validate.Range(LEAST, MOST), metadata={"example": 30.0})
    note = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.Length(max=NOTE),
        metadata={"example": "walking home along the canal", "description": "left out: as it was; empty: none"},
    )
    position = fields.Nested(PositionIn, load_default=None, allow_none=True)

    @post_load
    def to_wanted(self, data: dict[str, Any], **_: Any) -> Wanted:
        return Wanted(timedelta(minutes=data["minutes"]), data["note"], data["position"])


class EndIn(Strict):
    """Who ends it; a PIN is asked for once one is set."""

    pin = fields.String(
        load_default=None, allow_none=True, validate=validate.Length(max=20), metadata={"example": None}
    )


class CheckInOut(Schema):
    """
    A check-in as its owner sees it; with the state `none` it has no other member.

    Once it is closed, note and position are gone from it; those of one that ran out are in its case.
    """

    state = fields.String(
        metadata={"example": "open", "description": "none, open, ended, or ran_out: an emergency was raised"}
    )
    id = fields.UUID(metadata={"example": "0a6c0a64-0d3b-4a35-9a8f-2f1f9e0a7f15"})
    set_at = fields.AwareDateTime(format="iso", metadata={"example": "2026-11-22T23:00:00+00:00"})
    ends_at = fields.AwareDateTime(format="iso", metadata=AT)
    warn_at = fields.AwareDateTime(
        format="iso", allow_none=True, metadata={"example": "2026-11-22T23:25:00+00:00", "description": "the reminder"}
    )
    warned = fields.Boolean(metadata={"example": False})
    closed_at = fields.AwareDateTime(format="iso", allow_none=True, metadata={"example": None})
    note = fields.String(allow_none=True, metadata={"example": "walking home along the canal"})
    position = fields.Nested(PositionOut, allow_none=True)
    incident_id = fields.UUID(allow_none=True, metadata={"example": None})
