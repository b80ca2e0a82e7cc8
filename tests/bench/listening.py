"""Hundreds of open apps: each says which versions of a broadcast it was shown, and how often."""

import select
import threading
import time
from collections import Counter
from typing import Any

from tests.bench.handset import NAMESPACE, Handset

EVENT = b'["broadcast",'


class App(Handset):
    """One connected app; `shown` counts the versions it was put."""

    def __init__(self, port: int, token: str) -> None:
        self.shown: Counter[bytes] = Counter()
        super().__init__(port, token)

    def take(self) -> list[dict[str, Any]]:
        self._read()
        self._texts()
        return []

    def _texts(self, *, raw: bool = False) -> list[bytes]:
        found = super()._texts(raw=raw)
        # What is in force may come in one breath with the answer to CONNECT.
        for words in found:
            event = words.removeprefix(b"42" + NAMESPACE)
            if event.startswith(EVENT):
                self.shown[event] += 1
        return found


class Apps:
    """All of them, read by one thread until it is told to end."""

    def __init__(self, port: int, tokens: tuple[str, ...]) -> None:
        self.apps = [App(port, token) for token in tokens]
        self.last_at = 0.0
        self._ended = threading.Event()
        self._reader = threading.Thread(target=self._listen, daemon=True)
        self._reader.start()

    @property
    def told(self) -> int:
        """How many have been shown something."""
        return sum(bool(app.shown) for app in self.apps)

    @property
    def different(self) -> int:
        """How many different payloads they were shown: the same bytes for everybody are one."""
        return len({words for app in self.apps for words in app.shown})

    def close(self) -> None:
        self._ended.set()
        self._reader.join(10)
        for app in self.apps:
            app.socket.close()

    def _listen(self) -> None:
        standing = list(self.apps)
        poll = select.poll()
        by_number = {app.fileno(): app for app in standing}
        for number in by_number:
            poll.register(number, select.POLLIN)
        while by_number and not self._ended.is_set():
            for number, _ in poll.poll(200):
                app = by_number[number]
                before = sum(app.shown.values())
                try:
                    app.take()
                except OSError:
                    # A server that was killed hangs up on everybody.
                    poll.unregister(number)
                    del by_number[number]
                    continue
                if sum(app.shown.values()) > before:
                    self.last_at = time.monotonic()
