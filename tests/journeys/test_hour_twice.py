"""The night in October on which half past one comes twice: ladders, positions and shifts go by the instant."""

from datetime import UTC, datetime

from tests.campus import CampusStage

#: Ten seconds before two o'clock becomes one o'clock, in London.
BEFORE = datetime(2026, 10, 25, 0, 59, 50, tzinfo=UTC)


def test_a_ladder_climbs_on_its_seconds_through_the_hour_that_comes_twice(campus: CampusStage) -> None:
    """
    Twenty seconds after the press the rest of the site is asked, and not an hour later or at once.
    """
    campus.clock.now = BEFORE
    campus.controller("desk")
    officers = [campus.officer(f"officer{number}", at=campus.LIBRARY) for number in range(5)]
    campus.student("one").taps("emergency", at=campus.LIBRARY)
    at_once = sum(one.is_ringing for one in officers)

    campus.passes(seconds=19)
    before_its_second = sum(one.is_ringing for one in officers)
    campus.passes(seconds=2)

    assert (3, 3) == (at_once, before_its_second)
    assert all(one.is_ringing for one in officers)


def test_of_two_positions_at_the_same_time_of_day_the_later_one_stands(campus: CampusStage) -> None:
    """
    Half past one with summer's offset is an hour before half past one with winter's, whichever comes first.
    """
    campus.clock.now = datetime(2026, 10, 25, 1, 30, 5, tzinfo=UTC)
    campus.officer("near")
    student = campus.student("one")
    case = student.taps("emergency")
    winters = {"latitude": 51.4990, "longitude": -0.1770, "accuracy_m": 5.0, "recorded_at": "2026-10-25T01:30:00+00:00"}
    summers = {**winters, "latitude": 51.4970, "recorded_at": "2026-10-25T01:30:00+01:00"}

    student.posts(f"/v1/incidents/{case['id']}/positions", winters)
    student.posts(f"/v1/incidents/{case['id']}/positions", summers)

    assert student.looks()["position"]["latitude"] == 51.4990


def test_a_shift_lasts_thirteen_hours_of_the_clock_on_no_wall(campus: CampusStage) -> None:
    """
    From ten in the evening until what the wall calls ten in the morning, and not an hour less or more.
    """
    campus.clock.now = datetime(2026, 10, 24, 21, 0, tzinfo=UTC)
    officer = campus.officer("night")

    campus.skips(hours=12, minutes=59)
    shortly_before = officer.gets("/v1/me")["duty"]
    campus.skips(minutes=1, seconds=1)

    assert "on_patrol" == shortly_before
    assert "off_duty" == officer.gets("/v1/me")["duty"]
