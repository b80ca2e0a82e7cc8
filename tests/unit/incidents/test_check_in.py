"""What a check-in counts of itself."""

from datetime import UTC, datetime, timedelta

from backend.incidents.check_in import STUMBLES_COUNTED, CheckIn

NOW = datetime(2026, 11, 23, 14, tzinfo=UTC)

#: What its column holds.
SMALL_INTEGER = 2**15 - 1


def test_a_check_in_that_cannot_be_run_out_for_days_is_still_tried() -> None:
    """
    Every few seconds, and only the first time is news; a count that the store refuses would end that.
    """
    check_in = CheckIn()
    check_in.begin(now=NOW)

    news = [check_in.stumble(now=NOW + timedelta(seconds=5 * number)) for number in range(STUMBLES_COUNTED + 10)]

    assert [True] + [False] * (STUMBLES_COUNTED + 9) == news
    assert check_in.stumbles == STUMBLES_COUNTED < SMALL_INTEGER
