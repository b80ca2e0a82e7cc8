"""One wheel for all connections: who answers stays, who does not is closed, and it stands still when nobody is left."""

from types import SimpleNamespace
from typing import Any

import gevent

from infra.ping_wheel import AT_ONCE, PING, PingWheel


class Handset:
    """A connection that answers pings, or not."""

    closed = False
    last_ping: float | None = None
    server = SimpleNamespace(reason=SimpleNamespace(PING_TIMEOUT="ping timeout"))

    def __init__(self, wheel: PingWheel, *, answers: bool = True) -> None:
        self.wheel, self.answers = wheel, answers
        self.pings = 0
        self.ended_by: list[Any] = []
        self.websocket = SimpleNamespace(send_frame=self._take)
        wheel.take(self)

    def close(self, wait: bool, abort: bool, reason: str) -> None:
        self.closed = True
        self.ended_by.append(reason)

    def _take(self, frame: bytes) -> bool:
        assert frame == PING
        self.pings += 1
        if self.answers:
            gevent.spawn_later(0.001, self._answer)
        return True

    def _answer(self) -> None:
        if self.last_ping is not None:
            self.last_ping = None
            self.wheel.take(self)


def test_who_answers_is_pinged_again_and_who_does_not_is_closed():
    """
    Within interval and patience, and once.
    """
    wheel = PingWheel(0.02, 0.3)
    there = [Handset(wheel) for _ in range(3 * AT_ONCE)]
    gone = [Handset(wheel, answers=False) for _ in range(3)]

    with gevent.Timeout(10):
        while not all(one.closed for one in gone) or any(one.pings < 3 for one in there):
            gevent.sleep(0.01)

    assert [one.ended_by for one in gone] == [["ping timeout"]] * 3
    assert [one.pings for one in gone] == [1, 1, 1]
    assert not any(one.closed for one in there)


def test_the_wheel_stands_still_when_nobody_is_left_and_turns_again_for_the_next():
    """
    A connection that was closed meanwhile is not pinged.
    """
    wheel = PingWheel(0.01, 0.01)
    closed = Handset(wheel)
    closed.closed = True
    with gevent.Timeout(5):
        while wheel._turning:
            gevent.sleep(0.005)

    next_one = Handset(wheel)
    with gevent.Timeout(5):
        while not next_one.pings:
            gevent.sleep(0.005)

    assert closed.pings == 0
