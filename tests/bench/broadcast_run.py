"""`make broadcast-run`: a whole roster is warned, the server dies in the middle, and taps are pressed beside it."""

import argparse
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from uuid import UUID

from notifications.places import CROWD
from tests.bench import figures
from tests.bench.figures import Row, quantile
from tests.bench.listening import Apps
from tests.bench.reaching import Press
from tests.google import UNREGISTERED, Google
from tests.google_by_http2 import google_by_http2
from tests.roster_crowd import (
    DEAD,
    Crowd,
    audience_size,
    dead_targets_left,
    enrol_crowd,
    is_done,
    people_on_the_roll,
    people_told,
    standings_of,
    store_of,
    warn_everybody,
)
from tests.server import Server, running_server

FILE = Path("var/broadcast-run.json")

#: What Google takes to answer, and what the whole run may take.
ANSWER_MS, LONGEST_S = 60, 900.0

#: Promise of the speed table: a tap beside the broadcast, against the same without one.
PROMISED_RATIO = 5.0


class Run:
    """One run of it at this size."""

    def __init__(self, stack: ExitStack, folder: Path, *, people: int, phones: int, dead: int, sockets: int) -> None:
        self.stack, self.folder = stack, folder
        self.size = (people, phones, dead, sockets)
        self.until = time.monotonic() + LONGEST_S
        # By HTTP/2 and in a process of its own, so that it takes nothing from who presses.
        self.google = stack.enter_context(google_by_http2(folder / "google"))
        self.google.answers((DEAD, UNREGISTERED), latency_ms=ANSWER_MS)
        credentials = Google.account_in(folder, self.google.account)
        self.env = {
            "BLUELIGHT_FIREBASE_CREDENTIALS": str(credentials),
            "BLUELIGHT_FCM_ENDPOINT": self.google.endpoint,
            "REQUESTS_CA_BUNDLE": str(self.google.authority),
            "NO_PROXY": "127.0.0.1",
        }

    def rows(self) -> list[Row]:
        people, _, _, sockets = self.size
        server = self.stack.enter_context(running_server(self.folder / "data", env=self.env))
        crowd = self._enrol(server)
        apps = Apps(server.port, crowd.tokens)
        press = Press(self.stack, server.port)
        press.put_officers_on_duty()
        press.many(20)
        idle = press.many(150)
        say(f"idle: p50 {1000 * quantile(idle, 0.5):.1f} ms, p99 {1000 * quantile(idle, 0.99):.1f} ms")

        began = time.monotonic()
        broadcast_id = self._warn(server)
        busy: list[float] = []
        with store_of(server.data_dir) as database:
            while people_told(database, broadcast_id) < people * 0.6:
                busy += press.many(5)
                self._still_in_time()
        before_kill = self.pushed
        by_room_s = apps.last_at - began
        told_live, different = apps.told, apps.different
        server.kill()
        say(f"killed after {time.monotonic() - began:.1f} s, {before_kill} pushes and {len(busy)} taps")
        apps.close()
        server.start(env=self.env)
        again_at = time.monotonic()
        apps = Apps(server.port, crowd.tokens)
        self._wait_until_done(server, broadcast_id)
        took = time.monotonic() - began
        say(f"all of it after {took:.1f} s, {time.monotonic() - again_at:.1f} s of them after the restart")
        told_again = apps.told
        apps.close()
        return [
            *self._counted(server, broadcast_id),
            *self._pushed_once(crowd),
            Row(
                "connected apps, by one emit",
                f"{told_live} of {sockets} in {by_room_s:.2f} s",
                "all",
                told_live == sockets,
            ),
            Row("different payloads on them", str(different), "1", different == 1),
            Row("apps that came back, in force on connect", str(told_again), "all", told_again == sockets),
            Row("from the press to the last of them all", f"{took:.1f} s, with a death and a restart", "ends", True),
            self._beside(idle, busy),
        ]

    @property
    def pushed(self) -> int:
        return self.google.counts()["pushes"]

    def _enrol(self, server: Server) -> Crowd:
        people, phones, dead, sockets = self.size
        with store_of(server.data_dir) as database:
            # The demonstration's people are on the roster as well.
            return enrol_crowd(database, people - audience_size(database), phones=phones, dead=dead, signed_in=sockets)

    def _warn(self, server: Server) -> UUID:
        with store_of(server.data_dir) as database:
            return warn_everybody(database)

    def _wait_until_done(self, server: Server, broadcast_id: UUID) -> None:
        with store_of(server.data_dir) as database:
            while not is_done(database, broadcast_id):
                self._still_in_time()
                time.sleep(0.5)

    def _counted(self, server: Server, broadcast_id: UUID) -> list[Row]:
        with store_of(server.data_dir) as database:
            standings = standings_of(database, broadcast_id)
            everybody = audience_size(database)
            on_it, left = people_on_the_roll(database, broadcast_id), dead_targets_left(database)
        states = ", ".join(f"{number} {state.value}" for state, number in standings.items())
        return [
            Row(
                "people in exactly one state",
                f"{sum(standings.values())}: {states}",
                f"{everybody}",
                on_it == everybody,
            ),
            Row("dead targets left", str(left), "0", left == 0),
        ]

    def _pushed_once(self, crowd: Crowd) -> list[Row]:
        told = [(one.target, one.tag) for one in self.google.taken() if not one.dry]
        times, shown = Counter(target for target, _ in told), len(set(told))
        twice = sum(times.values()) - len(times)
        whole = set(times) == set(crowd.targets)
        return [
            Row("phones pushed to", str(len(times)), str(len(crowd.targets)), whole),
            Row("phones that show it twice", str(shown - len(times)), "0", shown == len(times)),
            Row("sent twice over, in doubt at the kill", str(twice), f"≤ {CROWD}", twice <= CROWD),
        ]

    def _beside(self, idle: list[float], busy: list[float]) -> Row:
        alone, beside = 1000 * quantile(idle, 0.99), 1000 * quantile(busy, 0.99)
        return Row(
            f"tap → officer's socket p99 while it goes out ({len(busy)} taps)",
            f"{beside:.1f} ms (p50 {1000 * quantile(busy, 0.5):.1f})",
            f"≤ {PROMISED_RATIO:.0f}x",
            beside / alone <= PROMISED_RATIO,
            f"{alone:.1f} ms idle (p50 {1000 * quantile(idle, 0.5):.1f})",
            f"{beside / alone:.1f}x",
        )

    def _still_in_time(self) -> None:
        if time.monotonic() > self.until:
            raise TimeoutError("the run takes too long")


def say(words: str) -> None:
    print(words, file=sys.stderr)


def main(people: int, phones: int, dead: int, sockets: int) -> int:
    """1 when a promise is not met."""
    with tempfile.TemporaryDirectory(prefix="bluelight-broadcast-") as folder, ExitStack() as stack:
        run = Run(stack, Path(folder), people=people, phones=phones, dead=dead, sockets=sockets)
        rows = run.rows()
    print(figures.table(rows))
    figures.keep(rows, FILE)
    return 0 if all(row.met for row in rows) else 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.bench.broadcast_run", description=__doc__)
    for name, number in (("people", 20_000), ("phones", 8_000), ("dead", 300), ("sockets", 500)):
        parser.add_argument(f"--{name}", type=int, default=number)
    asked = parser.parse_args()
    sys.exit(main(asked.people, asked.phones, asked.dead, asked.sockets))
