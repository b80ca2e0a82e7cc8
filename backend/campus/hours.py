"""Hours of the week in local time: windows that may run past midnight, whoever keeps them."""

import re
from collections.abc import Collection, Iterable
from datetime import datetime, time
from functools import lru_cache

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EVERY_DAY = frozenset(range(7))

# As the end of a window it is the midnight that closes the day, written 24:00.
MIDNIGHT = time(0, 0)

MINUTES_OF_DAY = 24 * 60
MINUTES_OF_WEEK = 7 * MINUTES_OF_DAY

_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")


def parse_clock(text: str, *, closing: bool = False) -> time:
    """
    The time of day in `HH:MM`; `closing` allows 24:00.

    Raises ValueError with what is wrong.
    """
    if closing and text == "24:00":
        return MIDNIGHT
    found = _CLOCK.fullmatch(text)
    if found is None:
        raise ValueError(f'"{text}" is not a time of day: write HH:MM')
    return time(int(found[1]), int(found[2]))


def parse_window(start: str, end: str) -> tuple[time, time]:
    """
    From when to when, as it is written; an end before the start is on the next day.

    Raises ValueError with what is wrong, also for 07:00 to 07:00: read as
    nothing it would leave a gap, read as a whole day it would hide one.
    """
    window = parse_clock(start), parse_clock(end, closing=True)
    if start == end:
        raise ValueError(f"{start} to {end} is nothing or a whole day: a whole day is written 00:00 to 24:00")
    return window


def parse_days(words: Iterable[str]) -> frozenset[int]:
    """
    Days of the week, Monday 0, from words like `mon` and `fri-sun`.

    Raises ValueError with what is wrong.
    """
    days: set[int] = set()
    for word in words:
        first, dash, last = word.strip().lower().partition("-")
        if first not in WEEKDAYS or (dash and last not in WEEKDAYS):
            raise ValueError(
                f'"{word.strip()}" is not a day: write mon, tue, wed, thu, fri, sat, sun or a range as mon-fri'
            )
        opens, closes = WEEKDAYS.index(first), WEEKDAYS.index(last or first)
        days.update((opens + further) % 7 for further in range((closes - opens) % 7 + 1))
    if not days:
        raise ValueError("there is no day in it")
    return frozenset(days)


def clock_words(at: time, *, closing: bool = False) -> str:
    """`HH:MM`, and 24:00 for the midnight that closes a window."""
    return "24:00" if closing and at == MIDNIGHT else f"{at:%H:%M}"


def day_words(days: Collection[int]) -> str:
    """The days as a person writes them: `mon-fri`, or `mon;wed`."""
    ordered = sorted(days)
    if len(ordered) > 2 and ordered == list(range(ordered[0], ordered[-1] + 1)):
        return f"{WEEKDAYS[ordered[0]]}-{WEEKDAYS[ordered[-1]]}"
    return ";".join(WEEKDAYS[day] for day in ordered)


def minute_of_week(local: datetime) -> int:
    """Minutes since Monday 00:00 by the clock on the wall, which on a day of changing clocks is what shifts go by."""
    return local.weekday() * MINUTES_OF_DAY + local.hour * 60 + local.minute


@lru_cache(maxsize=8192)
def spans(days: frozenset[int], start: time, end: time) -> tuple[tuple[int, int], ...]:
    """
    The minutes of the week in which a window is open, as half-open pairs in order.

    A day means the day on which the window opens. Equal ends are a whole day.
    """
    opens, closes = _minute(start), _minute(end)
    length = (closes - opens) % MINUTES_OF_DAY or MINUTES_OF_DAY
    pairs: list[tuple[int, int]] = []
    for day in days:
        first = day * MINUTES_OF_DAY + opens
        last = first + length
        pairs.append((first, min(last, MINUTES_OF_WEEK)))
        if last > MINUTES_OF_WEEK:
            pairs.append((0, last - MINUTES_OF_WEEK))
    return tuple(sorted(pairs))


def is_open(days: frozenset[int], start: time, end: time, *, minute: int) -> bool:
    """Whether the window is open in this minute of the week."""
    return any(first <= minute < last for first, last in spans(days, start, end))


def overlap(one: Iterable[tuple[int, int]], other: Iterable[tuple[int, int]]) -> int | None:
    """The first minute of the week that lies in both, or None."""
    others = tuple(other)
    shared = [max(a, c) for a, b in one for c, d in others if max(a, c) < min(b, d)]
    return min(shared, default=None)


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute
