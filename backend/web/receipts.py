"""Receipts as screens send them, by request or by socket."""

from marshmallow import Schema, fields, validate

from backend.kernel.vocabulary import Stage
from backend.web.fields import Few, FewPairs, Strict

#: A screen shows fewer at once; a client that gathers more sends several receipts.
MOST = 200

#: No thread has more.
LAST_VERSION = 100_000


class ReceiptIn(Strict):
    """What a screen has shown; of a broadcast, by its own id, also which version."""

    message_ids = Few(
        fields.UUID(),
        required=True,
        validate=validate.Length(1, MOST),
        metadata={"example": ["7b0c2f8e-4f3e-4d59-9d7e-0b6f1f5f9f10"]},
    )
    versions = FewPairs(
        keys=fields.UUID(),
        values=fields.Integer(strict=True, validate=validate.Range(1, LAST_VERSION)),
        load_default=None,
        allow_none=True,
        validate=validate.Length(max=MOST),
        metadata={
            "example": {"7b0c2f8e-4f3e-4d59-9d7e-0b6f1f5f9f10": 2},
            "description": "of broadcasts; left out, it is the newest that was sent to this person",
        },
    )
    stage = fields.Enum(Stage, by_value=True, required=True, metadata={"example": "displayed"})


class ReceiptOut(Schema):
    """How many of them were news."""

    confirmed = fields.Integer(metadata={"example": 1})
