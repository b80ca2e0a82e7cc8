"""Which positions somebody can be sent to."""

import math
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, strategies as st

from backend.campus.geofence import MAX_ACCURACY_M, MAX_AGE_S, PHONE_CLOCK_TOLERANCE_S, Position, usable

NOW = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)


def fix(**changes: Any) -> Position:
    usual: dict[str, Any] = {"latitude": 51.4985, "longitude": -0.177, "accuracy_m": 8.0, "recorded_at": NOW}
    return Position(**{**usual, **changes})


def ago(seconds: float) -> datetime:
    return NOW - timedelta(seconds=seconds)


def test_a_fresh_and_exact_position_is_used_as_it_is() -> None:
    """
    Floor and source travel with it.
    """
    position = fix(recorded_at=ago(30), floor="3", source="gps")

    assert position == usable(position, received_at=NOW)


@pytest.mark.parametrize(
    "changes",
    [
        {"latitude": math.nan},
        {"longitude": math.inf},
        {"latitude": 90.1},
        {"longitude": -180.1},
        {"latitude": 1e308},
        {"latitude": 10**400},
        {"latitude": 0.0, "longitude": 0.0},
        {"accuracy_m": math.nan},
        {"accuracy_m": math.inf},
        {"accuracy_m": -1.0},
        {"accuracy_m": MAX_ACCURACY_M + 1},
        {"recorded_at": ago(MAX_AGE_S + 1)},
        {"recorded_at": ago(-PHONE_CLOCK_TOLERANCE_S - 1)},
        {"recorded_at": datetime(2026, 11, 22, 14, 0)},  # noqa: DTZ001  a time without an offset is the case
    ],
    ids=str,
)
def test_a_position_nobody_can_be_sent_to_is_no_position(changes: dict[str, Any]) -> None:
    """
    Impossible, too vague, too old, from the future, or of an unknown hour: the tap stands without it.
    """
    assert usable(fix(**changes), received_at=NOW) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"accuracy_m": MAX_ACCURACY_M},
        {"accuracy_m": None},
        {"accuracy_m": 0.0},
        {"recorded_at": ago(MAX_AGE_S)},
        {"latitude": 0.0},
        {"latitude": -90.0, "longitude": 180.0},
        {"recorded_at": NOW.astimezone(timezone(timedelta(hours=5, minutes=45)))},
    ],
    ids=str,
)
def test_the_limits_themselves_are_still_usable(changes: dict[str, Any]) -> None:
    """
    What is just good enough is kept, whatever the phone's time zone.
    """
    position = fix(**changes)

    assert position == usable(position, received_at=NOW)


@given(st.integers(1, PHONE_CLOCK_TOLERANCE_S))
def test_a_phone_whose_clock_runs_ahead_took_its_position_just_now(ahead_s: int) -> None:
    """
    A clock up to ten minutes fast costs nobody their position; its time is ours.
    """
    found = usable(fix(recorded_at=ago(-ahead_s)), received_at=NOW)

    assert found == fix(recorded_at=NOW)


def test_a_position_without_a_time_came_with_the_request() -> None:
    """
    Some phones do not say when; they still say where.
    """
    assert usable(fix(recorded_at=None), received_at=NOW) == fix(recorded_at=NOW)


def test_no_position_is_no_position() -> None:
    """
    Nothing in, nothing out.
    """
    assert usable(None, received_at=NOW) is None


def test_the_limits_can_be_tightened() -> None:
    """
    Who needs a fresher or finer position says so.
    """
    position = fix(recorded_at=ago(60), accuracy_m=50.0)

    assert usable(position, received_at=NOW, max_age_s=30) is None
    assert usable(position, received_at=NOW, max_accuracy_m=20) is None
