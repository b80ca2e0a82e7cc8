"""Nothing in a tap can refuse it."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, strategies as st

from backend.campus.geofence import Position
from backend.incidents.raising import TapRequest
from backend.kernel.vocabulary import PHONE_TRIGGERS, Kind, Trigger
from mobile_api.tap_body import LONGEST_SUBTYPE, read_tap

TAP_ID = "0d9b1f2a-6c1e-4c1e-8a53-3f6f0a3f2c11"
WHOLE: dict[str, Any] = {
    "tap_id": TAP_ID,
    "kind": "first_aid",
    "subtype": "accident",
    "position": {
        "latitude": 51.5,
        "longitude": -0.17,
        "accuracy_m": 8,
        "recorded_at": "2026-11-23T15:00:00+01:00",
        "floor": "3",
        "source": "gps",
    },
    "note": "  someone fell  ",
    "silent": True,
    "trigger": "hold",
    "pressed_at": "2026-11-23T14:00:00Z",
}
NOON = datetime(2026, 11, 23, 14, tzinfo=UTC)
READ = TapRequest(
    tap_id=UUID(TAP_ID),
    kind=Kind.FIRST_AID,
    subtype="accident",
    position=Position(51.5, -0.17, 8.0, NOON, "3", "gps"),
    note="someone fell",
    silent=True,
    trigger=Trigger.HOLD,
    pressed_at=NOON,
)

#: Whatever JSON can hold, infinities among them: 1e999 is one.
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=6,
)
ODD = JSON | st.sampled_from(
    [10**400, -(10**400), float("inf"), "9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59", "NaN", "1e999", "٣"]
)
POSITIONS = st.dictionaries(st.sampled_from(sorted(WHOLE["position"])), ODD)


def changed(**changes: Any) -> TapRequest:
    return read_tap({**WHOLE, **changes})


def test_a_whole_tap_is_read_whole() -> None:
    """
    Every field arrives, times in UTC, the note without its blanks.
    """
    assert read_tap(WHOLE) == READ


def test_an_empty_tap_is_an_emergency() -> None:
    """
    With an id of its own each time.
    """
    first, second = read_tap({}), read_tap({})

    assert (first.kind, first.trigger, first.silent) == (Kind.EMERGENCY, Trigger.BUTTON, False)
    assert (first.subtype, first.position, first.note, first.pressed_at) == (None, None, None, None)
    assert first.tap_id != second.tap_id


@given(st.dictionaries(st.sampled_from(sorted(WHOLE)) | st.text(max_size=10), ODD | POSITIONS))
def test_no_object_makes_reading_a_tap_fail(body: dict[str, Any]) -> None:
    """
    Whatever it holds, what comes out can be stored.
    """
    tap = read_tap(body)

    assert isinstance(tap.tap_id, UUID)
    assert tap.kind in Kind
    assert tap.trigger in PHONE_TRIGGERS
    assert tap.silent in (True, False)
    assert tap.note is None or 0 < len(tap.note) <= 2000
    assert tap.subtype is None or 0 < len(tap.subtype) <= LONGEST_SUBTYPE
    for moment in (tap.pressed_at, tap.position.recorded_at if tap.position else None):
        assert moment is None or moment.tzinfo is UTC
    if tap.position is not None:
        assert -90 <= tap.position.latitude <= 90
        assert -180 <= tap.position.longitude <= 180
        assert tap.position.accuracy_m is None or 0 <= tap.position.accuracy_m < float("inf")


@given(st.sampled_from(sorted(WHOLE)), st.lists(st.integers()) | st.dictionaries(st.text(), st.integers()))
def test_one_odd_field_is_dropped_and_the_tap_stands(name: str, odd: Any) -> None:
    """
    A list or an object in any place costs that field and no other.
    """
    tap = changed(**{name: odd})

    for other in set(WHOLE) - {name}:
        assert getattr(tap, other) == getattr(READ, other)


@given(st.text(min_size=1, max_size=20), ODD)
def test_a_field_nobody_knows_is_dropped(name: str, odd: Any) -> None:
    """
    A newer phone may say more than we understand.
    """
    assert read_tap({f"new_{name}": odd, **WHOLE}) == READ


@pytest.mark.parametrize("kind", ["fire", "", "EMERGENCY", None, 7, ["help"]])
def test_an_unknown_kind_is_an_emergency(kind: Any) -> None:
    """
    Rather too many officers than none.
    """
    assert changed(kind=kind).kind is Kind.EMERGENCY


@pytest.mark.parametrize("trigger", ["phoned_in", "duress_pin", "", None, 1])
def test_a_trigger_a_phone_does_not_have_is_the_button(trigger: Any) -> None:
    """
    The control room's own way in cannot be claimed by a phone.
    """
    assert changed(trigger=trigger).trigger is Trigger.BUTTON


@pytest.mark.parametrize(
    "position",
    [
        None,
        [],
        "51.5,-0.17",
        {},
        {"latitude": 51.5},
        {"latitude": 91, "longitude": 0},
        {"latitude": 0, "longitude": -181},
        {"latitude": "north", "longitude": 0},
        {"latitude": True, "longitude": 0},
        {"latitude": float("inf"), "longitude": 0},
        {"latitude": 10**400, "longitude": 0},
    ],
)
def test_a_bad_position_is_no_position(position: Any) -> None:
    """
    The rest of the tap is as it was.
    """
    tap = changed(position=position)

    assert tap.position is None
    assert tap.note == READ.note


@pytest.mark.parametrize(
    ("name", "odd"),
    [
        ("accuracy_m", -1),
        ("accuracy_m", "near"),
        ("accuracy_m", float("inf")),
        ("recorded_at", "yesterday"),
        ("recorded_at", "2026-11-23T15:00:00"),
        ("recorded_at", "9999-12-31T23:59:59-23:59"),
        ("floor", "x" * 21),
        ("source", 7),
    ],
)
def test_what_is_odd_about_a_position_costs_only_itself(name: str, odd: Any) -> None:
    """
    Where somebody is stays known.
    """
    position = changed(position={**WHOLE["position"], name: odd}).position

    assert position is not None
    assert (position.latitude, position.longitude) == (51.5, -0.17)
    assert getattr(position, name) is None


@pytest.mark.parametrize(("note", "kept"), [("x" * 3000, "x" * 2000), ("   ", None), ("", None), (["x"], None)])
def test_a_note_is_cut_and_never_refused(note: Any, kept: str | None) -> None:
    """
    At two thousand characters; blanks are no note.
    """
    assert changed(note=note).note == kept
