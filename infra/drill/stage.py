"""The stage: scripts that wait far longer than they act, played by a few threads however many there are."""

import heapq
import itertools
import threading
import time
from collections.abc import Generator

#: Enough for the requests that are under way at once; players are many more.
ACTORS = 24

#: What a script does, and in between how many seconds it waits.
Script = Generator[float, None, None]


class Stage:
    """
    Begin scripts on it from any thread; each is played by one actor at a time.

    `is_open` until somebody closes it: scripts that begin anew should not then.
    """

    def __init__(self, actors: int = ACTORS) -> None:
        self.is_open = True
        self.faults: list[BaseException] = []
        self._waiting: list[tuple[float, int, Script]] = []
        self._numbers = itertools.count()
        self._playing = 0
        self._over = False
        self._change = threading.Condition()
        self._actors = [threading.Thread(target=self._act, daemon=True) for _ in range(actors)]
        for actor in self._actors:
            actor.start()

    def begin(self, script: Script, after_s: float = 0.0) -> None:
        with self._change:
            heapq.heappush(self._waiting, (time.monotonic() + after_s, next(self._numbers), script))
            self._change.notify()

    def empties(self, within_s: float) -> bool:
        """Wait until every script has come to its end; whether they did in time."""
        with self._change:
            return self._change.wait_for(lambda: not self._waiting and not self._playing, within_s)

    def end(self) -> None:
        """Whatever is still waiting never goes on."""
        with self._change:
            self._over = True
            self._change.notify_all()
        for actor in self._actors:
            actor.join(5)

    def _act(self) -> None:
        while (script := self._next()) is not None:
            wait = None
            try:
                wait = next(script, None)
            except Exception as fault:  # noqa: BLE001 - one player who stumbles must not stop the day, and is told of
                self.faults.append(fault)
            with self._change:
                self._playing -= 1
                if wait is not None:
                    heapq.heappush(self._waiting, (time.monotonic() + wait, next(self._numbers), script))
                self._change.notify_all()

    def _next(self) -> Script | None:
        with self._change:
            while not self._over:
                wait = self._waiting[0][0] - time.monotonic() if self._waiting else None
                if wait is not None and wait <= 0:
                    self._playing += 1
                    return heapq.heappop(self._waiting)[2]
                self._change.wait(wait)
            return None
