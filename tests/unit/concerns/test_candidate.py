"""Why an adviser cannot be assigned a concern, and which two are proposed."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from backend.concerns.candidate import Candidate, proposed

CONCERN = UUID(int=0)


def candidate(number: int = 1, **facts: Any) -> Candidate:
    """One who can."""
    able = Candidate(
        adviser_id=UUID(int=number),
        name="Ada",
        faculty=None,
        trained_on=None,
        away=False,
        away_until=None,
        has_key=True,
        holds=True,
        struck_out=False,
        recused=False,
        busy=0,
    )
    return replace(able, **facts)


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({}, None),
        ({"holds": False}, None),
        ({"recused": True}, "Ada stands aside from this concern."),
        ({"has_key": False}, "Ada has no key in use: nothing can be sealed to them."),
        ({"away": True}, "Ada is on leave until further notice."),
        ({"away": True, "away_until": date(2026, 12, 3)}, "Ada is on leave until 2026-12-03."),
    ],
)
def test_why_somebody_cannot_be_assigned(facts: dict[str, Any], why: str | None) -> None:
    """
    In a sentence that colleagues read; a missing copy is no reason, it can be made.
    """
    found = candidate(**facts).cannot

    assert why == found


def test_who_was_struck_out_reads_like_who_stood_aside() -> None:
    """
    The desk is not told whom a reporter left out.
    """
    assert candidate(recused=True).cannot == candidate(struck_out=True).cannot


def test_the_least_busy_two_who_can_are_proposed() -> None:
    """
    Only who holds a copy: nobody has to make one.
    """
    busy, free, freer = candidate(1, busy=3), candidate(2, busy=1), candidate(3)
    unfit = [candidate(4, away=True), candidate(5, recused=True), candidate(6, holds=False)]

    assert [freer.adviser_id, free.adviser_id] == proposed([*unfit, busy, free, freer], CONCERN)
    assert [busy.adviser_id] == proposed([*unfit, busy], CONCERN)


def test_among_equals_no_name_is_always_first() -> None:
    """
    The concern's own random name decides, the same way each time it is opened.
    """
    equals = [candidate(number) for number in range(1, 5)]

    two = {frozenset(proposed(equals, UUID(int=concern))) for concern in range(8)}

    assert len(two) > 1
    assert proposed(equals, CONCERN) == proposed(equals[::-1], CONCERN)
