"""Sockets that have closed, forgotten together: a network that fails cuts thousands at one instant."""

from collections.abc import Callable, Collection

#: Forgotten in one transaction; whoever presses meanwhile waits for one such.
MOST_TOGETHER = 500


class Departures:
    """
    Whoever closes while others are being forgotten is forgotten with the next of them.

    `forget` waits for the store. One that fails has lost its own: a socket that nobody confirms fades by itself.
    """

    def __init__(self, forget: Callable[[Collection[str]], None]) -> None:
        self._forget = forget
        self._gone: list[str] = []
        self._is_forgetting = False

    def add(self, sid: str) -> None:
        """This one has closed. Returns when it is forgotten, or at once when somebody is at it who takes it along."""
        self._gone.append(sid)
        if self._is_forgetting:
            return
        self._is_forgetting = True
        try:
            while self._gone:
                some, self._gone = self._gone[:MOST_TOGETHER], self._gone[MOST_TOGETHER:]
                self._forget(some)
        finally:
            self._is_forgetting = False
