"""A soak's verdict: what rises is found, and what only jumps is not taken for it."""

import pytest

from tests.bench.soak_figures import Sample, Wait, judge, slope


def hour_of(memory, *, descriptors=lambda _: 50, waiting_s=0.0):
    """Half an hour's samples, one in ten seconds; MB by the second."""
    return [Sample(at, memory(at), descriptors(at), 12, waiting_s) for at in range(0, 1800, 10)]


def met(samples, waits=()):
    return {row.name: row.met for row in judge(samples, waits)}


def test_a_slope_is_the_middle_of_all_pairs():
    """
    A jump in the middle that goes away again does not bend it.
    """
    points = [(at, 2.0 * at + (500 if 40 <= at < 45 else 0)) for at in range(100)]

    assert slope(points) == pytest.approx(2.0, rel=0.02)


@pytest.mark.parametrize(("mb_an_hour", "expected"), [(0, True), (5, True), (7, False), (60, False)])
def test_memory_that_rises_fails_the_run(mb_an_hour, expected):
    """
    Above six MB an hour.
    """
    found = met(hour_of(lambda at: 200 + mb_an_hour * at / 3600))

    assert expected == found["memory's slope"]


def test_what_is_filled_while_it_warms_up_is_no_slope():
    """
    Three tenths of the run are not looked at.
    """
    found = met(hour_of(lambda at: 150 + min(at, 500) / 10))

    assert found["memory's slope"]


@pytest.mark.parametrize(("every_s", "expected"), [(10_000, True), (60, False)])
def test_descriptors_that_are_not_given_back_fail_the_run(every_s, expected):
    """
    One a minute is thirty at the end.
    """
    found = met(hour_of(lambda _: 200, descriptors=lambda at: 50 + at // every_s))

    assert expected == found["descriptors"]


def test_a_row_that_lies_and_a_wait_in_vain_fail_the_run():
    """
    Whatever waits at the end, and whoever waited for nothing.
    """
    found = met(hour_of(lambda _: 200, waiting_s=31.0), [Wait(3.0, "tap answered", None)])

    assert not found["oldest row that waits"]
    assert not found["tap answered, p50/p99 in ms by thirds"]
