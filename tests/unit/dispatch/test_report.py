"""How long a case took, and what of it was too long."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from backend.campus.campus import NO_TARGETS, Targets
from backend.dispatch.report import Times, earliest

RECEIVED = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
TARGETS = Targets(accepted_s=60, on_scene_s=300)
MUCH_LATER = RECEIVED + timedelta(hours=2)


def after(seconds: float | None) -> datetime | None:
    return None if seconds is None else RECEIVED + timedelta(seconds=seconds)


def times(state: str = "resolved", **seconds: float | None) -> Times:
    usual: dict[str, Any] = {"answered": 20, "accepted": 40, "on_scene": 250, "closed": 900}
    moments = {f"{name}_at": after(value) for name, value in {**usual, **seconds}.items()}
    return Times(received_at=RECEIVED, state=state, **moments)


def test_every_step_is_told_in_seconds_since_the_case_was_received() -> None:
    """
    Whole seconds; what has not come is nothing.
    """
    told = times(accepted=40.4, on_scene=None)

    assert (20, 40, None, 900) == (told.answered_s, told.accepted_s, told.on_scene_s, told.resolved_s)


def test_a_case_that_was_called_off_was_not_resolved() -> None:
    """
    Its end would make the answers look faster than they were.
    """
    assert times("cancelled").resolved_s is None


def test_nothing_comes_before_the_case() -> None:
    """
    Two processes' clocks may be a second apart.
    """
    assert times(accepted=-1).accepted_s == 0


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (times(), ()),
        (times(accepted=60, on_scene=300), ()),
        (times(accepted=61), ("accepted",)),
        (times(on_scene=301), ("on_scene",)),
        # Nobody said yes and nobody came, though there was time.
        (times(accepted=None, on_scene=None, closed=900), ("accepted", "on_scene")),
        (times(on_scene=None, closed=301), ("on_scene",)),
        # It ended before anybody had to be there.
        (times("cancelled", accepted=None, on_scene=None, closed=30), ()),
        (times(accepted=70, on_scene=None, closed=200), ("accepted",)),
        # Still open, and its time is up.
        (times("accepted", on_scene=None, closed=None), ("on_scene",)),
    ],
)
def test_a_case_tells_which_targets_it_missed(case: Times, expected: tuple[str, ...]) -> None:
    """
    By a step that came too late, or by one that has not come though its time is up.
    """
    assert expected == case.missed(TARGETS, now=MUCH_LATER)


def test_an_open_case_misses_nothing_before_its_time() -> None:
    """
    A yes may still come.
    """
    case = times("offered", answered=None, accepted=None, on_scene=None, closed=None)

    assert () == case.missed(TARGETS, now=RECEIVED + timedelta(seconds=59))
    assert ("accepted",) == case.missed(TARGETS, now=RECEIVED + timedelta(seconds=61))


def test_nothing_is_missed_without_a_target() -> None:
    """
    An institution that says nothing is measured by nothing.
    """
    assert () == times(accepted=9_000).missed(NO_TARGETS, now=MUCH_LATER)
    assert ("accepted",) == times(accepted=9_000).missed(Targets(accepted_s=60), now=MUCH_LATER)


def test_the_earliest_is_the_first_there_is() -> None:
    """
    Nothing among nothing.
    """
    assert RECEIVED == earliest([None, MUCH_LATER, RECEIVED])
    assert earliest([None]) is None
