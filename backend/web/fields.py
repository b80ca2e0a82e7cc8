"""The pieces of a request or an answer that several doors share."""

import math
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, post_load, validate

from backend.campus.geofence import Position
from backend.kernel.vocabulary import Kind

#: The longest note or message, in characters (contract).
NOTE = 2000

#: Larger numbers do not survive JavaScript.
SAFE_INTEGER = 2**53 - 1


def finite(value: float) -> None:
    """Refuse what no map has."""
    if not math.isfinite(value):
        raise ValidationError("Not a number.")


class _CountedFirst:
    """Its length is looked at before what is in it: each thing too many would cost time, and a sentence."""

    def _deserialize(self, value: Any, *rest: Any, **more: Any) -> Any:
        if isinstance(value, list | dict):
            self._validate(value)  # type: ignore[attr-defined]
        return super()._deserialize(value, *rest, **more)  # type: ignore[misc]


class Few(_CountedFirst, fields.List[Any]):
    """A list with a `Length`."""


class FewPairs(_CountedFirst, fields.Dict):
    """An object of any names, with a `Length`."""


class Strict(Schema):
    """A field nobody knows is refused: an officer's or controller's client that is wrong should hear of it."""

    class Meta:
        unknown = RAISE


class PositionIn(Strict):
    """Where somebody is, WGS84 degrees and metres."""

    latitude = fields.Float(
        required=True,
        validate=[validate.Range(-90, 90), finite],
        metadata={"example": 51.4988, "description": "degrees"},
    )
    longitude = fields.Float(required=True, validate=[validate.Range(-180, 180), finite], metadata={"example": -0.1749})
    accuracy_m = fields.Float(
        load_default=None, allow_none=True, validate=[validate.Range(0), finite], metadata={"example": 8.0}
    )
    recorded_at = fields.AwareDateTime(
        format="iso", load_default=None, allow_none=True, metadata={"example": "2026-11-22T14:00:15+00:00"}
    )
    floor = fields.String(
        load_default=None, allow_none=True, validate=validate.Length(max=20), metadata={"example": "3"}
    )
    source = fields.String(
        load_default=None, allow_none=True, validate=validate.Length(max=20), metadata={"example": "gps"}
    )

    @post_load
    def to_position(self, data: dict[str, Any], **_: Any) -> Position:
        return Position(**data)


class PositionOut(Schema):
    """Where a case is, as far as is known."""

    latitude = fields.Float(metadata={"example": 51.4988})
    longitude = fields.Float(metadata={"example": -0.1749})
    accuracy_m = fields.Float(allow_none=True, metadata={"example": 8.0})
    recorded_at = fields.AwareDateTime(format="iso", allow_none=True, metadata={"example": "2026-11-22T14:00:15+00:00"})
    floor = fields.String(allow_none=True, metadata={"example": "3"})
    source = fields.String(allow_none=True, metadata={"example": "gps"})


class ZoneOut(Schema):
    """The smallest zone that holds the position."""

    id = fields.String(metadata={"example": "sherfield"})
    name = fields.String(metadata={"example": "Sherfield Building"})
    site = fields.String(allow_none=True, metadata={"example": "south-kensington"})


class ProblemOut(Schema):
    """RFC 9457 problem details; `type` is stable, `errors` name fields, `call` is there when a tap was refused."""

    type = fields.String(metadata={"example": "/problems/offer-taken"})
    title = fields.String(metadata={"example": "Others have this case now. You can stand down."})
    status = fields.Integer(metadata={"example": 409})
    detail = fields.String(metadata={"example": "Send a JSON object in UTF-8."})
    errors = fields.List(
        fields.Dict(keys=fields.String(), values=fields.String()),
        metadata={"example": [{"field": "position.latitude", "message": "Must be between -90 and 90."}]},
    )


class PageIn(Schema):
    """Which page of a list."""

    cursor = fields.Integer(load_default=None, validate=validate.Range(1, SAFE_INTEGER), metadata={"example": 120})
    limit = fields.Integer(load_default=100, validate=validate.Range(1, 100), metadata={"example": 100})


class SaidIn(Strict):
    """A message of a case's conversation; its id is made by the client, so that a retry says it once."""

    message_id = fields.UUID(required=True, metadata={"example": "7b0c2f8e-4f3e-4d59-9d7e-0b6f1f5f9f10"})
    text = fields.String(
        required=True, validate=validate.Length(1, NOTE), metadata={"example": "I am on the third floor"}
    )


class SaidOut(Schema):
    """One message of a case's conversation."""

    message_id = fields.UUID(attribute="id", metadata={"example": "7b0c2f8e-4f3e-4d59-9d7e-0b6f1f5f9f10"})
    author = fields.String(allow_none=True, metadata={"example": "Officer 1"})
    mine = fields.Boolean(metadata={"example": False})
    text = fields.String(metadata={"example": "I am on the third floor"})
    at = fields.AwareDateTime(format="iso", metadata={"example": "2026-11-22T14:00:31+00:00"})


def kind_field(**more: Any) -> fields.Field[Any]:
    """One of the three kinds."""
    return fields.Enum(Kind, by_value=True, metadata={"example": "emergency"}, **more)
