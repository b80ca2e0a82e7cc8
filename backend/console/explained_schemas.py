"""What the control room gets when it asks why."""

from marshmallow import Schema, fields

from backend.console.schemas import AT, CASE_ID, PERSON_ID, AskedOut


class TeamNameOut(Schema):
    """The team that has the case."""

    id = fields.String(metadata={"example": "security"})
    name = fields.String(metadata={"example": "Community Safety and Security"})


class RungOut(Schema):
    """One rung of the ladder; `due_at` counts from the beginning of this climb."""

    number = fields.Integer(metadata={"example": 2})
    after_s = fields.Integer(metadata={"example": 20})
    due_at = fields.AwareDateTime(format="iso", metadata=AT)
    state = fields.String(metadata={"example": "taken", "enum": ["taken", "waiting", "not_needed"]})
    words = fields.String(
        metadata={"example": "Asks everybody of Community Safety and Security on duty at South Kensington Campus."}
    )


class NotAskedOut(Schema):
    """An officer who was not asked on this climb, and the nearest they came to it."""

    officer_id = fields.UUID(metadata=PERSON_ID)
    name = fields.String(metadata={"example": "Officer 4"})
    why = fields.String(metadata={"example": "no_valid_skill"})
    words = fields.String(metadata={"example": "first aid ran out on 2025-12-31"})
    rung = fields.Integer(
        allow_none=True, metadata={"example": 1, "description": "the rung that passed them over; null: any would"}
    )


class ExplainedOut(Schema):
    """Why a case went to whom it went."""

    id = fields.UUID(metadata=CASE_ID)
    reference = fields.String(metadata={"example": "F-2026-0148"})
    as_of = fields.AwareDateTime(
        format="iso", metadata={**AT, "description": "the moment `not_asked` is judged by: now, or the case's end"}
    )
    team = fields.Nested(TeamNameOut)
    mailbox = fields.Boolean(metadata={"example": False, "description": "whether the team was told by mail"})
    because = fields.String(metadata={"example": "First aiders takes first aid."})
    routes = fields.List(
        fields.String(),
        metadata={"example": ["First aiders, for first aid: wins: the most specific."]},
    )
    by_todays_routes = fields.String(
        allow_none=True, metadata={"example": None, "description": "whom today's routes name, when they differ"}
    )
    wanted = fields.Integer(metadata={"example": 1})
    holding = fields.Integer(metadata={"example": 0, "description": "officers who have it and are not late"})
    climb = fields.Integer(metadata={"example": 0, "description": "how often the ladder has begun anew"})
    ladder_from = fields.AwareDateTime(format="iso", metadata=AT)
    next_step_at = fields.AwareDateTime(format="iso", allow_none=True, metadata=AT)
    late_at = fields.AwareDateTime(format="iso", allow_none=True, metadata={"example": None})
    ends_at = fields.AwareDateTime(
        format="iso", metadata={**AT, "description": "when the control room is alarmed that nobody answered"}
    )
    rungs = fields.List(fields.Nested(RungOut))
    asked = fields.List(fields.Nested(AskedOut))
    not_asked = fields.List(fields.Nested(NotAskedOut))
    not_asked_in_the_other_world = fields.Integer(
        metadata={"example": 0, "description": "exercise officers at a real case, real ones at an exercise"}
    )
