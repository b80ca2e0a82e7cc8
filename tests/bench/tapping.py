"""Press: one tap made ready as bytes, and many clients who press as fast as they are answered."""

import selectors
import time
from collections import deque
from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import uuid4

from tests.bench.http_line import Line, request

#: On the Sherfield Building's doorstep, as the journeys have it.
SHERFIELD = {"latitude": 51.4985, "longitude": -0.1770, "accuracy_m": 8.0, "source": "gps"}


class Flood(NamedTuple):
    """What many clients got: taps answered a second, and seconds from press to answer."""

    rate: float
    waits: list[float]


def tap_body() -> dict[str, Any]:
    """An emergency, here and now."""
    return {"tap_id": str(uuid4()), "kind": "emergency", "position": SHERFIELD, "trigger": "button"}


def tap(token: str) -> bytes:
    """The request that brings it."""
    return request("POST", "/v1/taps", tap_body(), token)


def flood(port: int, tokens: Iterable[str], *, clients: int, seconds: float, warm_up_s: float = 0.5) -> Flood:
    """
    Everybody of `tokens` presses once, `clients` of them at a time, until the time is up.

    Every tap must be answered 201: raises RuntimeError for the first that is not.
    """
    waiting = deque(tap(token) for token in tokens)
    pressed: dict[Line, float] = {}
    waits: list[float] = []
    with selectors.DefaultSelector() as selector:
        lines = [Line(port) for _ in range(clients)]
        began = time.perf_counter() + warm_up_s
        for line in lines:
            selector.register(line, selectors.EVENT_READ)
            pressed[line] = time.perf_counter()
            line.send(waiting.popleft())
        now = ended = time.perf_counter()
        while now < began + seconds and waiting:
            ready = selector.select(10)
            if not ready:
                raise RuntimeError("nobody was answered for ten seconds")
            for key, _ in ready:
                line = key.fileobj  # type: ignore[assignment]
                answer = line.take()
                if answer is None:
                    continue
                now = time.perf_counter()
                if answer.status != 201:
                    raise RuntimeError(f"a tap was answered {answer.status}: {answer.body[:300]!r}")
                if now > began:
                    waits.append(now - pressed[line])
                    ended = now
                if not waiting:
                    break
                pressed[line] = now
                line.send(waiting.popleft())
        for line in lines:
            line.close()
    return Flood(len(waits) / (ended - began), waits)
