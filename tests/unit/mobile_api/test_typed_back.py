"""A receipt that was typed back, held against the one that was shown."""

from datetime import date

import pytest

from mobile_api.anonymous.page_mailbox import CLASSES, days_left, padded
from mobile_api.anonymous.typed_back import fault_in

TODAY = date(2026, 11, 1)

SHOWN = "legal winner thank year wave sausage worth useful legal winner thank yellow"

#: Shared with the browser's own, tests/browser/test_concern_scripts.py.
TYPED = [
    (SHOWN, None),
    ("1. LEGAL, winner; thank\nyear wave  sausage worth useful legal winner thank Yellow.", None),
    (SHOWN.replace("sausage", "sausages"), "Word 6 is not the one shown. Look at your paper."),
    (SHOWN.removesuffix(" yellow"), "That is 11 of 12 words."),
    (SHOWN.replace("winner ", "", 1), "That is 11 of 12 words. Word 2 is not the one shown."),
    (SHOWN + " zoo", "That is more than 12 words."),
    ("", "That is 0 of 12 words."),
]


@pytest.mark.parametrize(("typed", "fault"), TYPED)
def test_the_first_word_that_differs_is_named_by_its_place(typed: str, fault: str | None) -> None:
    """
    Numbers, commas and capitals are no difference.
    """
    assert fault == fault_in(typed, SHOWN)


@pytest.mark.parametrize(("length", "size"), [(1, 0), (32 << 10, 0), ((32 << 10) + 1, 1), (200_000, 2)])
def test_a_page_is_as_long_as_its_size_class(length: int, size: int) -> None:
    """
    What is added is blank.
    """
    page = padded(b"x" * length)

    assert (CLASSES[size], b"x" * length) == (len(page), page.rstrip())


def test_the_days_that_are_left_are_told_in_words() -> None:
    """
    Also the last one, and the one before.
    """
    from_today = [days_left(until, TODAY) for until in (TODAY, TODAY.replace(day=2), TODAY.replace(day=20))]

    assert ["today is the last day", "1 more day", "19 more days"] == from_today
