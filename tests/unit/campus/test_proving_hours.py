"""The proof goes by the clock on the wall, as finely as the rota, and by the days on which certificates end."""

from datetime import UTC, date, datetime, time

import pytest

from backend.dispatch.proving import prove
from tests.unit.campus.ladders import EVERY_DAY, SUNDAY_MORNING, only_first_aid, person, shift


def test_a_certificate_is_good_on_the_day_it_ends() -> None:
    """
    And not on the next.
    """
    campus, who = only_first_aid(), person(skills={"first_aid": date(2026, 11, 23)})

    (fault,) = prove(campus, [who], start=SUNDAY_MORNING)

    assert "Tuesday 24 November at 00:00" in fault


def test_a_shift_that_ends_at_five_past_leaves_a_hole_the_quarters_would_miss() -> None:
    """
    The walk is as fine as the rota.
    """
    rota = (
        shift("officer1@demo.example", start=time(7, 0), end=time(19, 5)),
        shift("officer1@demo.example", start=time(19, 10), end=time(7, 0)),
    )

    (fault,) = prove(only_first_aid(rota=rota), [person()], start=SUNDAY_MORNING)

    assert "Sunday 22 November at 19:05" in fault


@pytest.mark.parametrize(
    ("start", "first_hole"),
    [
        (datetime(2026, 10, 24, 12, tzinfo=UTC), "Sunday 25 October at 01:00"),
        (datetime(2026, 3, 28, 12, tzinfo=UTC), "Sunday 29 March at 02:00"),
    ],
    ids=["the hour that happens twice", "the hour that is skipped"],
)
def test_the_walk_goes_by_the_clock_on_the_wall_when_it_changes(start: datetime, first_hole: str) -> None:
    """
    A hole from one to half past two begins at one in autumn, and at two in spring, when one o'clock is skipped.
    """
    saturday, other_days = frozenset({5}), EVERY_DAY - {5}
    rota = (
        shift("officer1@demo.example", days=saturday, end=time(1), start=time(2, 30)),
        shift("officer1@demo.example", days=other_days, start=time(2, 30), end=time(2, 30)),
    )

    (fault,) = prove(only_first_aid(rota=rota), [person()], start=start)

    assert first_hole in fault


def test_an_hour_that_is_skipped_cannot_be_a_hole() -> None:
    """
    Nobody is rostered from one to two on the last Sunday of March, and nobody needs to be.
    """
    rota = (
        shift("officer1@demo.example", days=frozenset({5}), start=time(2), end=time(1)),
        shift("officer1@demo.example", days=EVERY_DAY - {5}, start=time(2), end=time(2)),
    )
    spring = datetime(2026, 3, 28, 12, tzinfo=UTC)

    that_week = prove(only_first_aid(rota=rota), [person()], start=spring, days=6)
    week_after = prove(only_first_aid(rota=rota), [person()], start=spring, days=9)

    assert that_week == []
    assert "Sunday 5 April at 01:00" in week_after[0]


def test_the_second_of_the_two_hours_is_said_to_be_the_second() -> None:
    """
    Two times that look the same are told apart.
    """
    between = datetime(2026, 10, 25, 1, 10, tzinfo=UTC)

    (fault,) = prove(only_first_aid(rota=()), [person()], start=between)

    assert "Sunday 25 October at 01:00 (the second time that hour comes)" in fault
