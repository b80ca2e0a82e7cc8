"""The rounds find what waits, however much was done before."""

from functools import partial

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
