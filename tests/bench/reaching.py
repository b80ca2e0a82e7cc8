"""From the press to the officer's socket, one tap at a time, beside the same path with nothing kept."""

import selectors
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from infra.demo import DOMAIN, PASSWORD
from tests.bench import serving
from tests.bench.figures import Row, quantile, spread
from tests.bench.handset import Handset, listen
from tests.bench.http_line import Line
from tests.bench.tapping import tap

OFFICERS = 4
#: As many as the demonstration's policy asks first.
ASKED = 3
STUDENTS = 20
QUIET_S = 0.04
#: Few enough that the other server's pings, every 25 s, are answered in time.
IN_TURN = 10
PROMISED_MS = 15.0
PROMISED_RATIO = 4.0


def measure(runs: int, taps: int) -> list[Row]:
    """Both servers stand side by side and are pressed in turns."""
    with tempfile.TemporaryDirectory(prefix="bluelight-bench-") as folder, ExitStack() as stack:
        ours = Press(stack, stack.enter_context(serving.bluelight(Path(folder, "data"))))
        ours.put_officers_on_duty()
        floor = Press(stack, stack.enter_context(serving.no_store(Path(folder))), keeps=False)
        for one in (ours, floor):
            one.many(20)
        found = [[one.many(IN_TURN) for one in (ours, floor)] for _ in range(runs * taps // IN_TURN)]
    own, bare = (in_runs([turn[side] for turn in found], runs) for side in (0, 1))
    p50, floor_p50 = middle(own, 0.5), middle(bare, 0.5)
    figure = f"p50 {p50:.1f}, p95 {middle(own, 0.95):.1f}, p99 {middle(own, 0.99):.1f} ms"
    noise = spread([quantile(times, 0.5) for times in own])
    name = "tap → officer's socket, idle, embedded"
    return [
        Row(name, f"{figure} ({noise})", f"p50 < {PROMISED_MS:.0f} ms", p50 < PROMISED_MS),
        Row(
            f"{name}: of no database",
            f"{p50:.1f} ms",
            f"≤ {PROMISED_RATIO:.0f}x",
            p50 / floor_p50 <= PROMISED_RATIO,
            f"{floor_p50:.2f} ms",
            f"{p50 / floor_p50:.1f}x",
        ),
    ]


def in_runs(turns: list[list[float]], runs: int) -> list[list[float]]:
    """The turns put together to as many runs, the first turns in the first run."""
    each = len(turns) // runs
    return [[took for turn in turns[run * each : (run + 1) * each] for took in turn] for run in range(runs)]


def middle(runs: list[list[float]], share: float) -> float:
    """The middle one of the runs' own quantiles, in milliseconds."""
    return 1000 * quantile([quantile(times, share) for times in runs], 0.5)


class Press:
    """
    Four officers connected to one server, and students who press one after the other.

    `keeps` is False for the peer, which knows nobody and has no case to call off.
    The handsets may be connected to another process of the same service.
    """

    def __init__(self, stack: ExitStack, port: int, *, handsets: int | None = None, keeps: bool = True) -> None:
        self._line = Line(port)
        stack.callback(self._line.close)
        self._signed_in: dict[str, str] = {}
        self._pressed = 0
        self._keeps = keeps
        for k in range(1, STUDENTS + 1):
            self._token(f"student{k}")
        there = handsets or port
        names = [f"officer{k}" for k in range(1, OFFICERS + 1)]
        self.handsets = [stack.enter_context(Handset(there, self._token(name))) for name in names]
        self._selector = stack.enter_context(selectors.DefaultSelector())
        self._selector.register(self._line, selectors.EVENT_READ)
        for handset in self.handsets:
            self._selector.register(handset, selectors.EVENT_READ)

    def put_officers_on_duty(self) -> None:
        for k in range(1, OFFICERS + 1):
            where = {"latitude": 51.4982 + k / 10_000, "longitude": -0.1784, "accuracy_m": 5.0}
            body = {"state": "on_patrol", "position": where}
            self._line.ask("PUT", "/v1/duty", body, self._token(f"officer{k}"))
        listen(self.handsets, quiet_s=0.5)

    def many(self, taps: int) -> list[float]:
        """Seconds from each press to the last of the officers who are asked."""
        listen(self.handsets, quiet_s=QUIET_S)
        return [self._one() for _ in range(taps)]

    def _one(self) -> float:
        self._pressed += 1
        token = self._token(f"student{1 + self._pressed % STUDENTS}")
        took, case = self._press(tap(token))
        if self._keeps:
            self._line.ask("POST", f"/v1/incidents/{case}/cancel", {}, token)
        listen(self.handsets, quiet_s=QUIET_S)
        return took

    def _press(self, ready: bytes) -> tuple[float, str]:
        rung, case, at = 0, None, 0.0
        began = time.perf_counter()
        self._line.send(ready)
        while rung < ASKED or case is None:
            came = self._selector.select(5)
            now = time.perf_counter()
            if not came:
                raise RuntimeError(f"{rung} of {ASKED} officers were asked within five seconds")
            for key, _ in came:
                if key.fileobj is self._line:
                    answer = self._line.take()
                    case = answer.json()["id"] if answer else None
                    continue
                offers = sum(told["type"] == "offer" for told in key.fileobj.take())  # type: ignore[union-attr]
                rung, at = rung + offers, now if offers else at
        return at - began, case

    def _token(self, name: str) -> str:
        if not self._keeps:
            return name
        if name not in self._signed_in:
            body = {"email": name + DOMAIN, "password": PASSWORD}
            self._signed_in[name] = self._line.ask("POST", "/v1/sign-in", body)["access_token"]
        return self._signed_in[name]
