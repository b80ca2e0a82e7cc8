"""A socket's budget: a burst, a steady rate, and a point at which it is no slip any more."""

import pytest

from backend.web.budget import BURST, PATIENCE, RATE, Budget


def taken(budget: Budget, times: int, at: float) -> int:
    """How many of so many events in one moment are taken."""
    return sum(budget.spend(at) for _ in range(times))


def test_a_burst_is_taken_and_what_comes_over_it_is_not() -> None:
    """
    Forty at once, and after half a second ten more.
    """
    budget = Budget()

    counts = taken(budget, 100, 0.0), taken(budget, 100, 0.5), taken(budget, 100, 0.5)

    assert (40, 10, 0) == counts


def test_a_steady_phone_is_never_refused() -> None:
    """
    Twenty a second for an hour.
    """
    budget = Budget()

    refused = [second for second in range(3600 * 20) if not budget.spend(second / 20)]

    assert [] == refused


def test_a_long_pause_buys_one_burst_and_no_more() -> None:
    """
    What was saved up overnight is not spent in the morning.
    """
    budget = Budget()
    taken(budget, 40, 0.0)

    assert int(BURST) == taken(budget, 1000, 100_000.0)


def test_a_clock_that_goes_back_fills_nothing() -> None:
    """
    And the time it goes over again is not counted twice.
    """
    budget = Budget()
    taken(budget, 40, 1000.0)

    assert (0, 0, 20) == (taken(budget, 5, 900.0), taken(budget, 5, 900.0), taken(budget, 50, 901.0))


def test_who_goes_on_is_abusive_once_and_over_after_that() -> None:
    """
    So that a socket is closed one time, and told nothing more.
    """
    budget = Budget()
    taken(budget, 40, 0.0)

    states = []
    for _ in range(PATIENCE + 2):
        budget.spend(0.0)
        states.append((budget.is_abused, budget.is_over))

    assert [(False, False)] * (PATIENCE - 1) + [(True, False), (False, True), (False, True)] == states


@pytest.mark.parametrize(("pause", "refused"), [(0.9, 1), (1.1, 0)])
def test_a_quiet_second_forgives(pause: float, refused: int) -> None:
    """
    A phone that sent too much once is not counted up to the limit over weeks.
    """
    budget = Budget()
    taken(budget, 41, 0.0)

    budget.spend(pause)

    assert (refused, RATE) == (budget.refused, 20.0)
