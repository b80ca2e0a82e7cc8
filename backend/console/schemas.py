"""What the control room sends and gets about cases, alarms and the board."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate, validates_schema

from backend.console.casework_shown_schemas import (
    ComingOut,
    LinkedOut,
    LookedAfterOut,
    MethaneOut,
    ProtocolStepOut,
)
from backend.incidents.raising import PhonedIn
from backend.web.fields import NOTE, SAFE_INTEGER, PositionIn, PositionOut, SaidOut, Strict, ZoneOut, kind_field
from backend.web.profile_fields import REASON

AT = {"example": "2026-11-22T14:00:17+00:00"}
CASE_ID = {"example": "3b6c0a64-0d3b-4a35-9a8f-2f1f9e0a7f10"}
PERSON_ID = {"example": "5f0c1f2a-6c1e-4c1e-8a53-3f6f0a3f2c11"}


def words(most: int, example: str) -> fields.String:
    """Words that may be left out; blank ones are none."""
    return fields.String(
        load_default=None, allow_none=True, validate=validate.Length(max=most), metadata={"example": example}
    )


class CallerIn(Strict):
    """Who rang."""

    name = words(120, "Reception, Sherfield Building")
    number = words(30, "+442075941000")


class PhonedInIn(Strict):
    """A case phoned in or dropped on the map: a position or a zone, or neither when nobody knows where."""

    kind = kind_field(required=True)
    subtype = words(40, "accident")
    position = fields.Nested(PositionIn, load_default=None, allow_none=True)
    zone = fields.String(
        load_default=None, allow_none=True, validate=validate.Length(1, 80), metadata={"example": "sherfield"}
    )
    caller = fields.Nested(CallerIn, load_default=None, allow_none=True)
    note = words(NOTE, "somebody has fallen on the stairs")

    @validates_schema
    def one_place(self, data: dict[str, Any], **_: Any) -> None:
        """Two places would leave it to chance where the officers are sent."""
        if data.get("position") is not None and data.get("zone") is not None:
            raise ValidationError("Give a position or a zone, not both.", "zone")

    @post_load
    def to_call(self, data: dict[str, Any], **_: Any) -> PhonedIn:
        caller = data["caller"] or {}
        return PhonedIn(
            kind=data["kind"],
            subtype=_said(data["subtype"]),
            position=data["position"],
            zone_id=data["zone"],
            caller_name=_said(caller.get("name")),
            caller_number=_said(caller.get("number")),
            note=_said(data["note"]),
        )


class WatchedIn(Schema):
    """Which cases: the open ones, the closed ones of thirty days, or without `open` both."""

    open = fields.Boolean(load_default=None, allow_none=True, metadata={"example": True})
    cursor = fields.Integer(load_default=None, validate=validate.Range(1, SAFE_INTEGER), metadata={"example": 120})
    limit = fields.Integer(load_default=100, validate=validate.Range(1, 100), metadata={"example": 100})


class AssignIn(Strict):
    """Who shall have the case."""

    officer_id = fields.UUID(required=True, metadata=PERSON_ID)


class NoteIn(Strict):
    """A note for the control room alone."""

    text = fields.String(
        required=True, validate=[validate.Length(1, NOTE)], metadata={"example": "police reference CAD 1234"}
    )


class LookIn(Strict):
    """Why one looks at a profile; the person can read it."""

    reason = fields.String(
        required=True,
        validate=validate.Length(1, REASON),
        metadata={"example": "not answering, officers ask about medication"},
    )


class ResolveIn(Strict):
    """How it ended."""

    note = words(NOTE, "false alarm: the detector was steamed up")


class CaseCallerOut(Schema):
    """Who the case is about: an account (`person_id`), or somebody who rang."""

    name = fields.String(allow_none=True, metadata={"example": "Student 1"})
    number = fields.String(allow_none=True, metadata={"example": None})
    person_id = fields.UUID(allow_none=True, metadata=PERSON_ID)


class BoardRowOut(Schema):
    """One case as a line of the board; the console's `incident` messages carry the same."""

    id = fields.UUID(metadata=CASE_ID)
    reference = fields.String(metadata={"example": "E-2026-0147"})
    kind = fields.String(metadata={"example": "emergency"})
    subtype = fields.String(allow_none=True, metadata={"example": None})
    state = fields.String(metadata={"example": "offered"})
    silent = fields.Boolean(metadata={"example": False})
    trigger = fields.String(metadata={"example": "phoned_in"})
    position = fields.Nested(PositionOut, allow_none=True)
    zone = fields.Nested(ZoneOut, allow_none=True)
    inside = fields.Boolean(allow_none=True, metadata={"example": True})
    exercise = fields.Boolean(metadata={"example": False})
    received_at = fields.AwareDateTime(format="iso", metadata=AT)
    team = fields.String(metadata={"example": "security"})
    wanted = fields.Integer(metadata={"example": 2, "description": "officers wanted"})
    asked = fields.Integer(metadata={"example": 3, "description": "officers asked on this climb of the ladder"})
    accepted = fields.Integer(metadata={"example": 1, "description": "officers who said yes and are not late"})
    late = fields.Boolean(metadata={"example": False})
    seen = fields.Boolean(metadata={"example": True})
    next_step_at = fields.AwareDateTime(format="iso", allow_none=True, metadata=AT)
    note = fields.String(allow_none=True, metadata={"example": "somebody has fallen on the stairs"})
    caller = fields.Nested(CaseCallerOut)
    taken_by = fields.Nested(LookedAfterOut, allow_none=True)
    taken_at = fields.AwareDateTime(format="iso", allow_none=True, metadata=AT)
    coming = fields.List(fields.Nested(ComingOut))
    unread = fields.Integer(
        metadata={"example": 1, "description": "messages of others than the control room since it last read"}
    )
    linked = fields.List(fields.Nested(LinkedOut))
    major = fields.Boolean(metadata={"example": False, "description": "a major incident was declared"})


class AlarmOut(Schema):
    """What stands before the control room until a person takes it."""

    alarm_id = fields.UUID(metadata={"example": "8d0c2f8e-4f3e-4d59-9d7e-0b6f1f5f9f12"})
    reason = fields.String(metadata={"example": "unanswered"})
    incident_id = fields.UUID(allow_none=True, metadata=CASE_ID)
    since = fields.AwareDateTime(format="iso", metadata=AT)
    taken_by = fields.UUID(allow_none=True, metadata={"example": None})
    taken_at = fields.AwareDateTime(format="iso", allow_none=True, metadata={"example": None})
    exercise = fields.Boolean(metadata={"example": False})


class AlarmsOut(Schema):
    """The alarms that nobody has taken, oldest first."""

    items = fields.List(fields.Nested(AlarmOut))
    next_cursor = fields.Integer(allow_none=True, metadata={"example": None})


class WatchedOut(Schema):
    """A page of cases, newest first."""

    items = fields.List(fields.Nested(BoardRowOut))
    next_cursor = fields.Integer(allow_none=True, metadata={"example": None})


class BoardOut(WatchedOut):
    """Every open case, those that need a person most first, and what stands beside them."""

    alarms = fields.List(fields.Nested(AlarmOut))
    officers_on_duty = fields.Integer(metadata={"example": 6})
    officers_reachable = fields.Integer(metadata={"example": 5, "description": "of those on duty"})
    as_of = fields.AwareDateTime(format="iso", metadata=AT)


class StoryOut(Schema):
    """One line of a case's story; notes (`stage` note) and their words are the control room's own."""

    stage = fields.String(metadata={"example": "note"})
    at = fields.AwareDateTime(format="iso", metadata=AT)
    by = fields.String(allow_none=True, metadata={"example": "Controller 1"})
    words = fields.String(allow_none=True, metadata={"example": "police reference CAD 1234"})


class AskedOut(Schema):
    """An officer who was asked, why, and what they said."""

    offer_id = fields.UUID(metadata={"example": "9e8c6a64-0d3b-4a35-9a8f-2f1f9e0a7f11"})
    officer_id = fields.UUID(metadata=PERSON_ID)
    name = fields.String(allow_none=True, metadata={"example": "Officer 1"})
    state = fields.String(metadata={"example": "accepted"})
    late = fields.Boolean(metadata={"example": False})
    climb = fields.Integer(metadata={"example": 0, "description": "how often the ladder had begun anew"})
    rung = fields.Integer(metadata={"example": 0, "description": "rungs that had been climbed when they were asked"})
    asked_because = fields.String(metadata={"example": "nearest, 120 m away"})
    distance_m = fields.Integer(allow_none=True, metadata={"example": 120})
    reachable = fields.Boolean(metadata={"example": True})
    by = fields.List(fields.String(), metadata={"example": [], "description": "a recall's channels; else none"})
    offered_at = fields.AwareDateTime(format="iso", metadata=AT)
    answered_at = fields.AwareDateTime(format="iso", allow_none=True, metadata=AT)
    declined_because = fields.String(allow_none=True, metadata={"example": None})
    eta_s = fields.Integer(allow_none=True, metadata={"example": 240})


class TapOut(Schema):
    """A press that the case answers."""

    tap_id = fields.UUID(metadata={"example": "0d9b1f2a-6c1e-4c1e-8a53-3f6f0a3f2c11"})
    at = fields.AwareDateTime(format="iso", metadata=AT)
    trigger = fields.String(metadata={"example": "button"})
    note = fields.String(allow_none=True, metadata={"example": "someone has collapsed"})


class FixOut(Schema):
    """Where the person was."""

    latitude = fields.Float(metadata={"example": 51.4988})
    longitude = fields.Float(metadata={"example": -0.1749})
    accuracy_m = fields.Float(allow_none=True, metadata={"example": 8.0})
    at = fields.AwareDateTime(format="iso", metadata=AT)


class HeldOut(Schema):
    """Why nothing about the case is forgotten."""

    reason = fields.String(metadata={"example": "police request 4711/26"})
    by = fields.String(allow_none=True, metadata={"example": "Controller 1"})
    since = fields.AwareDateTime(format="iso", metadata=AT)
    release_asked_because = fields.String(allow_none=True, metadata={"example": None})


class CaseOut(BoardRowOut):
    """One case whole: its story, everybody who was asked, its track (newest first) and its alarms."""

    routed_because = fields.String(metadata={"example": "Community Safety and Security takes emergency."})
    rung = fields.Integer(metadata={"example": 1, "description": "rungs climbed"})
    progress = fields.List(fields.Nested(StoryOut))
    offers = fields.List(fields.Nested(AskedOut))
    taps = fields.List(fields.Nested(TapOut))
    track = fields.List(fields.Nested(FixOut))
    alarms = fields.List(fields.Nested(AlarmOut))
    hold = fields.Nested(HeldOut, allow_none=True)
    protocol = fields.List(fields.Nested(ProtocolStepOut))
    methane = fields.Nested(MethaneOut, allow_none=True)
    questions = fields.List(fields.String(), metadata={"example": ["Are you safe where you are?"]})


class HeardOut(Schema):
    """A page of a case's conversation."""

    items = fields.List(fields.Nested(SaidOut))
    next_cursor = fields.Integer(allow_none=True, metadata={"example": None})


def _said(text: str | None) -> str | None:
    return (text or "").strip() or None
