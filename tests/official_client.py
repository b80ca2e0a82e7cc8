"""Socket.IO's own JavaScript client, in a Node process of its own: what it tells, and what it is to say."""

import json
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NODE = Path(__file__).parent / "node"

Told = dict[str, Any]


class ClientMissing(Exception):
    """Node or the client is not installed; the sentence says what to do."""


class OfficialClient:
    """`told` grows by every line it writes, from a thread of its own."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._news = threading.Condition()
        self.told: list[Told] = []
        threading.Thread(target=self._read, daemon=True).start()

    def says(self, namespace: str, event: str, body: Any) -> Any:
        """Emit it, and wait for its acknowledgement."""
        before = len(self.told)
        self._write({"namespace": namespace, "emit": event, "body": body})
        return self.waits_for(lambda told: told.get("acknowledged") == event, after=before)["answer"]

    def messages(self, namespace: str) -> list[Told]:
        """What came of the stream, in the order in which it came."""
        return [one["args"][0] for one in self.events(namespace) if one["event"] == "message"]

    def events(self, namespace: str) -> list[Told]:
        return [one for one in list(self.told) if one["namespace"] == namespace and "event" in one]

    def count(self, what: str) -> int:
        """How many lines told of it: `connect`, `disconnect`, `refused`."""
        return sum(what in one for one in list(self.told))

    def waits_for(self, wanted: Callable[[Told], bool], *, after: int = 0, within_s: float = 20) -> Told:
        """The first line that is wanted, from this one on."""
        until = time.monotonic() + within_s
        with self._news:
            while True:
                for told in self.told[after:]:
                    if wanted(told):
                        return told
                after = len(self.told)
                left = until - time.monotonic()
                if left <= 0 or not self._news.wait(left):
                    raise AssertionError(f"it was not told in {within_s} s; the last: {self.told[-5:]}")

    def leaves(self) -> None:
        """Disconnect in good order; the process ends by itself then."""
        self._write({"leave": True})
        assert self._process.wait(10) == 0

    def _write(self, words: Told) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(words) + "\n")
        self._process.stdin.flush()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            with self._news:
                self.told.append(json.loads(line))
                self._news.notify_all()


@contextmanager
def official_client(url: str, token: str, *namespaces: str) -> Iterator[OfficialClient]:
    """One that connects to these namespaces over one connection; ended by its pid. Raises ClientMissing."""
    node = shutil.which("node")
    if node is None or not (NODE / "node_modules" / "socket.io-client").is_dir():
        raise ClientMissing("Socket.IO's own client is not installed: sh infra/deploy/test_needs.sh")
    command = [node, str(NODE / "handset.js"), url, token, *namespaces]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield OfficialClient(process)
    finally:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()
