"""One broadcast to thousands of handsets, beside a C loop, stock Flask-SocketIO and socket.io; and a tap meanwhile."""

import math
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

from tests.bench.fanning_peers import PEERS, Campus, Fanned, Side, memory_kb
from tests.bench.figures import Row, quantile, spread
from tests.bench.http_line import Line
from tests.bench.listeners import CannotGoOn
from tests.bench.plot import Curve, Panel, draw
from tests.bench.tapping import tap

#: Promised at this many; the others are for the picture.
PROMISED_AT = 5_000
SIZES = (500, 1_000, 2_000, PROMISED_AT, 10_000)
PLOT = Path("var/fanning.svg")

#: When so much time has gone by, no more is measured for the picture: the whole is over in ten minutes.
PICTURE_S = 360.0

#: Broadcasts of each server in a run, in turns with the others; the first of all is not counted.
EACH = 3
#: Taps pressed in a run while broadcasts follow one another without a pause.
TAPS = 150
#: A server that answers a tap in a second is not asked for two minutes.
LONGEST_S = 20.0
SETTLED_S = 1.5


def measure(runs: int, sizes: Sequence[int] = SIZES) -> list[Row]:
    """
    All four stand side by side, grow together, and tell their handsets in turns.

    A peer that cannot hold so many is left out from there on, and said to be.
    """
    peers_installed()
    began = time.monotonic()
    rows: list[Row] = []
    found: dict[int, dict[str, list[list[Fanned]]]] = {}
    memory: dict[tuple[str, int], int] = {}
    with tempfile.TemporaryDirectory(prefix="bluelight-fanning-") as folder, ExitStack() as stack:
        campus = Campus(stack, Path(folder), handsets=max(sizes), pressing=3 * runs * TAPS)
        standing = list(campus.sides)
        for size in sizes:
            if size != PROMISED_AT and time.monotonic() - began > PICTURE_S:
                print(f"fanning: {size:,} handsets are left out, it has taken long enough", file=sys.stderr)
                continue
            grow(standing, size)
            time.sleep(SETTLED_S)
            memory.update({(side.name, size): memory_kb(side.pid) for side in standing})
            found[size] = in_turns(standing, runs if size == PROMISED_AT else 1)
            if size == PROMISED_AT:
                rows += [*told(found[size]), *kept(memory, min(sizes), size)]
                rows += pressed(campus, runs) if campus.stock in standing else []
    draw_all(found)
    return rows


def grow(standing: list[Side], size: int) -> None:
    """So many handsets in all for each."""
    for side in standing.copy():
        try:
            side.listeners.open(size)
        except CannotGoOn as why:
            leave_out(side, standing, why)


def leave_out(side: Side, standing: list[Side], why: Exception) -> None:
    """A peer's end is its own; ours is the measurement's."""
    if side.name == "ours":
        raise why
    print(f"fanning: {side.name} is left out from here on: {why}", file=sys.stderr)
    standing.remove(side)
    side.listeners.close()


def peers_installed() -> None:
    """As their lock says, into their own folder. Raises RuntimeError on a machine without a compiler or Node."""
    missing = [name for name in ("gcc", "node", "npm") if shutil.which(name) is None]
    if missing:
        raise RuntimeError(f"what a broadcast is measured beside needs {', '.join(missing)} on this machine")
    if not (PEERS / "node_modules").is_dir():
        command = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--silent"]
        subprocess.run(command, cwd=PEERS, check=True)


def in_turns(standing: list[Side], runs: int) -> dict[str, list[list[Fanned]]]:
    """So many runs of every server, their broadcasts one after the other; who drops out of them has no figures."""
    found: dict[str, list[list[Fanned]]] = {side.name: [[] for _ in range(runs)] for side in standing}
    for turn in range(-1, runs * EACH):
        for side in standing.copy():
            try:
                fanned = side.fan()
            except (CannotGoOn, OSError) as why:
                leave_out(side, standing, why)
                del found[side.name]
            else:
                # The first of all is not counted.
                found[side.name][turn // EACH].extend([fanned] if turn >= 0 else [])
    return found


def told(found: dict[str, list[list[Fanned]]]) -> list[Row]:
    """The last handset's wait and the server's work, each beside its peer."""
    last = {name: middles(runs, lambda one: one.last_ms) for name, runs in found.items()}
    work = {name: middles(runs, lambda one: one.cpu_us) for name, runs in found.items()}
    name = f"broadcast to {PROMISED_AT:,} handsets, last one"
    own, figure = last["ours"], f"{median(last['ours']):.0f} ms ({spread(last['ours'])})"
    rows = []
    for peer, promise, most in (
        ("raw C", "≤ 1.4x", 1.4),
        ("stock", "≥ 4x faster", 1 / 4),
        ("node", "≥ 1.4x faster", 1 / 1.4),
    ):
        if peer not in last:
            continue
        ratio = median([mine / its for mine, its in zip(own, last[peer], strict=True)])
        shown = f"{ratio:.2f}x" if ratio > most or peer == "raw C" else f"{1 / ratio:.1f}x faster"
        rows.append(Row(f"{name}: {peer}", figure, promise, ratio <= most, f"{median(last[peer]):.0f} ms", shown))
    ratio = median([mine / its for mine, its in zip(work["ours"], work["raw C"], strict=True)])
    cpu, floor = f"{median(work['ours']):.1f} µs", f"{median(work['raw C']):.1f} µs"
    return [
        *rows,
        Row(
            "server CPU per delivered event, sending thread: raw C", cpu, "≤ 1.5x", ratio <= 1.5, floor, f"{ratio:.2f}x"
        ),
    ]


def kept(memory: dict[tuple[str, int], int], few: int, many: int) -> list[Row]:
    """What one handset more costs: between few of them and many, so that no server's beginning counts."""
    names = [name for name in ("ours", "node", "stock") if (name, many) in memory]
    each = {name: (memory[name, many] - memory[name, few]) / (many - few) for name in names}
    if "node" not in each:
        return []
    ratio = each["ours"] / each["node"]
    figure, peer = f"{each['ours']:.1f} KB (stock {each.get('stock', math.nan):.1f})", f"{each['node']:.1f} KB"
    return [Row(f"memory per idle handset at {many:,}: node", figure, "≤ 2.2x", ratio <= 2.2, peer, f"{ratio:.2f}x")]


def pressed(campus: Campus, runs: int) -> list[Row]:
    """Ours writes each tap down with all that belongs to it; stock answers and keeps nothing."""
    tokens = iter(campus.pressing)
    ours: list[list[float]] = []
    stock: list[list[float]] = []
    idle: list[list[float]] = []
    for _ in range(runs):
        idle.append(taps(campus.ours, tokens.__next__, busy=False))
        ours.append(taps(campus.ours, tokens.__next__, busy=True))
        stock.append(taps(campus.stock, tokens.__next__, busy=True))
    own, its, alone = ([1000 * quantile(run, 0.99) for run in found] for found in (ours, stock, idle))
    ratio = median([mine / other for mine, other in zip(own, its, strict=True)])
    p50 = 1000 * median([quantile(run, 0.5) for run in ours])
    figure = f"{median(own):.1f} ms (p50 {p50:.1f}; idle p99 {median(alone):.1f})"
    name = f"tap p99 while {PROMISED_AT:,} handsets are told: stock"
    return [Row(name, figure, "≤ 1/30", ratio <= 1 / 30, f"{median(its):.0f} ms", f"1/{1 / ratio:.0f}")]


def taps(side: Side, token: Callable[[], str], *, busy: bool) -> list[float]:
    """Seconds of each tap from its press to its answer, while one broadcast follows the other."""
    over = threading.Event()

    def tell() -> None:
        while not over.is_set():
            side.fan_again()

    telling = threading.Thread(target=tell)
    if busy:
        telling.start()
    try:
        line = Line(side.port)
        waits: list[float] = []
        while len(waits) < TAPS and sum(waits) < LONGEST_S:
            waits.append(answered(line, tap(token())))
        line.close()
    finally:
        over.set()
        if busy:
            telling.join()
    return waits


def answered(line: Line, ready: bytes) -> float:
    began = time.perf_counter()
    line.send(ready)
    answer = None
    while answer is None:
        answer = line.take()
    if answer.status != 201:
        raise RuntimeError(f"a tap was answered {answer.status}: {answer.body[:300]!r}")
    return time.perf_counter() - began


def draw_all(found: dict[int, dict[str, list[list[Fanned]]]]) -> None:
    """How long the last one waits, and what the server does for each, over the number of handsets."""
    names = ("ours", "raw C", "node", "stock")
    last, work = (
        [
            Curve(name, [(size, median(middles(runs[name], what))) for size, runs in found.items() if name in runs])
            for name in names
        ]
        for what in (lambda one: one.last_ms, lambda one: one.cpu_us)
    )
    panels = [
        Panel("last handset told, ms", "handsets", last),
        Panel("server CPU per handset, µs", "handsets", work),
    ]
    draw("One broadcast, over the number of connected handsets", panels, PLOT)


def middles(runs: list[list[Fanned]], what: Callable[[Fanned], float]) -> list[float]:
    return [median([what(one) for one in run]) for run in runs]


def median(values: Sequence[float]) -> float:
    return quantile(values, 0.5)
