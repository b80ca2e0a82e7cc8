"""Redis away, frozen and back: nobody who says anything waits, and it is found out within two seconds."""

import os
import signal
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree

import pytest

from infra.redis_line import MOST_WAITING, PATIENCE_S, PING_S, RedisLine
from infra.scaled.stores import RedisServer
from tests.phone import eventually

#: By when a connection that is established and dead is found out; the rest is this machine's.
FOUND_OUT_S = PATIENCE_S + PING_S + 2.5


class Listener:
    """One end of a line, and what it heard."""

    def __init__(self, url: str) -> None:
        self.heard: list[bytes] = []
        self.joined = 0
        self.line = RedisLine(url, "test", hear=self.heard.append, joined=self._join)
        self.line.start()

    def is_up(self) -> bool:
        return self.line.speaks and self.line.hears

    def is_down(self) -> bool:
        return not self.line.speaks and not self.line.hears

    def _join(self) -> None:
        self.joined += 1


@pytest.fixture
def redis() -> Iterator[RedisServer]:
    """A server of this test's own, on a socket in a folder that goes with it."""
    folder = Path(tempfile.mkdtemp(prefix="bluelight-"))
    server = RedisServer(folder, folder)
    server.begin()
    yield server
    server.end()
    rmtree(folder)


@pytest.fixture
def listener(redis: RedisServer) -> Iterator[Listener]:
    """Connected."""
    found = Listener(redis.url)
    assert eventually(found.is_up)
    yield found
    found.line.stop()


def test_what_one_says_another_hears_in_its_order(redis: RedisServer, listener: Listener) -> None:
    """
    And whoever says it hears it as well; to leave out its own is the listener's affair.
    """
    other = Listener(redis.url)
    assert eventually(other.is_up)
    told = [str(number).encode() for number in range(500)]

    for one in told:
        listener.line.say(one)

    assert eventually(lambda: len(other.heard) == len(listener.heard) == len(told))
    assert told == other.heard == listener.heard
    other.line.stop()


def test_a_frozen_redis_is_found_out_and_holds_nobody_up(redis: RedisServer, listener: Listener) -> None:
    """
    Established and silent: to say something takes no time, what is too much is dropped, and it is heard again at once.
    """
    os.kill(redis.pid, signal.SIGSTOP)
    began = time.perf_counter()
    for _ in range(MOST_WAITING + 100):
        listener.line.say(b"lost")
    took = time.perf_counter() - began

    assert eventually(listener.is_down, within_s=FOUND_OUT_S)
    assert took < PATIENCE_S / 2
    assert listener.line.dropped
    os.kill(redis.pid, signal.SIGCONT)
    assert eventually(listener.is_up, within_s=5)
    assert 2 <= listener.joined


def test_a_redis_that_is_killed_and_comes_back_empty_is_heard_again(redis: RedisServer, listener: Listener) -> None:
    """
    What was said meanwhile is not told late: the polls have been round.
    """
    redis.kill()
    assert eventually(listener.is_down, within_s=FOUND_OUT_S)
    listener.line.say(b"while it was away")
    time.sleep(2.1)
    redis.begin()
    assert eventually(listener.is_up, within_s=5)

    listener.line.say(b"since")

    assert eventually(lambda: listener.heard != [])
    assert [b"since"] == listener.heard
