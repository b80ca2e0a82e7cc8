"""Positions as phones send them: one, or several that gathered while there was no network."""

from typing import Any

from marshmallow import fields, post_load, pre_load, validate

from backend.campus.geofence import Position
from backend.web.fields import SAFE_INTEGER, Few, PositionIn, Strict

#: More than a phone gathers in an hour without network.
MOST = 500


class NumberedPositionIn(PositionIn):
    """A position with the phone's own count, by which an older one is known; loads into `(seq, Position)`."""

    seq = fields.Integer(
        load_default=None,
        allow_none=True,
        strict=True,
        validate=validate.Range(0, SAFE_INTEGER),
        metadata={"example": 7},
    )

    @post_load
    def to_position(self, data: dict[str, Any], **_: Any) -> Any:
        return data.pop("seq"), Position(**data)


class PositionsIn(Strict):
    """Either one position's own fields, or `items` with several; loads into a list of `(seq, Position)`."""

    items = Few(fields.Nested(NumberedPositionIn), required=True, validate=validate.Length(1, MOST))

    @pre_load
    def one_or_many(self, data: Any, **_: Any) -> Any:
        """A single position is a list of one."""
        return {"items": [data]} if isinstance(data, dict) and "items" not in data else data

    @post_load
    def to_list(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {"positions": data["items"]}
