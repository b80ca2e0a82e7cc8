"""Which of two positions stands: by the phone's own order and times, and by ours only where it told neither."""

from datetime import UTC, datetime, timedelta

from backend.campus.geofence import Position
from backend.incidents.incident import Incident

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
A_MOMENT = timedelta(milliseconds=200)


def at(latitude: float, recorded_at: datetime | None = None) -> Position:
    return Position(latitude, -0.177, 5.0, recorded_at)


def test_the_next_of_a_phone_stands_though_another_process_took_it_by_a_clock_that_is_behind() -> None:
    """
    It told no time of its own: its number says that it is newer, and two processes never agree to the millisecond.
    """
    case = Incident()

    assert case.move_to(at(51.1), seq=1, received_at=NOON)
    assert case.move_to(at(51.2), seq=2, received_at=NOON - A_MOMENT)
    assert (51.2, 2) == (case.latitude, case.position_seq)


def test_an_older_number_or_an_older_time_of_the_phone_never_replaces_what_stands() -> None:
    """
    Whatever our own clock said when it came (promise I5).
    """
    case = Incident()
    case.move_to(at(51.1, NOON), seq=2, received_at=NOON)

    assert not case.move_to(at(51.2), seq=1, received_at=NOON + A_MOMENT)
    assert not case.move_to(at(51.3, NOON - A_MOMENT), seq=3, received_at=NOON + A_MOMENT)
    assert 51.1 == case.latitude
