"""Pushes to thousands: the sender of broadcasts beside Google's own client, to the same stand-in that takes 60 ms."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, NamedTuple

from infra.fan_out import CROWD_CHUNK
from notifications.channels.push import Push
from notifications.channels.sheaf import Sheaf, answers_from_line
from notifications.parcel import Outcome
from tests.bench.figures import Row, quantile
from tests.google import Google
from tests.google_by_http2 import GoogleByHttp2, google_by_http2

PROMISED_RATIO = 15.0
AIM = 10_000

ANSWER_MS = 60

#: So many each run: some seconds for either.
OURS, THEIRS = 20_000, 1_000

#: Phones handed over and not answered for: more than are ever on the wire.
AHEAD = 1_500

#: Nobody's quota stands in the way of what is measured.
UNPACED = 1_000_000

WORDS = Push(
    "",
    "",
    "Leave Beit now by the nearest exit.",
    {"broadcast_id": "1", "version": "1", "hash": "0123456789abcdef", "severity": "severe", "exercise": "false"},
    tag="1",
    title="Fire at Beit",
    kept_s=1800,
)


class Ran(NamedTuple):
    """One run: tokens a second, microseconds of processor for each, and how many did not go."""

    per_s: float
    cpu_us: float
    lost: int


def measure(runs: int) -> list[Row]:
    """Both clients stand side by side and send in turns."""
    with tempfile.TemporaryDirectory(prefix="bluelight-bench-") as folder, ExitStack() as stack:
        google = stack.enter_context(google_by_http2(Path(folder)))
        google.answers(latency_ms=ANSWER_MS, remembers=False)
        ours = stack.enter_context(crowd_child(google))
        theirs = stack.enter_context(firebase(google, Path(folder)))
        for client in (ours, theirs):
            client.run(200)
        found = [(ours.run(OURS), theirs.run(THEIRS)) for _ in range(runs)]
    own, peer = ([turn[side] for turn in found] for side in (0, 1))
    per_s, peer_per_s = (quantile([one.per_s for one in each], 0.5) for each in (own, peer))
    cpu, peer_cpu = (quantile([one.cpu_us for one in each], 0.5) for each in (own, peer))
    lost = sum(one.lost for one in (*own, *peer))
    name = f"push tokens/s from one sender, {ANSWER_MS} ms answers"
    slowest, fastest = min(one.per_s for one in own), max(one.per_s for one in own)
    return [
        Row(
            name,
            f"{per_s:.0f}/s ({slowest:.0f}–{fastest:.0f})",
            f"≥ {PROMISED_RATIO:.0f}x",
            per_s / peer_per_s >= PROMISED_RATIO and not lost,
            f"{peer_per_s:.0f}/s firebase-admin",
            f"{per_s / peer_per_s:.1f}x",
        ),
        Row(
            f"{name}: Google's quota as the aim",
            f"{per_s / AIM:.2f} of it",
            f"aim: {AIM}/s",
            True,
        ),
        Row(
            "processor a push",
            f"{cpu:.0f} us",
            "told",
            True,
            f"{peer_cpu:.0f} us firebase-admin",
            f"{cpu / peer_cpu:.3f}",
        ),
    ]


class CrowdChild:
    """The sender of broadcasts as the server has it, and its lines."""

    def __init__(self, process: "subprocess.Popen[bytes]", told: IO[bytes], heard: IO[bytes]) -> None:
        self._pid = process.pid
        self._told, self._heard = told, heard

    def run(self, tokens: int) -> Ran:
        sheaves = [
            Sheaf(WORDS, tuple(("fid", f"d{number:06d}:{'x' * 140}") for number in range(first, first + CROWD_CHUNK)))
            for first in range(0, tokens, CROWD_CHUNK)
        ]
        began, cpu = time.perf_counter(), self._cpu_s()
        ahead = lost = 0
        waiting = list(enumerate(sheaves, start=1))[::-1]
        while waiting or ahead:
            while waiting and ahead < AHEAD:
                number, sheaf = waiting.pop()
                self._told.write(b"%.3f " % time.monotonic() + sheaf.line(number))
                ahead += CROWD_CHUNK
            self._told.flush()
            _, answers = answers_from_line(self._heard.readline())
            ahead -= len(answers)
            lost += sum(one.outcome is not Outcome.SENT for one in answers)
        took = time.perf_counter() - began
        return Ran(tokens / took, 1e6 * (self._cpu_s() - cpu) / tokens, lost)

    def _cpu_s(self) -> float:
        fields = Path(f"/proc/{self._pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Firebase:
    """Google's client in a process of its own."""

    def __init__(self, told: IO[bytes], heard: IO[bytes]) -> None:
        self._told, self._heard = told, heard

    def run(self, tokens: int) -> Ran:
        self._told.write(b"%d\n" % tokens)
        self._told.flush()
        found = json.loads(self._heard.readline())
        return Ran(tokens / found["s"], 1e6 * found["cpu_s"] / tokens, tokens - found["went"])


@contextmanager
def crowd_child(google: GoogleByHttp2) -> Iterator[CrowdChild]:
    greeting = {
        "account": google.account,
        "endpoint": google.endpoint,
        "patience": {"connect_s": 2.0, "read_s": 4.0},
        "log_level": "warning",
        "per_second": UNPACED,
    }
    with _child([sys.executable, "-m", "infra.crowd_child"], google) as (process, told, heard):
        told.write(json.dumps(greeting).encode() + b"\n")
        told.flush()
        heard.readline()
        yield CrowdChild(process, told, heard)


@contextmanager
def firebase(google: GoogleByHttp2, folder: Path) -> Iterator[Firebase]:
    script = Path(__file__).parent / "peers" / "firebase_multicast.py"
    account = Google.account_in(folder, google.account)
    with _child([sys.executable, str(script), str(account), google.older], google) as (_, told, heard):
        yield Firebase(told, heard)


@contextmanager
def _child(
    command: list[str], google: GoogleByHttp2
) -> Iterator[tuple["subprocess.Popen[bytes]", IO[bytes], IO[bytes]]]:
    """A client that believes this Google's authority; ended by its pid."""
    env = {**os.environ, "REQUESTS_CA_BUNDLE": str(google.authority), "NO_PROXY": "127.0.0.1"}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env) as process:
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            yield process, process.stdin, process.stdout
        finally:
            process.kill()
