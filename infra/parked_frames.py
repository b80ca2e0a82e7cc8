"""What a client had no room for: drained in order by one greenlet, up to a bound of memory and of time."""

from collections import deque
from collections.abc import Callable
from typing import Any

import gevent


class ParkedFrames:
    """Frames that wait for one client; `over` is told once none does, or why they never will be read."""

    # A handset that stops reading costs this much memory and this much time, and then only itself.
    bytes_max = 1 << 20
    frames_max = 1_000
    seconds = 45.0

    def __init__(self, socket: Any, over: Callable[["ParkedFrames", OSError | None], None]) -> None:
        """`socket.send` waits, in this one's greenlet, for room."""
        self._socket = socket
        self._over = over
        self._frames: deque[memoryview] = deque()
        self.size = 0
        self._drainer = gevent.spawn(self._drain)

    def add(self, rest: bytes) -> bool:
        """False: that was one too many."""
        self._frames.append(memoryview(rest))
        self.size += len(rest)
        return self.size <= self.bytes_max and len(self._frames) <= self.frames_max

    def clear(self) -> None:
        self._frames.clear()

    def wait(self) -> None:
        """Until all are out, or none will be."""
        self._drainer.join()

    def kill(self) -> None:
        self._drainer.kill()

    def _drain(self) -> None:
        fault: OSError | None = None
        try:
            with gevent.Timeout(self.seconds, TimeoutError):
                while self._frames:
                    sent = self._socket.send(self._frames[0])
                    if not self._frames:
                        break  # let go of while we waited
                    self.size -= sent
                    rest = self._frames.popleft()[sent:]
                    if rest:
                        self._frames.appendleft(rest)
        except OSError as raised:
            fault = raised
        finally:
            self._over(self, fault)
