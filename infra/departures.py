"""Sockets that have closed, forgotten together: a network that fails cuts thousands at one instant."""

from collections.abc import Callable, Collection
from typing import Any

import structlog

log = structlog.get_logger(__name__)

#: Forgotten in one transaction; whoever presses meanwhile waits for one such.
MOST_AT_ONCE = 500


class Departures:
    """
    Forgets what has closed, beside whoever closes it: they wait for no store, and a fault of it is not theirs.

    What could not be forgotten fades by itself, for nobody confirms it.
    """

    def __init__(self, forget: Callable[[Collection[str]], Any], spawn: Callable[[Callable[[], None]], Any]) -> None:
        """`forget` waits for the store; `spawn` starts work beside this one."""
        self._forget = forget
        self._spawn = spawn
        self._gone: list[str] = []
        self._is_forgetting = False

    def add(self, sid: str) -> None:
        """This one has closed."""
        self._gone.append(sid)
        if not self._is_forgetting:
            self._is_forgetting = True
            self._spawn(self._forget_all)

    def _forget_all(self) -> None:
        try:
            while self._gone:
                some, self._gone = self._gone[:MOST_AT_ONCE], self._gone[MOST_AT_ONCE:]
                self._forget_some(some)
        finally:
            self._is_forgetting = False

    def _forget_some(self, some: Collection[str]) -> None:
        try:
            self._forget(some)
        except Exception as fault:
            log.exception("departures.failed", sockets=len(some), fault=type(fault).__name__)
