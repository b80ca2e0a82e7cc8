"""Proof of work: signed, good for ten minutes and once, and dearer in a flood."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest

from backend.kernel.errors import Invalid, TooMany
from mobile_api.anonymous import spent, work
from mobile_api.anonymous.porch import Porch
from mobile_api.anonymous.spent import Spent
from tests.reporter import Json, solved

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@dataclass
class Turned:
    """As much of a porch as work needs, with a clock that is turned by hand."""

    now: datetime = NOON
    secret: bytes = b"k" * 32
    spent: Spent = field(default_factory=Spent)

    def clock(self) -> datetime:
        return self.now


def porch(**how: Any) -> Any:
    return cast(Porch, Turned(**how))


def done(at: Any) -> Json:
    given = work.challenge(at)
    return solved(given.challenge, given.bits)


def why(at: Any, given: Json, **more: Any) -> str:
    with pytest.raises(Invalid) as refused:
        work.must_be_done(at, given, **more)
    (fault,) = refused.value.errors
    assert "work" == fault.field
    return fault.message


def test_work_counts_once_and_for_the_same_mailbox_again() -> None:
    """
    A retry is the same thing; anything else is a second concern.
    """
    here = porch()
    given = done(here)

    work.must_be_done(here, given, what_for="one")
    work.must_be_done(here, given, what_for="one")

    assert "used already" in why(here, given, what_for="other")
    assert "used already" in why(here, given)


@pytest.mark.parametrize("change", [{"secret": b"x" * 32}, {"now": NOON + timedelta(minutes=10, seconds=1)}])
def test_a_challenge_of_another_server_or_of_long_ago_is_refused(change: Json) -> None:
    """
    Nothing is kept of a challenge: it says by itself until when it is good and that it is ours.
    """
    given = done(porch())

    assert why(porch(**change), given)


def test_nobody_makes_a_challenge_easier() -> None:
    """
    The bits are signed as well.
    """
    here = porch()
    bits, _, rest = work.challenge(here).challenge.partition(".")

    assert "16" == bits
    assert "not ours" in why(here, {"challenge": f"1.{rest}", "nonce": "1"})


@pytest.mark.parametrize("nonce", ["", "x" * 65, "é" * 65])
def test_a_nonce_that_does_not_fit_is_refused(nonce: str) -> None:
    """
    Whatever it is made of.
    """
    here = porch()

    assert why(here, {"challenge": work.challenge(here).challenge, "nonce": nonce})


def test_a_flood_makes_it_dearer_and_calm_cheap_again() -> None:
    """
    By what was used in the last ten minutes, and never beyond what a phone can do.
    """
    here = porch()
    until = NOON + timedelta(minutes=10)
    for number in range(500):
        here.spent.spend(str(number), "x", until=until, now=NOON)

    assert [16, 16, 17, 18, 22] == [work.bits_at(uses) for uses in (0, 30, 31, 61, 10**6)]
    assert work.challenge(here).bits > work.BITS
    here.now = until + timedelta(seconds=1)
    assert work.BITS == work.challenge(here).bits


def test_what_is_remembered_is_bounded() -> None:
    """
    Beyond it everybody is asked to wait: to forget what was used would let it be used again.
    """
    here = porch()
    given = done(here)
    until = NOON + timedelta(minutes=10)
    here.spent.until = {str(number): (until, "x") for number in range(spent.MOST)}

    with pytest.raises(TooMany):
        work.must_be_done(here, given)
