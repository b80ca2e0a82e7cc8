"""The canary's own process: is told what to do on standard input, and ends when that is closed."""

import json
import select
import time
from dataclasses import dataclass
from typing import Any, TextIO

import requests
import structlog

from infra import logs
from infra.canary.flight import Canary, Fallen, SignedOut

#: With this status its keeper gives it new tokens.
SIGNED_OUT = 3

#: The watcher outside has this long to take a call, and may not send us elsewhere.
CALL_PATIENCE_S = 5.0

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Order:
    """What a keeper tells: where to press, as whom, how often, and whom to call after every success."""

    url: str
    presser: str
    robot: str
    every_s: float
    position: dict[str, float] | None = None
    deadman_url: str | None = None
    log_level: str = "info"


def main(told: TextIO) -> int:
    """Press until the order's line is closed; the exit status."""
    line = told.readline()
    if not line:
        return 0
    words: dict[str, Any] = json.loads(line)
    order = Order(**words)
    logs.set_up(order.log_level, pretty=False)
    canary = Canary(order.url, presser=order.presser, robot=order.robot, position=order.position)
    try:
        return _press_on(canary, order, told)
    finally:
        canary.close()


def _press_on(canary: Canary, order: Order, told: TextIO) -> int:
    due = time.monotonic()
    while not _was_closed(told, due - time.monotonic()):
        # By the clock, not after a rest: a slow press does not make the next one late.
        due = max(due + order.every_s, time.monotonic())
        try:
            seconds = canary.press()
        except SignedOut:
            log.warning("canary.signed_out")
            return SIGNED_OUT
        except Fallen as fallen:
            log.warning("canary.fell", why=str(fallen))
        else:
            log.debug("canary.sang", seconds=round(seconds, 3))
            call(order.deadman_url)
    return 0


def call(url: str | None) -> None:
    """Tell the watcher outside that all is well: it alarms when this stops. A watcher that is away costs nothing."""
    if url is None:
        return
    try:
        requests.get(url, timeout=CALL_PATIENCE_S, allow_redirects=False, stream=True).close()
    except requests.RequestException as fault:
        log.warning("canary.call_failed", fault=type(fault).__name__)


def _was_closed(told: TextIO, within_s: float) -> bool:
    """Wait this long; True at once when the keeper has let go, or has died."""
    ready, _, _ = select.select([told], [], [], max(0.0, within_s))
    return bool(ready) and not told.readline()
