"""The ladder's arithmetic."""

from datetime import UTC, datetime, timedelta

import pytest

from backend.campus.campus import CONTROL_ROOM, EscalationPolicy, Step
from backend.dispatch.policy import Ladder, due_steps, end_of, fallback, next_due, next_step
from backend.kernel.vocabulary import Kind

START = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
STEPS = (Step(0, "nearest", count=3), Step(20, "team_at_site"), Step(45, "team", and_tell=CONTROL_ROOM))
POLICY = EscalationPolicy(Kind.EMERGENCY, wanted=2, reask_after_s=600, steps=STEPS)


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


@pytest.mark.parametrize(("taken", "expected"), [(0, STEPS[0]), (2, STEPS[2]), (3, None)])
def test_the_next_step_is_the_one_after_those_taken(taken: int, expected: Step | None) -> None:
    """
    Past the last one there is none.
    """
    assert next_step(POLICY, taken) == expected


@pytest.mark.parametrize(
    ("taken", "seconds", "expected"),
    [(0, 0, 1), (1, 0, 0), (1, 19.9, 0), (1, 20, 1), (0, 44, 2), (0, 3600, 3), (3, 3600, 0)],
)
def test_every_step_whose_second_has_come_is_due(taken: int, seconds: float, expected: int) -> None:
    """
    What was missed is due at once, all of it.
    """
    steps = due_steps(POLICY, Ladder(taken, START, holding=0, wanted=2), now=at(seconds))

    assert STEPS[taken : taken + expected] == steps


def test_nothing_is_due_once_enough_officers_have_it() -> None:
    """
    One of two wanted goes on climbing, two of two do not.
    """
    one = due_steps(POLICY, Ladder(1, START, holding=1, wanted=2), now=at(60))
    two = due_steps(POLICY, Ladder(1, START, holding=2, wanted=2), now=at(60))

    assert (2, 0) == (len(one), len(two))


def test_the_last_rung_gets_as_long_as_the_one_before_but_not_for_ever() -> None:
    """
    25 seconds here; a gap of five minutes is cut to thirty seconds.
    """
    slow = EscalationPolicy(Kind.HELP, 1, 600, (Step(0, "nearest"), Step(300, "team")))

    assert at(70) == end_of(POLICY, START)
    assert at(330) == end_of(slow, START)


@pytest.mark.parametrize(
    ("ladder", "late_at", "now", "expected"),
    [
        (Ladder(1, START, 0, 2), None, at(0), at(20)),
        (Ladder(3, START, 0, 2), None, at(45), at(70)),
        (Ladder(3, START, 0, 2), None, at(70), None),
        (Ladder(3, START, 1, 2), at(600), at(45), at(600)),
        (Ladder(1, START, 1, 2), at(600), at(5), at(20)),
        (Ladder(1, START, 2, 2), at(600), at(5), at(600)),
        (Ladder(1, START, 2, 2), None, at(5), None),
    ],
)
def test_a_case_is_looked_at_again_at_its_next_rung_its_end_or_when_it_is_late(
    ladder: Ladder, late_at: datetime | None, now: datetime, expected: datetime | None
) -> None:
    """
    Whichever comes first; None is never.
    """
    assert expected == next_due(POLICY, ladder, late_at=late_at, now=now)


@pytest.mark.parametrize("kind", list(Kind))
def test_a_kind_the_campus_forgot_still_reaches_somebody(kind: Kind) -> None:
    """
    Its whole team and the control room, at once.
    """
    (step,) = fallback(kind).steps

    assert (0, "team", CONTROL_ROOM) == (step.after_s, step.ask, step.and_tell)
