"""A backup under load, brought back elsewhere and started there; a backup that is killed."""

import re
import statistics
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.phone import LIBRARY, Phone, eventually
from tests.server import FORKS, Server, live, running_server, told_nothing

pytestmark = pytest.mark.faults

#: How much slower the slowest taps may be while a backup runs; absolute times wander on shared machines (seconds).
NOTICEABLE_S = 0.5


@dataclass
class Crowd:
    """Students who press, call off and press again, until told to stop; each press with its time and its answer."""

    server: Server
    size: int = 4
    pressed: list[tuple[float, float, str]] = field(default_factory=list)
    refused: list[Any] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def __enter__(self) -> "Crowd":
        for number in range(1, self.size + 1):
            phone = Phone(self.server, f"student{number}")
            self._threads.append(threading.Thread(target=self._press, args=(phone,)))
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(30)

    def seconds(self, begin: float, end: float) -> list[float]:
        """How long the answers took that came between these moments, the quickest first."""
        return sorted(took for at, took, _ in list(self.pressed) if begin <= at <= end)

    def _press(self, phone: Phone) -> None:
        while not self._stop.is_set():
            begun = time.monotonic()
            status, case = phone.taps("help")
            if status not in (200, 201):
                self.refused.append((status, case))
                return
            self.pressed.append((time.monotonic(), time.monotonic() - begun, case["id"]))
            phone.cancels(case["id"])
            time.sleep(0.05)


class Command:
    """`bluelight …` in a process of its own, from its first line on; forked, as importing it all takes seconds."""

    def __init__(self, folder: Path, *words: str | Path) -> None:
        self._written = folder / f"{words[2]}-{time.monotonic_ns()}.log"
        self._process = FORKS.Process(target=live, args=([str(word) for word in words], told_nothing(), self._written))
        self._process.start()

    def kill(self) -> None:
        self._process.kill()
        self._process.join(15)

    def ends(self) -> tuple[int | None, str]:
        """Its status, and what it said."""
        self._process.join(60)
        return self._process.exitcode, self._written.read_text()


def of(seconds: list[float]) -> str:
    p50, p99 = statistics.median(seconds), seconds[int(len(seconds) * 0.99)]
    return f"{len(seconds)} taps, p50 {p50 * 1000:.0f} ms, p99 {p99 * 1000:.0f} ms"


def figures(sentence: str, told: str) -> float:
    found = re.search(sentence + r" ([\d.]+) s", told)
    assert found, told
    return float(found[1])


@pytest.mark.timeout(120)
def test_a_backup_under_load_is_whole_and_goes_on_elsewhere(tmp_path: Path) -> None:
    """
    Every tap answered before it began is in it, no tap is refused meanwhile, RPO and RTO are told, and it serves.
    """
    shelf, elsewhere = tmp_path / "shelf", tmp_path / "elsewhere"
    with running_server(tmp_path / "here") as server:
        officer = Phone(server, "officer1")
        officer.goes_on_duty(at=LIBRARY)
        waiting = Phone(server, "student20")
        _, open_case = waiting.taps("emergency")
        with Crowd(server) as crowd:
            time.sleep(2)
            begun = time.monotonic()
            answered = {case_id for _, _, case_id in list(crowd.pressed)}
            status, told = Command(tmp_path, "--data", server.data_dir, "backup", shelf).ends()
            ended = time.monotonic()
        idle, busy = crowd.seconds(0, begun), crowd.seconds(begun, ended)
        tokens = server.tokens
    restored, told_then = Command(tmp_path, "--data", elsewhere, "restore", shelf).ends()

    assert (status, restored) == (0, 0), told + told_then
    assert "Proved" in told
    assert "Proved" in told_then
    assert figures("RPO", told) < ended - begun
    assert figures("RTO", told_then) > 0
    assert crowd.refused == []
    assert len(busy) > 5
    assert statistics.median(busy) < 3 * statistics.median(idle) + NOTICEABLE_S, (of(idle), of(busy))
    with running_server(elsewhere) as again:
        again.tokens.update(tokens)
        students = {name: Phone(again, name) for name in (f"student{number}" for number in range(1, 7))}
        found = {case["id"] for phone in students.values() for case in _cases(phone)}
        assert answered <= found
        assert Phone(again, "student20").case(open_case["id"])["state"] in ("raised", "offered")
        officer = Phone(again, "officer1")
        officer.connects()
        _, case = students["student1"].taps("emergency")
        officer.is_asked_about(case["id"])
        again.audit_stands()


@pytest.mark.timeout(120)
def test_a_killed_backup_leaves_nothing_that_looks_like_one(tmp_path: Path) -> None:
    """
    Whenever it dies; the next one is whole, and removes what was left.
    """
    shelf = tmp_path / "shelf"
    with running_server(tmp_path / "here") as server:
        killed = Command(tmp_path, "--data", server.data_dir, "backup", shelf)
        assert eventually(lambda: any(shelf.glob(".unfinished-*/bluelight.db")), within_s=30)
        killed.kill()
        finished = [one.name for one in shelf.iterdir() if not one.name.startswith(".")]
        left = [one.name for one in shelf.glob(".unfinished-*")]

        again, told = Command(tmp_path, "--data", server.data_dir, "backup", shelf).ends()

        assert finished == []
        assert len(left) == 1
        assert again == 0, told
        assert [one.name for one in shelf.iterdir() if one.name.startswith(".unfinished")] == []
        assert requests.get(f"{server.url}/readyz", timeout=5).ok


def _cases(phone: Phone) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    cursor = ""
    while True:
        page = phone.asks("GET", f"/v1/incidents?limit=100{cursor}").body
        found += page["items"]
        if page["next_cursor"] is None:
            return found
        cursor = f"&cursor={page['next_cursor']}"
