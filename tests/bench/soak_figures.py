"""What a long run is judged by: the server's memory, descriptors and threads, and how they rise."""

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import requests

from tests.bench.figures import Row, quantile

#: "RSS slope < 1 MB/10 min after warm-up", an hour of it.
MB_AN_HOUR = 6.0
#: What a run that is too short to tell a slope may grow by in all, after its warm-up.
MB_AT_MOST = 1.0
#: Descriptors and threads come and go with those who connect; what they have more at the end than before is a leak.
MORE_DESCRIPTORS, MORE_THREADS = 6, 2
#: No row may be left lying: the oldest that was due, in seconds.
LATEST_S = 30.0

#: Of a run, at its beginning: caches fill, pools open, code is imported.
WARM_UP = 0.3

_WAITING = re.compile(r"^bluelight_(?:outbox_oldest|deliveries_oldest_due)_seconds\{.*\} (\S+)$", re.MULTILINE)


@dataclass(frozen=True)
class Sample:
    """The server at one moment, so many seconds after the beginning; sizes in MB."""

    at: float
    memory: float
    descriptors: int
    threads: int
    waiting_s: float


@dataclass(frozen=True)
class Wait:
    """How long somebody waited for something; None when it did not come."""

    at: float
    kind: str
    seconds: float | None


def look(pid: int, url: str, began: float) -> Sample:
    """The process as it is now, and its oldest row that waits."""
    status = Path(f"/proc/{pid}/status").read_text()
    told = dict(line.split(":", 1) for line in status.splitlines())
    metrics = requests.get(f"{url}/metrics", timeout=20).text
    return Sample(
        time.monotonic() - began,
        int(told["VmRSS"].split()[0]) / 1024,
        len(list(Path(f"/proc/{pid}/fd").iterdir())),
        int(told["Threads"]),
        max(map(float, _WAITING.findall(metrics)), default=0.0),
    )


def slope(points: Sequence[tuple[float, float]]) -> float:
    """
    How much it rises in a second, by Theil and Sen: the middle one of all pairs' slopes.

    A few samples taken in the middle of a broadcast do not move it, as they would a least square.
    """
    pairs = [
        (later - value) / (then - at)
        for number, (at, value) in enumerate(points)
        for then, later in points[number + 1 :]
        if then > at
    ]
    return median(pairs) if pairs else 0.0


def judge(samples: Sequence[Sample], waits: Sequence[Wait]) -> list[Row]:
    """One row for each promise, and one for each thing that somebody waited for."""
    after = samples[int(len(samples) * WARM_UP) :]
    return [*_memory(after), *_counts(after), _rows(after), *_waits(waits, samples[-1].at)]


def _memory(after: Sequence[Sample]) -> list[Row]:
    hours = (after[-1].at - after[0].at) / 3600
    bound = max(MB_AN_HOUR, MB_AT_MOST / hours)
    risen = slope([(one.at, one.memory) for one in after]) * 3600
    levels = f"{after[0].memory:.1f} → {after[-1].memory:.1f} MB in {hours * 60:.0f} min"
    return [Row("memory's slope", f"{risen:+.1f} MB/h ({levels})", f"≤ {bound:.0f} MB/h", risen <= bound)]


def _counts(after: Sequence[Sample]) -> list[Row]:
    rows = []
    third = max(len(after) // 3, 1)
    for name, more in (("descriptors", MORE_DESCRIPTORS), ("threads", MORE_THREADS)):
        numbers = [getattr(one, name) for one in after]
        risen = median(numbers[-third:]) - median(numbers[:third])
        an_hour = slope([(one.at, number) for one, number in zip(after, numbers, strict=True)]) * 3600
        figure = f"{risen:+.0f}, {an_hour:+.1f} an hour (from {min(numbers)} to {max(numbers)})"
        rows.append(Row(name, figure, f"≤ +{more}", risen <= more))
    return rows


def _rows(after: Sequence[Sample]) -> Row:
    oldest = max(one.waiting_s for one in after)
    last = after[-1].waiting_s
    return Row(
        "oldest row that waits", f"{oldest:.1f} s, at the end {last:.1f} s", f"≤ {LATEST_S:.0f} s", last <= LATEST_S
    )


def _waits(waits: Sequence[Wait], whole: float) -> list[Row]:
    rows = []
    for kind in sorted({wait.kind for wait in waits}):
        mine = [wait for wait in waits if wait.kind == kind]
        missed = sum(wait.seconds is None for wait in mine)
        thirds = [
            _middle_and_slow([w.seconds for w in mine if w.seconds is not None and part <= 3 * w.at / whole < part + 1])
            for part in range(3)
        ]
        name = f"{kind}, p50/p99 in ms by thirds"
        rows.append(Row(name, f"{', '.join(thirds)} ({len(mine)})", f"none missed: {missed}", missed == 0))
    return rows


def _middle_and_slow(seconds: Sequence[float]) -> str:
    if not seconds:
        return "-"
    return f"{1000 * quantile(seconds, 0.5):.0f}/{1000 * quantile(seconds, 0.99):.0f}"
