"""`make soak`: half an hour of an ordinary day on the real server, and whether anything grows that should not."""

import argparse
import random
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import requests

from tests.bench import figures, soak_figures
from tests.bench.soak_figures import Sample, Wait
from tests.faults.raw_sockets import RawSocket
from tests.phone import LIBRARY, Phone, eventually
from tests.reporter import Reporter
from tests.server import Server, running_server

FILE = Path("var/soak.json")

SAMPLED_EVERY_S = 3.0

TEMPLATE: dict[str, Any] = {"template": "evacuate", "place": "sherfield", "audience": {"zones": ["sherfield"]}}

#: Who is asked; each of them has a socket open all the time.
OFFICERS = tuple(f"officer{number}" for number in range(1, 5))


class Day:
    """What everybody does, again and again until it is over; each thing that is waited for is written down."""

    def __init__(self, server: Server, chance: random.Random) -> None:
        self.server = server
        self.chance = chance
        self.began = time.monotonic()
        self.over = threading.Event()
        self.waits: list[Wait] = []
        self.officers = [Phone(server, name) for name in OFFICERS]
        self.controller = Phone(server, "controller1", face="console")
        self._seq = 0

    def begin(self) -> None:
        for officer in self.officers:
            officer.goes_on_duty()
            officer.connects()
        self.controller.connects()

    def calls(self, name: str) -> None:
        """A call for help from the press to its end."""
        caller = Phone(self.server, name)
        with self._timed("tap answered"):
            status, case = caller.taps("help")
            assert status == 201, case
        with self._timed("press to the officer's offer"):
            officer, offer_id = self._asked(case["id"])
        with self._timed("yes answered"):
            assert officer.accepts(offer_id).status == 200
        self.controller.asks("GET", f"/console/api/incidents/{case['id']}")
        caller.says(case["id"], "I am on the third floor.")
        for move in ("en_route", "on_scene", "resolved"):
            assert officer.moves(case["id"], move).status == 200
        assert eventually(lambda: caller.case(case["id"])["state"] == "resolved")
        self.server.clients.remove(caller)

    def comes_and_goes(self, name: str) -> None:
        """A phone that connects, and leaves, or is gone, or never says what it wants."""
        how = self.chance.choice(("leaves", "is cut", "says nothing", "breaks the rules"))
        if how in ("leaves", "is cut"):
            phone = Phone(self.server, name)
            with self._timed("socket opened"):
                phone.connects()
            phone.close() if how == "leaves" else phone.cut()
            self.server.clients.remove(phone)
            return
        with RawSocket(self.server.port) as raw:
            raw.text()
            if how == "breaks the rules":
                raw.send(b"42{")
                raw.closing_code()

    def moves(self) -> None:
        """Officers walk; the consoles are told where they are."""
        for officer in self.officers:
            self._seq += 1
            at = (LIBRARY[0] + self.chance.uniform(0, 1e-4), LIBRARY[1])
            with self._timed("position taken"):
                assert officer.is_at(at, seq=self._seq) is not None

    def warns(self) -> None:
        """A template that goes out, is answered, and is cleared."""
        made = self.controller.asks("POST", "/console/api/broadcasts", TEMPLATE)
        assert made.status == 201, made
        with self._timed("broadcast issued"):
            out = self.controller.asks("POST", f"/console/api/broadcasts/{made.body['id']}/issue")
        assert out.status == 200, out
        assert self.officers[0].asks("GET", "/v1/broadcasts").status == 200
        cleared = self.controller.asks("POST", f"/console/api/broadcasts/{made.body['id']}/clear", {})
        assert cleared.status == 200, cleared

    def confides(self) -> None:
        """A concern that is lodged, and its mailbox read."""

        def call(method: str, path: str, body: Any) -> tuple[int, Any]:
            answer = requests.request(method, self.server.url + path, json=body, timeout=20)
            return answer.status_code, answer.json()

        reporter = Reporter(call)
        with self._timed("concern lodged"):
            receipt = reporter.lodges("I am worried about somebody.")
        reporter.reads(receipt)

    def _asked(self, incident_id: str) -> tuple[Phone, str]:
        found: list[tuple[Phone, str]] = []

        def is_asked() -> bool:
            found.extend(
                (officer, message["data"]["offer_id"])
                for officer in self.officers
                for message in officer.messages[-40:]
                if message["type"] == "offer" and message["data"].get("incident_id") == incident_id
            )
            return bool(found)

        assert eventually(is_asked, within_s=20)
        return found[0]

    @contextmanager
    def _timed(self, kind: str) -> Iterator[None]:
        at = time.monotonic()
        try:
            yield
        except BaseException:
            self.waits.append(Wait(at - self.began, kind, None))
            raise
        self.waits.append(Wait(at - self.began, kind, time.monotonic() - at))

    def keeps_on(self, what: Callable[[], None], *, every_s: float) -> threading.Thread:
        """Again and again, about so often; what fails is told, counted, and does not end the day."""

        def again() -> None:
            while not self.over.wait(self.chance.uniform(0.5, 1.5) * every_s):
                try:
                    what()
                except (AssertionError, OSError, LookupError) as fault:
                    print(
                        f"{time.monotonic() - self.began:.0f} s: {type(fault).__name__} {fault}"[:300], file=sys.stderr
                    )

        thread = threading.Thread(target=again)
        thread.start()
        return thread


def soak(server: Server, seconds: float, chance: random.Random) -> tuple[list[Sample], list[Wait]]:
    """The day on this server, and what it looked like meanwhile."""
    day = Day(server, chance)
    day.begin()
    callers = [f"student{number}" for number in range(1, 7)]
    comers = [f"student{number}" for number in range(7, 21)]
    turns = iter(range(1 << 30))
    threads = [
        *(day.keeps_on(partial(day.calls, name), every_s=3) for name in callers),
        *(day.keeps_on(lambda: day.comes_and_goes(comers[next(turns) % len(comers)]), every_s=0.5) for _ in range(2)),
        day.keeps_on(day.moves, every_s=1),
        day.keeps_on(day.warns, every_s=20),
        day.keeps_on(day.confides, every_s=10),
    ]
    samples = []
    try:
        while time.monotonic() - day.began < seconds:
            time.sleep(SAMPLED_EVERY_S)
            samples.append(soak_figures.look(server.pid, server.url, day.began))
            if len(samples) % 20 == 0:
                last = samples[-1]
                told = f"{last.memory:.1f} MB, {last.descriptors} descriptors, {last.threads} threads"
                print(f"{last.at / 60:.1f} min: {told}, {len(day.waits)} waits", file=sys.stderr)
    finally:
        day.over.set()
        for thread in threads:
            thread.join(60)
    return samples, day.waits


def main(minutes: float, seed: int) -> int:
    """1 when something grows."""
    with (
        tempfile.TemporaryDirectory(prefix="bluelight-soak-") as folder,
        running_server(Path(folder) / "data") as server,
    ):
        samples, waits = soak(server, minutes * 60, random.Random(seed))
        written = server.written()
    rows = soak_figures.judge(samples, waits)
    print(figures.table(rows))
    figures.keep(rows, FILE)
    if "unhandled.error" in written:
        print(written[-4000:], file=sys.stderr)
    return 0 if all(row.met for row in rows) else 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.bench.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    sys.exit(main(asked.minutes, asked.seed))
