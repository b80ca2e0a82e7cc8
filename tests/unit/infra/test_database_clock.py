"""The database's clock, kept between two looks."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from infra.database_clock import LONGEST_LOOK_S, DatabaseClock

THEIRS = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)


class Ticks:
    """A clock that only rises, turned by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Store:
    """A database at some instant, which takes some time to say so."""

    def __init__(self, ticks: Ticks, took_s: float = 0.0) -> None:
        self.ticks, self.took_s = ticks, took_s

    def read(self, _: Any) -> datetime:
        self.ticks.now += self.took_s
        return THEIRS


@pytest.mark.parametrize("wrong_by_s", [-600, -5, 0, 5])
def test_a_machine_whose_clock_is_wrong_tells_the_databases_time(wrong_by_s: float) -> None:
    """
    And goes on from there by itself.
    """
    ticks = Ticks()
    clock = DatabaseClock(lambda: THEIRS + timedelta(seconds=wrong_by_s), ticks)

    clock.look(Store(ticks))  # type: ignore[arg-type]
    ticks.now += 7

    assert THEIRS + timedelta(seconds=7) == clock()


def test_an_answer_is_taken_for_the_middle_of_the_time_it_took() -> None:
    """
    It was given somewhere in between.
    """
    ticks = Ticks()
    clock = DatabaseClock(lambda: THEIRS, ticks)

    clock.look(Store(ticks, took_s=0.5))  # type: ignore[arg-type]

    assert THEIRS + timedelta(seconds=0.25) == clock()


def test_an_answer_that_took_long_is_passed_over() -> None:
    """
    A database that hangs does not put the time back.
    """
    ticks = Ticks()
    clock = DatabaseClock(lambda: THEIRS, ticks)

    clock.look(Store(ticks, took_s=LONGEST_LOOK_S + 1))  # type: ignore[arg-type]

    assert THEIRS + timedelta(seconds=LONGEST_LOOK_S + 1) == clock()
