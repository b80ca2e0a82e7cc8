"""What the control room gets of a broadcast."""

from marshmallow import Schema, fields

from backend.console.broadcast_schemas import DRAFT_ID, WORDS_IN
from backend.console.schemas import AT, PERSON_ID

HASH = {"example": "9f86d081884c7d65"}


class DeskPersonOut(Schema):
    """Somebody of the control room."""

    id = fields.UUID(metadata=PERSON_ID)
    name = fields.String(allow_none=True, metadata={"example": "Controller 1"})


class LintOut(Schema):
    """A fault by its stable name; one that does not refuse is only to be known."""

    slug = fields.String(metadata={"example": "placeholder"})
    field = fields.String(metadata={"example": "languages.fr.title"})
    message = fields.String(metadata={"example": "{place} is still a placeholder: write what it stands for."})
    refuses = fields.Boolean(metadata={"example": True})


class ReasonOut(Schema):
    """Why so many people are not reached by a channel, or (`mail_only`, `no_channel`) at best by mail."""

    reason = fields.String(
        metadata={
            "example": "notifications_off",
            "enum": ["no_token", "notifications_off", "no_number", "mail_only", "no_channel"],
        }
    )
    people = fields.Integer(metadata={"example": 41})


class HardToReachOut(Schema):
    """Somebody whom at best a mail would reach."""

    id = fields.UUID(metadata=PERSON_ID)
    name = fields.String(metadata={"example": "Student 7"})
    reason = fields.String(metadata={"example": "mail_only"})


class ReachOut(Schema):
    """How far it would get now, by what the handsets say of themselves; a person may count for several channels."""

    people = fields.Integer(metadata={"example": 2140})
    by_channel = fields.Dict(
        keys=fields.String(),
        values=fields.Integer(),
        metadata={"example": {"push": 1700, "sms": 2010, "voice": 0, "email": 2140, "socket": 312}},
    )
    unreachable = fields.List(fields.Nested(ReasonOut))
    named = fields.List(fields.Nested(HardToReachOut), metadata={"description": "at most 50, the worst off first"})


class SecondOut(Schema):
    """A question to a second person that stands; `digest` stands for exactly what it is about."""

    asked_by = fields.Nested(DeskPersonOut)
    asked_at = fields.AwareDateTime(format="iso", metadata=AT)
    expires_at = fields.AwareDateTime(format="iso", metadata=AT)
    digest = fields.String(metadata={"example": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"})


class ThreadVersionOut(Schema):
    """Words of the thread; without `issued_at` they have not gone out. No `template` is free text."""

    number = fields.Integer(metadata={"example": 1})
    part = fields.String(metadata={"example": "alert", "enum": ["alert", "update", "all_clear", "retraction"]})
    title = fields.String(metadata={"example": "Leave Sherfield Building now"})
    body = fields.String(metadata={"example": "Leave by the nearest safe exit."})
    languages = fields.Dict(metadata={"example": WORDS_IN})
    template = fields.String(allow_none=True, metadata={"example": "evacuate"})
    written_by = fields.Nested(DeskPersonOut)
    written_at = fields.AwareDateTime(format="iso", metadata=AT)
    issued_by = fields.Nested(DeskPersonOut, allow_none=True)
    issued_at = fields.AwareDateTime(format="iso", allow_none=True, metadata=AT)
    seconded_by = fields.Nested(DeskPersonOut, allow_none=True)
    next_update_at = fields.AwareDateTime(format="iso", allow_none=True, metadata=AT)
    hash = fields.String(allow_none=True, metadata=HASH)


class ThreadRowOut(Schema):
    """A thread as it stands: its newest words, its promise, and whose it is."""

    id = fields.UUID(metadata=DRAFT_ID)
    state = fields.String(
        metadata={
            "example": "in_force",
            "enum": ["proposed", "draft", "in_force", "dropped", "cleared", "retracted", "expired"],
        }
    )
    kind = fields.String(metadata={"example": "alert", "enum": ["alert", "test"]})
    severity = fields.String(metadata={"example": "severe"})
    exercise = fields.Boolean(metadata={"example": False})
    title = fields.String(metadata={"example": "Leave Sherfield Building now"})
    body = fields.String(metadata={"example": "Leave by the nearest safe exit."})
    languages = fields.Dict(metadata={"example": WORDS_IN})
    place = fields.String(allow_none=True, metadata={"example": "sherfield"})
    place_name = fields.String(allow_none=True, metadata={"example": "Sherfield Building"})
    audience = fields.Dict(metadata={"example": {"everyone": False, "zones": ["sherfield"]}})
    owner = fields.Nested(DeskPersonOut, allow_none=True)
    deputy = fields.Nested(DeskPersonOut, allow_none=True)
    made_at = fields.AwareDateTime(format="iso", metadata=AT)
    next_update_min = fields.Integer(allow_none=True, metadata={"example": 15})
    end_condition = fields.String(allow_none=True, metadata={"example": "Sherfield Building is checked and reopened"})
    version = fields.Integer(metadata={"example": 1, "description": "the newest that went out; 0 for none"})
    hash = fields.String(allow_none=True, metadata=HASH)
    issued_at = fields.AwareDateTime(format="iso", allow_none=True, metadata=AT)
    next_update_at = fields.AwareDateTime(format="iso", allow_none=True, metadata=AT)
    ended_at = fields.AwareDateTime(format="iso", allow_none=True, metadata={"example": None})
    overdue = fields.Boolean(metadata={"example": False})
    proposes = fields.String(
        allow_none=True, metadata={"example": None, "description": "no_change when the promised word is overdue"}
    )
    from_outside = fields.Boolean(metadata={"example": False})


class ThreadOut(ThreadRowOut):
    """One thread whole. Of words that wait: what the lint finds, who is asked, and how far they would get."""

    versions = fields.List(fields.Nested(ThreadVersionOut))
    lint = fields.List(fields.Nested(LintOut))
    second = fields.Nested(SecondOut, allow_none=True)
    reach = fields.Nested(ReachOut, allow_none=True)


class ThreadsOut(Schema):
    """A page of broadcasts, the newest first."""

    items = fields.List(fields.Nested(ThreadRowOut))
    next_cursor = fields.UUID(allow_none=True, metadata={"example": None})
