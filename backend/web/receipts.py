"""Receipts as screens send them, by request or by socket."""

from marshmallow import Schema, fields, validate

from backend.kernel.vocabulary import Stage
from backend.web.fields import Strict

#: A screen shows fewer at once; a client that gathers more sends several receipts.
MOST = 200


class ReceiptIn(Strict):
    """What a screen has shown."""

    message_ids = fields.List(
        fields.UUID(),
        required=True,
        validate=validate.Length(1, MOST),
        metadata={"example": ["7b0c2f8e-4f3e-4d59-9d7e-0b6f1f5f9f10"]},
    )
    stage = fields.Enum(Stage, by_value=True, required=True, metadata={"example": "displayed"})


class ReceiptOut(Schema):
    """How many of them were news."""

    confirmed = fields.Integer(metadata={"example": 1})
