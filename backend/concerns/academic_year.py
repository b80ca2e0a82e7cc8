"""Academic years as the regulator counts them: from August to July."""

from datetime import date

FIRST_MONTH = 8


def academic_year(day: date) -> str:
    """The year that a day is in, as `2026-27`."""
    begun = day.year if day.month >= FIRST_MONTH else day.year - 1
    return f"{begun}-{(begun + 1) % 100:02}"
