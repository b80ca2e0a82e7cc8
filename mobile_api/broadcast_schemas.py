"""What the phones get of broadcasts, and how they answer."""

from typing import Any

from marshmallow import Schema, fields

from backend.campus.geofence import Position
from backend.kernel.errors import FieldFault, Invalid
from backend.kernel.vocabulary import Answer
from backend.web.fields import Strict
from mobile_api.incident_schemas import IncidentOut
from mobile_api.tap_body import Forgiving, read_position

AT = {"example": "2026-11-22T14:00:17+00:00"}
ID = {"example": "7b0c2f8e-4f3e-4d59-9d7e-0b6f1f5f9f10"}
ANSWERS = [answer.value for answer in Answer]


class BroadcastsIn(Strict):
    """Which broadcasts."""

    active = fields.Boolean(
        load_default=False,
        metadata={"example": True, "description": "only what is in force; else also what ended in the last 24 hours"},
    )


class BroadcastOut(Schema):
    """A broadcast in its newest words, in the person's language or else in English, and what they answered."""

    id = fields.UUID(metadata=ID)
    version = fields.Integer(metadata={"example": 2})
    hash = fields.String(metadata={"example": "9f3c1a77c2d04e5b"})
    part = fields.String(metadata={"example": "update"})
    kind = fields.String(metadata={"example": "alert"})
    severity = fields.String(metadata={"example": "severe"})
    title = fields.String(metadata={"example": "Fire in the Sherfield Building"})
    body = fields.String(metadata={"example": "Leave by the nearest exit and go to Prince's Gardens."})
    language = fields.String(metadata={"example": "en"})
    direction = fields.String(metadata={"example": "ltr"})
    since = fields.AwareDateTime(format="iso", metadata=AT)
    issued_at = fields.AwareDateTime(format="iso", metadata=AT)
    next_update_at = fields.AwareDateTime(format="iso", allow_none=True, metadata=AT)
    exercise = fields.Boolean(metadata={"example": False})
    ended = fields.Boolean(metadata={"example": False})
    ended_at = fields.AwareDateTime(format="iso", allow_none=True, metadata={"example": None})
    seen_version = fields.Integer(metadata={"example": 1})
    unread = fields.Boolean(metadata={"example": True})
    my_answer = fields.String(allow_none=True, metadata={"example": "safe", "enum": [*ANSWERS, None]})
    answered_at = fields.AwareDateTime(format="iso", allow_none=True, metadata=AT)


class BroadcastsOut(Schema):
    """What is for one person; there are never so many that they need pages."""

    items = fields.List(fields.Nested(BroadcastOut))
    next_cursor = fields.Integer(allow_none=True, metadata={"example": None})


class AnswerIn(Forgiving):
    """How one is. Only `answer` has to be understood; a position that is none is left out."""

    answer = fields.String(metadata={"example": "safe", "enum": ANSWERS})
    position = fields.Raw(
        metadata={"description": "where the person is", "example": {"latitude": 51.4988, "longitude": -0.1749}}
    )


class AnswerOut(Schema):
    """What stands as this person's answer; `case` is the one of whoever has just said that they need help."""

    broadcast_id = fields.UUID(metadata=ID)
    my_answer = fields.String(metadata={"example": "need_help", "enum": ANSWERS})
    answered_at = fields.AwareDateTime(format="iso", metadata=AT)
    case = fields.Nested(IncidentOut, allow_none=True)


def read_answer(body: dict[str, Any]) -> tuple[Answer, Position | None]:
    """The answer that a body tells of, and where from. Raises Invalid when it is not one of the three."""
    word = AnswerIn().read(body).get("answer") or ""
    try:
        given = Answer(word.strip().lower().replace("-", "_").replace(" ", "_"))
    except ValueError:
        fault = FieldFault("answer", f"Use one of {', '.join(ANSWERS)}.")
        raise Invalid("Say whether you are safe, need help or are not here.", [fault]) from None
    return given, read_position(body.get("position"))
