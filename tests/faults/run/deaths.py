"""Rows of one process that dies at random instants, and of one that nothing happens to."""

import statistics
from collections.abc import Sequence
from pathlib import Path

from tests.faults.run.judging import lates
from tests.faults.run.playing import Plan
from tests.faults.run.playing_through import at_random, play_through
from tests.faults.run.rows import Row
from tests.faults.run.served import on_sqlite

#: What is left of the time for what was begun, for looking back and for the judge.
LOOKS_BACK_S = 90.0

PROMISE = "nothing lost, back within 5 s"


def undisturbed(folder: Path, *, taps: int, seed: int) -> list[Row]:
    """No fault at all: the same judge, and the times that are only fair where nothing else is the matter."""
    plan = Plan(taps=taps, members=8, left_alone=2, seed=seed, pause_s=1.5)
    with on_sqlite(folder / "data") as server:
        run = play_through(server, plan, folder, at_random((60, 60), 0))
    first = run.row("no fault at all", "nothing", "nothing lost")
    found = lates(run.story, run.kept)
    return [first, *(_in_time(name, some) for name, some in found.items())]


def _in_time(name: str, some: Sequence[float]) -> Row:
    if not some:
        return Row(name, "it did not come to that", "1 s", None)
    told = f"{len(some)} times, the middle one {statistics.median(some):.2f} s, the longest {max(some):.2f} s"
    return Row(name, told, "1 s", max(some) <= 1.0)


def killed_on_sqlite(
    folder: Path, *, taps: int, kills: int, seed: int, every_s: tuple[float, float], until: float
) -> Row:
    """The embedded form, at random instants; nobody presses any more when it is that late."""
    plan = Plan(taps=taps, seed=seed, left_alone=2 if taps > 1_000 else 0)
    with on_sqlite(folder / "data") as server:
        run = play_through(server, plan, folder, at_random(every_s, kills, until - LOOKS_BACK_S))
    return run.row("kill -9 at random, SQLite", f"{run.kills} kills", PROMISE)
