"""The rounds find what waits, however much was done before."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

import pytest
from sqlalchemy.orm import Session

from backend.incidents import check_in_store, incident_store
from backend.kernel import outbox
from tests.campus import CampusStage
from tests.journeys.table_scans import scans_of


def test_a_round_finds_what_waits_without_reading_what_was_told(campus: CampusStage) -> None:
    """
    The outbox keeps for days what was told; each round steps over it by the index, and sorts nothing.
    """
    campus.student("one").taps("help", at=campus.LIBRARY)
    campus.settles()
    look = partial(outbox.next_waiting, now=campus.clock.now, most=50)

    scans = campus.database.read(scans_of, look)

    assert [] == scans


@pytest.mark.parametrize("next_due", [incident_store.next_due, check_in_store.next_due])
def test_when_the_next_is_due_is_known_without_reading_all_there_ever_were(
    campus: CampusStage, next_due: Callable[[Session], datetime | None]
) -> None:
    """
    Asked four times a second and behind every press: with a year of cases it took the press's own time again.
    """
    scans = campus.database.read(scans_of, next_due)

    assert [] == scans
