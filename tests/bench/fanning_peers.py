"""Four servers that tell thousands at once, ours and three peers, each with handsets of its own."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infra.frame import frame_text
from infra.settings import Settings
from tests.bench.crowd import prepare
from tests.bench.http_line import Line, request
from tests.bench.listeners import SOURCES, Listeners, Told, compiled
from tests.bench.serving import ROOT, environment, free_port, until_ready

PEERS = SOURCES / "peers"
READY_S = 60.0
#: In such a time the rounds of ours have had their turn.
QUIET_S = 1.2

#: What everybody is told: as long as a warning is on the wire.
TOLD: dict[str, Any] = {
    "broadcast_id": "0b5e4d5c-6d0a-4b47-9f0e-9f2c3f0a7c11",
    "version": 1,
    "severity": "severe",
    "part": "alert",
    "title": "Fire at Beit",
    "body": "Leave Beit now by the nearest exit. Do not use the lifts. Go to Prince's Gardens and wait there.",
    "place": "Beit",
    "issued_at": "2026-11-22T14:00:17+00:00",
    "next_update_by": "2026-11-22T14:30:17+00:00",
    "end_condition": "The brigade says so",
    "ended": False,
}


@dataclass
class Fanned:
    """One broadcast to all of a server's handsets: milliseconds to the last, what its sending thread did for each."""

    last_ms: float
    middle_ms: float
    cpu_us: float


@dataclass
class Side:
    """
    One server and its handsets; `fire` makes it tell everybody and returns its clock just before.

    `again` does the same without what a server does of a broadcast beside telling it.
    """

    name: str
    pid: int
    port: int
    listeners: Listeners
    fire: Callable[[], int]
    again: Callable[[], int]

    def fan(self) -> Fanned:
        """One broadcast, once what the last one left to be written down is written."""
        time.sleep(QUIET_S)
        self.listeners.arm()
        before = cpu_s(self.pid)
        at = self.fire()
        told: Told = self.listeners.told()
        spent = cpu_s(self.pid) - before
        return Fanned((told.last - at) / 1e6, (told.middle - at) / 1e6, spent / told.number * 1e6)

    def fan_again(self) -> None:
        """Right behind the last."""
        self.listeners.arm()
        self.again()
        self.listeners.told()


class Campus:
    """All four, side by side on this machine."""

    def __init__(self, stack: ExitStack, folder: Path, *, handsets: int, pressing: int) -> None:
        self._stack, self._folder = stack, folder
        tokens = prepare(Settings(data_dir=folder / "data"), members=handsets + pressing)
        self.pressing = tokens[handsets:]
        self._tokens = folder / "tokens"
        self._tokens.write_text("\n".join(tokens[:handsets]), encoding="utf-8")
        self._program = compiled(SOURCES / "listeners.c", folder)
        self._words = folder / "told.json"
        self._words.write_text(json.dumps(TOLD), encoding="utf-8")
        self.ours = self._ours()
        self.raw = self._raw()
        self.stock = self._asked("stock", [sys.executable, str(PEERS / "stock.py")])
        self.node = self._asked("node", ["node", str(PEERS / "socket_io.mjs")])
        self.sides = (self.ours, self.raw, self.stock, self.node)

    def _ours(self) -> Side:
        port = free_port()
        words = [sys.executable, "-m", "tests.bench.fanning_server", str(self._folder / "data"), str(port)]
        process = self._started(words, port)
        until_ready(process, port, self._folder / f"{port}.log")
        air, hand = request("POST", "/bench/air", TOLD), request("POST", "/bench/hand", TOLD)
        return Side(
            "ours", process.pid, port, self._listeners(port), lambda: asked(port, air), lambda: asked(port, hand)
        )

    def _raw(self) -> Side:
        frame = self._folder / "frame"
        words = json.dumps(["broadcast", TOLD], separators=(",", ":"))
        frame.write_bytes(frame_text(f"42/handset,{words}".encode()))
        port = free_port()
        process = self._started(
            [str(compiled(PEERS / "raw_fan.c", self._folder)), str(port), str(frame)], port, talks=True
        )
        accepts(port)

        def fire() -> int:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(b"go\n")
            process.stdin.flush()
            return int(process.stdout.readline())

        return Side("raw C", process.pid, port, self._listeners(port, raw=True), fire, fire)

    def _asked(self, name: str, command: Sequence[str]) -> Side:
        port = free_port()
        process = self._started([*command, str(port), str(self._words)], port)
        accepts(port)
        ready = request("GET", "/go")

        def fire() -> int:
            return asked(port, ready)

        return Side(name, process.pid, port, self._listeners(port), fire, fire)

    def _started(self, command: Sequence[str], port: int, *, talks: bool = False) -> "subprocess.Popen[bytes]":
        log = self._stack.enter_context((self._folder / f"{port}.log").open("wb"))
        pipe = subprocess.PIPE if talks else None
        process = subprocess.Popen(
            command, cwd=ROOT, stdin=pipe or subprocess.DEVNULL, stdout=pipe or log, stderr=log, env=environment()
        )
        self._stack.enter_context(ended(process))
        return process

    def _listeners(self, port: int, *, raw: bool = False) -> Listeners:
        found = Listeners(self._program, port, self._tokens, raw=raw)
        self._stack.callback(found.close)
        return found


def asked(port: int, ready: bytes) -> int:
    """What the server answers: its clock."""
    line = Line(port)
    line.send(ready)
    answer = None
    while answer is None:
        answer = line.take()
    line.close()
    if answer.status != 200:
        raise RuntimeError(f"{answer.status} {answer.body[:300]!r}")
    return int(answer.body)


def accepts(port: int) -> None:
    """Wait until somebody listens there."""
    until = time.monotonic() + READY_S
    while True:
        try:
            Line(port).close()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            return


@contextmanager
def ended(process: "subprocess.Popen[bytes]") -> Iterator[None]:
    try:
        yield
    finally:
        process.kill()
        process.wait()


def cpu_s(pid: int) -> float:
    """Seconds that the thread which sends has been on a core; what others write down afterwards is not in it."""
    return int(Path(f"/proc/{pid}/task/{pid}/schedstat").read_text().split()[0]) / 1e9


def memory_kb(pid: int) -> int:
    """What it has to itself, and its share of what it has with others."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    raise RuntimeError("the kernel does not say")
