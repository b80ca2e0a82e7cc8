"""Read a tap so that nothing in it can refuse it: what cannot be understood is left out."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate

from backend.campus.geofence import Position
from backend.incidents.raising import TapRequest
from backend.kernel.vocabulary import PHONE_TRIGGERS, Kind, Trigger
from backend.web.fields import NOTE, finite

#: Subtypes are words of the campus configuration; longer ones are none.
LONGEST_SUBTYPE = 40


class Forgiving(Schema):
    """Unknown fields are dropped, broken ones ignored; `read` never raises."""

    class Meta:
        unknown = EXCLUDE

    def read(self, body: Any) -> dict[str, Any]:
        """The fields that could be understood."""
        if not isinstance(body, dict):
            return {}
        try:
            loaded: dict[str, Any] = self.load(body)
        except ValidationError as fault:
            valid = fault.valid_data
            return dict(valid) if isinstance(valid, dict) else {}
        return loaded


class TapPosition(Forgiving):
    """A position as a phone sends it; without both degrees it is none."""

    latitude = fields.Float(validate=[validate.Range(-90, 90), finite], metadata={"example": 51.4988})
    longitude = fields.Float(validate=[validate.Range(-180, 180), finite], metadata={"example": -0.1749})
    accuracy_m = fields.Float(validate=[validate.Range(0), finite], metadata={"example": 8.0})
    recorded_at = fields.AwareDateTime(format="iso", metadata={"example": "2026-11-22T14:00:15+00:00"})
    floor = fields.String(validate=validate.Length(max=20), metadata={"example": "3"})
    source = fields.String(validate=validate.Length(max=20), metadata={"example": "gps"})


class TapIn(Forgiving):
    """A press. Every field is optional and none of them can refuse it."""

    tap_id = fields.UUID(
        metadata={
            "example": "0d9b1f2a-6c1e-4c1e-8a53-3f6f0a3f2c11",
            "description": "made by the phone at the press and kept through every retry",
        }
    )
    kind = fields.String(metadata={"example": "emergency", "enum": [kind.value for kind in Kind]})
    subtype = fields.String(validate=validate.Length(1, LONGEST_SUBTYPE), metadata={"example": "accident"})
    position = fields.Raw(
        metadata={"description": "where the person is", "example": {"latitude": 51.4988, "longitude": -0.1749}}
    )
    note = fields.String(metadata={"example": "someone has collapsed", "maxLength": NOTE})
    silent = fields.Boolean(metadata={"example": False})
    trigger = fields.String(metadata={"example": "button", "enum": sorted(PHONE_TRIGGERS)})
    pressed_at = fields.AwareDateTime(format="iso", metadata={"example": "2026-11-22T14:00:16+00:00"})


# Made once: a schema keeps nothing of what it reads, and making one takes longer than reading.
_TAP, _POSITION = TapIn(), TapPosition()


def read_tap(body: dict[str, Any]) -> TapRequest:
    """The press that a body tells of. Raises nothing."""
    told = _TAP.read(body)
    return TapRequest(
        tap_id=told.get("tap_id") or uuid4(),
        kind=_kind(told.get("kind")),
        subtype=told.get("subtype"),
        position=read_position(body.get("position")),
        note=(told.get("note") or "").strip()[:NOTE] or None,
        silent=bool(told.get("silent")),
        trigger=_trigger(told.get("trigger")),
        pressed_at=_instant(told.get("pressed_at")),
    )


def _kind(word: Any) -> Kind:
    try:
        return Kind(word)
    except ValueError:
        return Kind.EMERGENCY


def _trigger(word: Any) -> Trigger:
    try:
        trigger = Trigger(word)
    except ValueError:
        return Trigger.BUTTON
    return trigger if trigger in PHONE_TRIGGERS else Trigger.BUTTON


def read_position(body: Any) -> Position | None:
    """The position that a body tells of, None when it is none. Raises nothing."""
    told = _POSITION.read(body)
    if "latitude" not in told or "longitude" not in told:
        return None
    return Position(
        told["latitude"],
        told["longitude"],
        told.get("accuracy_m"),
        _instant(told.get("recorded_at")),
        told.get("floor"),
        told.get("source"),
    )


def _instant(value: datetime | None) -> datetime | None:
    """In UTC, or nothing where the offset leads out of the calendar."""
    try:
        return value.astimezone(UTC) if value else None
    except (OverflowError, ValueError):
        return None
