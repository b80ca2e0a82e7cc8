"""A wrong receipt and an empty mailbox: same status, same size, and times that cannot be told apart."""

import http.client
import json
import random
import time
from collections.abc import Callable
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


def compare(folder: Path, tries: int) -> None:
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
        seen = set()
        for name in ("empty", *order):
            status, content, seconds = line.timed("POST", "/v1/concerns/mailbox", {"receipt": kinds[name]()})
            seen.add((status, len(content)))
            times[name].append(seconds)

        assert 1 == len(seen)
        assert {200} == {status for status, _ in seen}
        chances = {name: chance(times["empty"][1:], times[name]) for name in NOBODYS}
        assert all(one > UNLIKELY for one in chances.values()), chances
        # What was compared did wait for the tick: a computer that answers at once would have nothing to hide behind.
        assert min(min(one) for one in times.values()) >= 0.09


def test_a_wrong_receipt_takes_as_long_as_an_empty_mailbox(tmp_path: Path) -> None:
    """
    Eighty tries, as every run makes them.
    """
    compare(tmp_path, 80)


@pytest.mark.long
@pytest.mark.timeout(600)
def test_a_thousand_tries_tell_nothing(tmp_path: Path) -> None:
    """
    Of a mailbox without replies and three receipts that are nobody's.
    """
    compare(tmp_path, 1000)
