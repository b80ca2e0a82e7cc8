"""Hours of the week: windows past midnight, whole days, and the nights on which the clocks change."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from backend.campus.hours import (
    EVERY_DAY,
    MIDNIGHT,
    clock_words,
    day_words,
    is_open,
    minute_of_week,
    overlap,
    parse_clock,
    parse_days,
    parse_window,
    spans,
)

LONDON = ZoneInfo("Europe/London")
NIGHT = (time(19, 0), time(7, 0))
MONDAY, SUNDAY = 0, 6


def minute(day: int, hour: int, past: int = 0) -> int:
    return day * 1440 + hour * 60 + past


def test_a_night_shift_runs_past_midnight_into_the_next_day() -> None:
    """
    19:00 to 07:00 on Monday holds until Tuesday morning, and not on Monday morning.
    """
    monday = frozenset({MONDAY})

    held = [is_open(monday, *NIGHT, minute=at) for at in (minute(0, 6), minute(0, 19), minute(1, 6, 59), minute(1, 7))]

    assert held == [False, True, True, False]


def test_a_sunday_night_shift_ends_on_monday_morning() -> None:
    """
    The week is a circle: what opens on its last day closes on its first.
    """
    assert spans(frozenset({SUNDAY}), *NIGHT) == ((0, minute(0, 7)), (minute(6, 19), minute(7, 0)))


def test_from_midnight_to_24_00_is_the_whole_day() -> None:
    """
    24:00 is the end of the day, not its beginning.
    """
    window = parse_window("00:00", "24:00")

    assert window == (MIDNIGHT, MIDNIGHT)
    assert spans(frozenset({1}), *window) == ((1440, 2880),)
    assert clock_words(window[1], closing=True) == "24:00"


@pytest.mark.parametrize(("start", "end"), [("07:00", "07:00"), ("7:00", "19:00"), ("24:00", "07:00"), ("07:60", "9")])
def test_a_window_that_could_mean_two_things_is_refused(start: str, end: str) -> None:
    """
    Nothing or a whole day, or no time at all: the writer is asked.
    """
    with pytest.raises(ValueError, match=r"HH:MM|whole day"):
        parse_window(start, end)


@pytest.mark.parametrize(
    ("words", "days"),
    [
        (["mon-sun"], EVERY_DAY),
        (["mon", "tue"], frozenset({0, 1})),
        (["fri-mon"], frozenset({4, 5, 6, 0})),
        (["Sat", " wed "], frozenset({5, 2})),
        (["mon-wed", "sat"], frozenset({0, 1, 2, 5})),
    ],
)
def test_days_are_written_as_names_and_ranges(words: list[str], days: frozenset[int]) -> None:
    """
    Ranges may run over the weekend, and lists may hold ranges.
    """
    assert days == parse_days(words)


@pytest.mark.parametrize("words", [["monday"], ["mon-"], [""], [], ["mon-xyz"], ["-"]])
def test_what_is_no_day_is_refused(words: list[str]) -> None:
    """
    A misspelt day is never a day nobody works.
    """
    with pytest.raises(ValueError, match="day"):
        parse_days(words)


@given(st.frozensets(st.integers(0, 6), min_size=1))
def test_days_read_back_as_they_are_said(days: frozenset[int]) -> None:
    """
    What the control room reads means what the file meant.
    """
    assert days == parse_days(day_words(days).split(";"))


@given(st.times(), st.times(), st.integers(0, 6), st.integers(0, 10079))
def test_every_minute_is_open_on_some_day_or_outside_the_window(start: time, end: time, day: int, at: int) -> None:
    """
    The spans of a window say the same as walking its minutes one by one.
    """
    opens, closes = start.hour * 60 + start.minute, end.hour * 60 + end.minute
    since = (at - day * 1440 - opens) % 10080
    length = (closes - opens) % 1440 or 1440

    assert (since < length) == is_open(frozenset({day}), start, end, minute=at)


def test_shifts_go_by_the_clock_on_the_wall_when_it_is_turned_back() -> None:
    """
    The hour that happens twice is worked twice, by whoever is rostered for 01:30.
    """
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC).astimezone(LONDON)
    second = datetime(2026, 10, 25, 1, 30, tzinfo=UTC).astimezone(LONDON)

    assert (first.hour, second.hour) == (1, 1)
    assert minute_of_week(first) == minute_of_week(second) == minute(SUNDAY, 1, 30)


def test_the_hour_that_is_skipped_in_spring_is_nobodys() -> None:
    """
    A shift that begins in the missing hour begins when the clock shows a later time.
    """
    before = datetime(2026, 3, 29, 0, 59, tzinfo=UTC).astimezone(LONDON)
    after = datetime(2026, 3, 29, 1, 0, tzinfo=UTC).astimezone(LONDON)
    early = (frozenset({SUNDAY}), time(1, 30), time(9, 0))

    assert not is_open(*early, minute=minute_of_week(before))
    assert is_open(*early, minute=minute_of_week(after))


def test_two_windows_that_share_a_minute_overlap_at_the_first_one() -> None:
    """
    Meeting at the edge is no overlap.
    """
    day = spans(frozenset({0}), time(7, 0), time(19, 0))

    assert overlap(day, spans(frozenset({0}), time(18, 0), time(20, 0))) == minute(0, 18)
    assert overlap(day, spans(frozenset({0}), *NIGHT)) is None


def test_a_clock_has_no_seconds() -> None:
    """
    Rotas are written in minutes; anything finer is a slip of the pen.
    """
    with pytest.raises(ValueError, match="HH:MM"):
        parse_clock("07:00:00")
