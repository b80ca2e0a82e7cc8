"""Who can still do something is warned before either clock of a concern ends."""

from datetime import date, timedelta

import pytest

from backend.concerns.clock import WARNED, Clock, running_out

TODAY = date(2026, 10, 5)
LATER = TODAY + timedelta(days=300)


@pytest.mark.parametrize(
    ("days", "told"),
    [(WARNED.days + 1, {}), (WARNED.days, {Clock.MAILBOX: 14}), (0, {Clock.MAILBOX: 0}), (-1, {})],
    ids=["not yet", "for the first time", "on its last day", "once it has ended"],
)
def test_a_mailbox_that_soon_ends_is_warned_of(days: int, told: dict[Clock, int]) -> None:
    """
    From a fortnight before until its last day.
    """
    found = running_out(TODAY + timedelta(days=days), LATER, held=False, today=TODAY)

    assert told == found


@pytest.mark.parametrize(("held", "told"), [(False, {Clock.DATA: 3}), (True, {})])
def test_a_hold_stops_the_datas_clock_alone(held: bool, told: dict[Clock, int]) -> None:
    """
    What nobody may destroy does not run out; the mailbox's day stays what the reporter was told.
    """
    soon = TODAY + timedelta(days=3)

    assert told == running_out(LATER, soon, held=held, today=TODAY)
    assert {Clock.MAILBOX: 3} == running_out(soon, LATER, held=held, today=TODAY)
