"""`make bench`: every row in one go, a table on standard output, and var/bench.json."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from tests.bench import enduring, fanning, figures, growing, pushing, reaching, reaching_apart
from tests.bench.figures import Row

FILE = Path("var/bench.json")
RUNS = 3


def main(wanted: list[str], seconds: float, taps: int) -> int:
    """Measure those named, or all; 1 when a promise is not met."""
    jobs: dict[str, Callable[[], list[Row]]] = {
        "socket": lambda: reaching.measure(RUNS, taps),
        "fanning": lambda: fanning.measure(RUNS),
        "processes": lambda: reaching_apart.measure(RUNS, taps),
        "sqlite": lambda: enduring.measure_sqlite(RUNS, seconds),
        "postgres": lambda: enduring.measure_postgres(RUNS, seconds),
        "growing": lambda: growing.measure(seconds, taps),
        "push": lambda: pushing.measure(RUNS),
    }
    rows: list[Row] = []
    for name, job in jobs.items():
        if not wanted or name in wanted:
            print(f"measuring: {name}", file=sys.stderr)
            rows += job()
    print(figures.table(rows))
    figures.keep(rows, FILE)
    return 0 if all(row.met for row in rows) else 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument(
        "jobs",
        nargs="*",
        metavar="JOB",
        help="socket, fanning, processes, sqlite, postgres, growing, push; all when none is named",
    )
    parser.add_argument("--seconds", type=float, default=4.0, help="how long each flood lasts")
    parser.add_argument("--taps", type=int, default=100, help="how many single taps a run")
    asked = parser.parse_args()
    sys.exit(main(asked.jobs, asked.seconds, asked.taps))
