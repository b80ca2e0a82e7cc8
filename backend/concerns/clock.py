"""The two clocks of a concern, both in whole days: its mailbox's, and that of all that is kept of it."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

#: How long before either ends whoever can still do something is warned.
WARNED = timedelta(days=14)


class Clock(StrEnum):
    """Which of the two."""

    MAILBOX = "mailbox"
    DATA = "data"


def running_out(mailbox_until: date, data_until: date, *, held: bool, today: date) -> Mapping[Clock, int]:
    """
    Days left on each clock that soon ends; 0 is its last day, and one that has ended is not told any more.

    A legal hold stops the data's clock and never the mailbox's: what the
    reporter was promised of it stays true.
    """
    left = {Clock.MAILBOX: mailbox_until - today}
    if not held:
        left[Clock.DATA] = data_until - today
    soon = {clock: days.days for clock, days in left.items() if timedelta() <= days <= WARNED}
    return MappingProxyType(soon)
