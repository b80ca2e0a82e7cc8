"""One wheel pings every connection and finds who no longer answers."""

import time
from collections import deque
from typing import Any, Protocol

import gevent

from infra.frame import frame_text

PING = frame_text(b"2")

#: A campus that came back all at once is pinged all at once: so many at a time, and then the others' turn.
AT_ONCE = 64


class Pinged(Protocol):
    """What the wheel asks of a connection; `last_ping` is None while no answer is owed."""

    last_ping: float | None
    closed: bool
    websocket: Any
    server: Any

    def close(self, wait: bool, abort: bool, reason: str) -> None: ...


class PingWheel:
    """
    Whoever is taken is pinged once, after the interval; who has not answered in time is closed.

    All wait equally long, so that whoever came first is due first: two queues
    and one greenlet stand in for two timers a connection.
    """

    def __init__(self, interval_s: float, patience_s: float) -> None:
        self._interval_s = interval_s
        self._patience_s = patience_s
        self._due: deque[tuple[float, Pinged]] = deque()
        self._asked: deque[tuple[float, Pinged]] = deque()
        self._turning = False

    def take(self, one: Pinged) -> None:
        self._due.append((time.monotonic() + self._interval_s, one))
        if not self._turning:
            self._turning = True
            gevent.spawn(self._turn)

    def _turn(self) -> None:
        try:
            while self._due or self._asked:
                now = time.monotonic()
                for _ in range(AT_ONCE):
                    if not self._step(now):
                        break
                first = min(queue[0][0] for queue in (self._due, self._asked) if queue) if self._is_on else now
                gevent.sleep(max(first - time.monotonic(), 0.001))
        finally:
            self._turning = False

    @property
    def _is_on(self) -> bool:
        return bool(self._due or self._asked)

    def _step(self, now: float) -> bool:
        if self._asked and self._asked[0][0] <= now:
            self._look_at(*self._asked.popleft())
            return True
        if self._due and self._due[0][0] <= now:
            self._ping(self._due.popleft()[1], now)
            return True
        return False

    def _ping(self, one: Pinged, now: float) -> None:
        if one.websocket is not None and not one.closed:
            one.last_ping = now
            self._asked.append((now + self._patience_s, one))
            one.websocket.send_frame(PING)

    def _look_at(self, by: float, one: Pinged) -> None:
        if one.last_ping is not None and one.last_ping <= by - self._patience_s and not one.closed:
            # Beside the wheel: what follows from an end is written to the store.
            gevent.spawn(one.close, wait=False, abort=False, reason=one.server.reason.PING_TIMEOUT)
