"""A wrong receipt and an empty mailbox: same status, same size, and times that cannot be told apart."""

import http.client
import json
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from backend.concerns.receipt import new_receipt
from backend.kernel.threads import PlainThreads
from infra.settings import Settings
from infra.wiring import open_database
from tests.distributions import chance
from tests.reporter import Json, Reporter, appoint
from tests.server import Server, running_server

#: Told apart is what happens by chance once in ten thousand runs.
UNLIKELY = 1e-4

#: Each a receipt that somebody might send.
NOBODYS: dict[str, Callable[[], str]] = {
    "wrong": new_receipt,
    "malformed": lambda: "correct horse battery staple",
    "long": lambda: "abandon " * 500,
}


class Line:
    """One connection that is kept, so that a request is all that is timed."""

    def __init__(self, server: Server) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        server.clients.append(self)

    def close(self) -> None:
        self._connection.close()

    def call(self, method: str, path: str, body: Json | None) -> tuple[int, Json]:
        status, content, _ = self.timed(method, path, body)
        return status, json.loads(content)

    def timed(self, method: str, path: str, body: Json | None) -> tuple[int, bytes, float]:
        written = json.dumps(body).encode() if body is not None else None
        began = time.perf_counter()
        self._connection.request(method, path, written, {"Content-Type": "application/json"})
        answer = self._connection.getresponse()
        content = answer.read()
        return answer.status, content, time.perf_counter() - began


@dataclass(frozen=True)
class Compared:
    """Which statuses and sizes were answered, and how many seconds each kind of receipt took."""

    answers: set[tuple[int, int]]
    times: dict[str, list[float]]

    @property
    def told_apart(self) -> dict[str, float]:
        """Those whose times cannot be an empty mailbox's, with the chance that they are."""
        chances = {name: chance(self.times["empty"], self.times[name]) for name in NOBODYS}
        return {name: one for name, one in chances.items() if one < UNLIKELY}

    @property
    def shortest(self) -> float:
        return min(min(one) for one in self.times.values())


def compare(folder: Path, tries: int) -> Compared:
    """So many tries, in any order: a mailbox without replies, and each that is nobody's."""
    data = folder / "data"
    data.mkdir()
    database = open_database(Settings(data_dir=data), PlainThreads(), lambda _: None)
    appoint(database, "Dr Amber", "Dr Birch")
    database.close()
    with running_server(data, demo=False) as server:
        line = Line(server)
        receipt = Reporter(line.call).lodges("Telltale words")
        kinds: dict[str, Callable[[], str]] = {"empty": lambda: receipt, **NOBODYS}
        order = [name for name in kinds for _ in range(tries // len(kinds))]
        random.Random(7).shuffle(order)
        times: dict[str, list[float]] = {name: [] for name in kinds}
        seen: set[tuple[int, int]] = set()
        line.timed("POST", "/v1/concerns/mailbox", {"receipt": receipt})
        for name in order:
            status, content, seconds = line.timed("POST", "/v1/concerns/mailbox", {"receipt": kinds[name]()})
            seen.add((status, len(content)))
            times[name].append(seconds)

        return Compared(seen, times)


def test_a_wrong_receipt_takes_as_long_as_an_empty_mailbox(tmp_path: Path) -> None:
    """
    Eighty tries, as every run makes them.
    """
    found = compare(tmp_path, 80)

    assert [200] == [status for status, _ in found.answers]
    assert {} == found.told_apart
    # What was compared did wait for the tick: what answers at once has nothing to hide behind.
    assert found.shortest >= 0.09


@pytest.mark.long
@pytest.mark.timeout(600)
def test_a_thousand_tries_tell_nothing(tmp_path: Path) -> None:
    """
    Of a mailbox without replies and three receipts that are nobody's.
    """
    found = compare(tmp_path, 1000)

    assert [200] == [status for status, _ in found.answers]
    assert {} == found.told_apart
    # What was compared did wait for the tick: what answers at once has nothing to hide behind.
    assert found.shortest >= 0.09
