"""A provider's `Retry-After`, in seconds or as a date."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def seconds_of(told: str | None, *, now: datetime) -> float | None:
    """What was asked for; None when nothing was, or not in a way one can read."""
    if told is None:
        return None
    if told.strip().isdecimal():
        return float(told)
    try:
        at = parsedate_to_datetime(told)
    except ValueError:
        return None
    return max(0.0, ((at if at.tzinfo else at.replace(tzinfo=UTC)) - now).total_seconds())
