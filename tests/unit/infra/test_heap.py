"""What lives as long as the process costs no collection any more."""

import gc
from collections.abc import Iterator

import pytest

from infra import heap


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """
    The collector goes back to what it was.
    """
    thresholds = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*thresholds)


def test_what_is_there_at_the_start_is_never_looked_through_again() -> None:
    """
    A full collection finds next to nothing to look at.
    """
    before = len(gc.get_objects())

    heap.set_aside()

    assert len(gc.get_objects()) < before / 10
    assert gc.get_freeze_count() > before / 2


def test_what_is_made_afterwards_is_still_collected() -> None:
    """
    A cycle that nobody holds any more goes, as ever.
    """
    heap.set_aside()
    cycle: list[object] = []
    cycle.append(cycle)
    del cycle

    assert gc.collect() >= 1
