"""A provider that is unwell is let go of, and found out about with one parcel at a time."""

from notifications.channels.breaker import FIRST_S, LONGEST_S, MOST_FAILURES, Breaker, State


def broken(at: float = 0.0) -> Breaker:
    breaker = Breaker()
    for _ in range(MOST_FAILURES):
        breaker.failed(at)
    return breaker


def test_it_opens_after_five_failures_in_a_row_and_says_so_once() -> None:
    """
    Four are bad luck; whoever hears of the fifth tells the control room.
    """
    breaker = Breaker()

    said = [breaker.failed(0) for _ in range(MOST_FAILURES + 2)]

    assert [False] * 4 + [True] + [False] * 2 == said
    assert State.OPEN is breaker.state(0)


def test_a_success_in_between_begins_the_count_anew() -> None:
    """
    One busy phone among many that work never opens it.
    """
    breaker = Breaker()

    for _ in range(20):
        for _ in range(MOST_FAILURES - 1):
            breaker.failed(0)
        breaker.worked()

    assert State.CLOSED is breaker.state(0)


def test_open_it_admits_nothing_and_half_open_one() -> None:
    """
    The probe goes alone, the others wait for what comes of it.
    """
    breaker = broken()

    during = breaker.admits(FIRST_S - 0.1)
    after = [breaker.admits(FIRST_S) for _ in range(3)]

    assert not during
    assert [True, False, False] == after
    assert State.HALF_OPEN is breaker.state(FIRST_S)


def test_a_probe_that_works_closes_it() -> None:
    """
    Everything goes again.
    """
    breaker = broken()
    breaker.admits(FIRST_S)

    breaker.worked()

    assert State.CLOSED is breaker.state(FIRST_S)
    assert all(breaker.admits(FIRST_S) for _ in range(3))


def test_probes_that_fail_come_more_slowly_up_to_half_a_minute() -> None:
    """
    5, 10, 20, 30, 30 seconds: people wait for what is held back.
    """
    breaker, now, waits = broken(), 0.0, []

    for _ in range(5):
        waits.append(breaker.wait_s(now))
        now += waits[-1]
        assert breaker.admits(now)
        assert not breaker.failed(now)

    assert [5.0, 10.0, 20.0, LONGEST_S, LONGEST_S] == waits


def test_what_had_set_out_before_does_not_keep_it_open_longer() -> None:
    """
    Thirty pushes that hang together are one finding, not thirty.
    """
    breaker = broken()

    for _ in range(30):
        breaker.failed(1.0)

    assert FIRST_S - 1.0 == breaker.wait_s(1.0)
