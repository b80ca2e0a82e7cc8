"""The seven ways to say no."""

import pytest

from backend.kernel.errors import (
    Conflict,
    FieldFault,
    Forbidden,
    Invalid,
    NotFound,
    Refusal,
    TooMany,
    Unauthenticated,
    Unavailable,
)

SEVEN: list[type[Refusal]] = [Invalid, Unauthenticated, Forbidden, NotFound, Conflict, TooMany, Unavailable]


def test_there_are_seven_and_each_has_a_word_of_its_own() -> None:
    """
    A client tells them apart by the end of the problem's type.
    """
    assert set(SEVEN) == set(Refusal.__subclasses__())
    assert len({kind.slug for kind in SEVEN}) == 7


@pytest.mark.parametrize("kind", [Unauthenticated, Forbidden, NotFound, Conflict, Unavailable])
def test_a_refusal_carries_its_sentence_and_may_be_more_precise(kind: type[Refusal]) -> None:
    """
    `kind` is its own word unless a better one was given.
    """
    plain, precise = kind("No."), kind("No.", slug="offer-taken", facts={"id": 1})

    assert (plain.title, plain.kind, plain.errors, plain.facts) == ("No.", kind.slug, (), {})
    assert (str(precise), precise.kind, precise.facts) == ("No.", "offer-taken", {"id": 1})


def test_what_is_invalid_names_its_fields() -> None:
    """
    In the order in which they were found.
    """
    faults = [FieldFault("b", "is odd"), FieldFault("a", "is missing")]

    assert Invalid("No.", faults).errors == tuple(faults)


def test_who_must_wait_is_told_how_long() -> None:
    """
    In whole seconds, for the header and for the reader.
    """
    refusal = TooMany("Wait.", retry_after_s=7)

    assert (refusal.retry_after_s, refusal.facts) == (7, {"retry_after_s": 7})
