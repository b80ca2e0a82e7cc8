"""What a PIN that was typed is worth, decided without a store."""

from dataclasses import dataclass

import pytest

from backend.people.pin import PinPair, judge
from backend.people.verdict import Verdict, faults_of, refusal_of, weigh
from tests.journeys.twins import CANCEL, DURESS, PINS, WRONG


@dataclass
class Thing:
    """Anything that only a PIN ends."""

    wrong_pins: int | None = None


@pytest.mark.parametrize(
    ("pair", "given", "verdict"),
    [
        (None, None, Verdict.FREE),
        (None, CANCEL, Verdict.FREE),
        (PINS, None, Verdict.MISSING),
        (PINS, "", Verdict.MISSING),
        (PINS, CANCEL, Verdict.RIGHT),
        (PINS, DURESS, Verdict.DURESS),
        (PINS, WRONG, Verdict.WRONG),
        (PINS, f" {CANCEL}", Verdict.WRONG),
    ],
)
def test_what_was_typed_is_held_against_both_pins(pair: PinPair | None, given: str | None, verdict: Verdict) -> None:
    """
    Without PINs everything is free; with them only the very digits count.
    """
    assert judge(pair, given) == verdict


def test_the_third_wrong_one_is_duress() -> None:
    """
    Counted on the thing itself; others in between change nothing.
    """
    thing = Thing()
    typed = [Verdict.WRONG, Verdict.MISSING, Verdict.WRONG, Verdict.FREE, Verdict.WRONG, Verdict.WRONG]

    weighed = [weigh(thing, verdict) for verdict in typed]

    assert weighed == [*typed[:4], Verdict.DURESS, Verdict.DURESS]


def test_only_what_is_missing_or_wrong_is_refused() -> None:
    """
    What is done, and what only looks as if it was, pass alike.
    """
    refused = {verdict for verdict in Verdict if refusal_of(verdict) is not None}

    assert refused == {Verdict.MISSING, Verdict.WRONG}
    assert faults_of(CANCEL, DURESS) == []
