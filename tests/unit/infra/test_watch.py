"""Rounds go on whatever happens, and are woken by their bells."""

import time
from collections.abc import Callable, Iterator

import gevent
import pytest
from gevent.event import Event

from infra.watch import STUCK_S, Round, Watch


class Work:
    """A round that counts its turns, and lets a test wait for one."""

    def __init__(self, *, fails: Callable[[int], bool] = lambda _: False, next_in: float | None = None) -> None:
        self.turns = 0
        self._fails = fails
        self._next_in = next_in
        self._turned = Event()

    def __call__(self) -> float | None:
        self.turns += 1
        self._turned.set()
        if self._fails(self.turns):
            raise LookupError("a broken store")
        return self._next_in

    def turned(self, within_s: float = 5) -> bool:
        """Whether it turned since this was last asked, or does within this time."""
        found = self._turned.wait(within_s)
        self._turned.clear()
        return bool(found)


@pytest.fixture
def watch() -> Iterator[Watch]:
    watch = Watch()
    yield watch
    watch.stop(within_s=1)


def runs(watch: Watch, work: Callable[[], float | None], *, poll_s: float = 3600, name: str = "relaying") -> Round:
    one = Round(name, work, poll_s=poll_s)
    watch.add(one)
    watch.start()
    return one


def test_every_round_looks_once_at_the_start(watch: Watch) -> None:
    """
    What was due while no process ran is done at once.
    """
    work = Work()

    runs(watch, work)

    assert work.turned()


def test_a_bell_wakes_its_round_and_no_other(watch: Watch) -> None:
    """
    Long before the poll; a name nobody keeps here is another process's.
    """
    relaying, sending = Work(), Work()
    watch.add(Round("sending", sending, poll_s=3600))
    runs(watch, relaying)
    assert relaying.turned()
    assert sending.turned()

    watch.ring(["relaying", "elsewhere"])

    assert relaying.turned()
    assert (relaying.turns, sending.turns) == (2, 1)


def test_a_bell_that_rings_during_a_turn_is_not_lost(watch: Watch) -> None:
    """
    What was committed after the round looked is looked at again.
    """
    turns: list[int] = []

    def rings_itself_once() -> None:
        turns.append(len(turns))
        if len(turns) == 1:
            watch.ring(["relaying"])
        if len(turns) == 2:
            done.set()

    done = Event()
    runs(watch, rings_itself_once)

    assert done.wait(5)


def test_a_round_that_raises_goes_on(watch: Watch) -> None:
    """
    A fault ends a turn and never the round.
    """
    work = Work(fails=lambda turn: turn == 1)
    runs(watch, work)
    assert work.turned()

    watch.ring(["relaying"])

    assert work.turned()
    assert work.turns == 2


def test_a_round_that_raises_leaves_the_others_alone(watch: Watch) -> None:
    """
    Each is on a greenlet of its own.
    """
    broken, sound = Work(fails=lambda _: True), Work()
    watch.add(Round("sending", sound, poll_s=3600))
    runs(watch, broken)
    assert broken.turned()

    watch.ring(["sending"])

    assert sound.turned()


def test_a_broken_store_is_not_asked_a_thousand_times_a_second(watch: Watch) -> None:
    """
    After a fault the round waits half a second, whatever is due.
    """
    work = Work(fails=lambda _: True, next_in=0)
    runs(watch, work)
    assert work.turned()

    assert not work.turned(within_s=0.1)


def test_a_round_comes_back_when_something_is_due(watch: Watch) -> None:
    """
    In the seconds it named, though its poll is an hour away; what is overdue comes at once.
    """
    work = Work(next_in=-5)

    runs(watch, work)

    assert work.turned()
    assert work.turned()


def test_a_round_polls_though_nothing_rings(watch: Watch) -> None:
    """
    A bell that was lost costs at most the poll.
    """
    work = Work(next_in=3600)

    runs(watch, work, poll_s=0.01)

    assert work.turned()
    assert work.turned()


@pytest.mark.parametrize(
    ("poll_s", "since_s", "stuck"),
    [(1, STUCK_S - 1, []), (1, STUCK_S + 1, ["relaying"]), (20, STUCK_S + 1, []), (20, 61, ["relaying"])],
)
def test_a_round_that_has_stopped_moving_is_named(poll_s: float, since_s: float, stuck: list[str]) -> None:
    """
    After half a minute, or three polls where those are longer.
    """
    watch = Watch([Round("relaying", lambda: None, poll_s=poll_s, turned_at=time.monotonic() - since_s)])

    assert watch.stuck() == stuck


def test_a_stop_lets_a_turn_finish(watch: Watch) -> None:
    """
    What was begun is ended, and nothing is begun after it.
    """
    begun, finished = Event(), []

    def slowly() -> None:
        begun.set()
        gevent.sleep(0.01)
        finished.append(True)

    runs(watch, slowly)
    begun.wait(5)

    watch.stop()

    assert finished == [True]


def test_a_round_that_is_led_waits_for_its_leader_to_ring_it() -> None:
    """
    A bell for both wakes the leader alone; a bell for the led one by itself wakes it.
    """
    leader, led = Round("first", lambda: None, poll_s=1, leads="second"), Round("second", lambda: None, poll_s=1)
    watch = Watch([leader, led])

    watch.ring(["second", "first", "another process's"])
    together = (leader.bell.is_set(), led.bell.is_set())
    watch.ring(["second"])

    assert (True, False) == together
    assert led.bell.is_set()
