"""`make faults`: every fault of the promises, one row each; bounded in time, and what was not tried is never a yes."""

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from tests.faults.run import (
    crowds,
    deaths,
    everything_down,
    herd,
    mid_commit,
    postgres_rows,
    scaled_rows,
    wrapped,
)
from tests.faults.run.rows import Row, keep, table
from tests.postgres_cluster import PostgresCluster, running_cluster

FILE = Path("var/faults.json")

#: All of it may take so long; a row that cannot begin any more says so.
MINUTES = 20.0

#: What a row needs of the time that is left to begin at all (seconds).
LEAST_S = 45.0

Work = Callable[[], Row | Sequence[Row]]


def works(folder: Path, cluster: PostgresCluster, seed: int, taps: int, until: float) -> list[tuple[str, Work]]:
    """Each fault by a short word, in the order in which they are tried: the short ones first."""

    def place(name: str) -> Path:
        return folder / name

    few = max(200, taps // 25)
    few_scaled = max(150, taps // 60)
    pg = postgres_rows.Setting(cluster, few, seed)
    return [
        ("presses", partial(crowds.hundred_presses, place("presses"))),
        ("clocks", partial(crowds.wrong_clocks, place("clocks"), seed=seed)),
        ("herd", partial(herd.cut_and_back, place("herd"), handsets=taps)),
        ("writers", partial(crowds.eight_writers, place("writers"))),
        ("calm", partial(deaths.undisturbed, place("calm"), taps=80, seed=seed)),
        ("commit", partial(mid_commit.killed_in_mid_commit, place("commit"), kills=100, seed=seed)),
        ("postgres-kill", partial(postgres_rows.killed, place("pk"), pg, kills=6)),
        ("postgres-restart", partial(postgres_rows.restarted, place("pr"), pg, times=2)),
        ("postgres-silent", partial(postgres_rows.silent, place("ps"), pg, for_s=8.0)),
        ("postgres-pool", partial(postgres_rows.crowded_out, place("pp"), pg, for_s=5.0)),
        ("fail-over", partial(postgres_rows.failed_over, place("fo"), taps=few, seed=seed)),
        ("all-down", partial(everything_down.all_of_it, place("all"), taps=few_scaled, seed=seed)),
        ("redis", partial(scaled_rows.redis_away, place("redis"), taps=few_scaled, seed=seed)),
        ("any", partial(scaled_rows.any_killed, place("any"), taps=few_scaled, seed=seed, kills=8)),
        ("frozen", partial(scaled_rows.frozen_worker, place("frozen"), taps=few_scaled, seed=seed)),
        ("renewed", partial(scaled_rows.renewed, place("renewed"), taps=few_scaled, seed=seed)),
        ("apart", partial(scaled_rows.clocks_apart, place("apart"), taps=few_scaled, seed=seed)),
        (
            "kill",
            partial(deaths.killed_on_sqlite, place("k"), taps=taps, kills=60, seed=seed, every_s=(0.5, 3), until=until),
        ),
    ]


def main(words: Sequence[str] | None = None) -> int:
    """Print the table; 1 when a promise was broken."""
    asked = _read(words)
    until = time.monotonic() + asked.minutes * 60
    print(f"seed {asked.seed}", flush=True)
    rows: list[Row] = []
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bluelight-faults-")))
        cluster = stack.enter_context(running_cluster(postgres_rows.DURABLE))
        wanted = [one for one in works(folder, cluster, asked.seed, asked.taps, until) if _is_asked(one[0], asked.only)]
        if _is_asked("tests", asked.only):
            rows += _told(wrapped.rows(within_s=max(60.0, (until - time.monotonic()) * 0.4)))
        for word, work in wanted:
            rows += _told(_tried(word, work, until))
    print("\n" + table(rows))
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"\nseed {asked.seed}; load of this machine {load} on {os.cpu_count()} cores")
    keep(rows, FILE)
    return int(any(row.met is False for row in rows))


def _tried(word: str, work: Work, until: float) -> list[Row]:
    """Its rows; one that could not be tried, because the time is up or because it broke itself, is no yes."""
    if until - time.monotonic() < LEAST_S:
        return [Row(word, "the time was up", "", None)]
    try:
        found = work()
    except Exception as fault:  # noqa: BLE001 - a row that breaks must not take the others with it; it is told as broken
        return [Row(word, f"could not be tried: {type(fault).__name__}", "", False, lost=[str(fault)[:600]])]
    return [found] if isinstance(found, Row) else list(found)


def _told(rows: list[Row]) -> list[Row]:
    for row in rows:
        print(
            f"  {row.verdict:9}  {row.name}: {row.figure}",
            *(f"      {told}" for told in row.lost),
            sep="\n",
            flush=True,
        )
    return rows


def _is_asked(word: str, only: Sequence[str]) -> bool:
    return not only or word in only


def _read(words: Sequence[str] | None) -> argparse.Namespace:
    reader = argparse.ArgumentParser(prog="make faults", description=__doc__)
    reader.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    reader.add_argument("--taps", type=int, default=10_000, help="presses of the random kills")
    reader.add_argument("--minutes", type=float, default=MINUTES)
    reader.add_argument(
        "--only",
        nargs="*",
        default=[],
        help="tests calm commit kill postgres-kill fail-over all-down redis any frozen renewed apart …",
    )
    return reader.parse_args(words)


if __name__ == "__main__":
    sys.exit(main())
