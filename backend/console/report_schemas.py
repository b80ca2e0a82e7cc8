"""What the control room, those who run Bluelight and auditors get as a report."""

from datetime import date

from marshmallow import Schema, ValidationError, fields, validate

SECONDS = "seconds after the case was received; null: it has not come to that"


def _seconds(example: int) -> fields.Integer:
    return fields.Integer(allow_none=True, metadata={"example": example, "description": SECONDS})


def of_our_time(day: date) -> None:
    """Refuse what no calendar of a campus has, and what the sums with days cannot hold."""
    if not 2000 <= day.year < 3000:
        raise ValidationError("Not a day of a report.")


class ReportIn(Schema):
    """Which days, both included, by the campus's clock; without any the last four weeks, and never more than a year."""

    first = fields.Date(data_key="from", load_default=None, validate=of_our_time, metadata={"example": "2026-10-26"})
    last = fields.Date(data_key="to", load_default=None, validate=of_our_time, metadata={"example": "2026-11-22"})


class TargetOut(Schema):
    """How soon the first yes and the first officer on scene should come; null where the institution says nothing."""

    kind = fields.String(metadata={"example": "emergency"})
    accepted_s = fields.Integer(allow_none=True, metadata={"example": 60})
    on_scene_s = fields.Integer(allow_none=True, metadata={"example": 300})


class ReportedOut(Schema):
    """One case and how long it took; `late` when it missed a target of its kind."""

    reference = fields.String(metadata={"example": "E-2026-0147"})
    kind = fields.String(metadata={"example": "emergency"})
    state = fields.String(metadata={"example": "resolved"})
    site = fields.String(allow_none=True, metadata={"example": "south-kensington"})
    zone = fields.String(
        allow_none=True, metadata={"example": "sherfield", "description": "null for an admin, who may not know"}
    )
    day = fields.Date(metadata={"example": "2026-11-22", "description": "by the clock on the campus's walls"})
    hour = fields.Integer(metadata={"example": 14, "description": "0 to 23, by the same clock"})
    answered_s = _seconds(22)
    accepted_s = _seconds(40)
    on_scene_s = _seconds(260)
    resolved_s = _seconds(1900)
    late = fields.Boolean(metadata={"example": False})
    missed = fields.List(
        fields.String(validate=validate.OneOf(["accepted", "on_scene"])),
        metadata={"example": [], "description": "the steps whose target was missed"},
    )


class ReportOut(Schema):
    """The real cases of these days, oldest first, and the targets they are measured by; no person is in it."""

    first = fields.Date(data_key="from", attribute="from", metadata={"example": "2026-10-26"})
    last = fields.Date(data_key="to", attribute="to", metadata={"example": "2026-11-22"})
    time_zone = fields.String(metadata={"example": "Europe/London"})
    as_of = fields.AwareDateTime(format="iso", metadata={"example": "2026-11-22T14:00:17+00:00"})
    targets = fields.List(fields.Nested(TargetOut))
    cases = fields.List(fields.Nested(ReportedOut))
