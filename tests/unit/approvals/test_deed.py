"""Two deeds are one deed when every letter of them is the same."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from backend.approvals.deed import deed

HOLD = UUID("0d9b1f2a-6c1e-4c1e-8a53-3f6f0a3f2c11")
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_the_same_in_another_order_is_the_same_deed() -> None:
    """
    Names have no order, lists have; an id is an id in either form.
    """
    one = deed("broadcast.issue", HOLD, title="Gas", zones=["a", "b"], at=NOON)

    assert one == deed("broadcast.issue", str(HOLD), at=NOON, zones=["a", "b"], title="Gas")
    assert one != deed("broadcast.issue", HOLD, title="Gas", zones=["b", "a"], at=NOON)


@pytest.mark.parametrize(
    "other",
    [
        deed("hold.release", HOLD, reason="the case is closed."),
        deed("hold.release", HOLD, reason="the case is closed", more=None),
        deed("hold.release", HOLD),
        deed("hold.place", HOLD, reason="the case is closed"),
        deed("hold.release", HOLD.int.to_bytes(16, "big").hex(), reason="the case is closed"),
    ],
)
def test_any_letter_makes_it_another_deed(other) -> None:
    """
    What is done, to what, and how are all in the digest.
    """
    asked = deed("hold.release", HOLD, reason="the case is closed")

    assert other.digest != asked.digest


def test_what_has_no_plain_form_is_no_part_of_a_deed() -> None:
    """
    An object's address would be another one tomorrow.
    """
    with pytest.raises(TypeError):
        deed("hold.release", HOLD, hold=object())


def test_words_that_no_encoding_has_are_told_apart_all_the_same() -> None:
    """
    A lone surrogate is not the end of it.
    """
    assert deed("x", "1", words="\ud800").digest != deed("x", "1", words="\ud801").digest
