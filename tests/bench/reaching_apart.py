"""From the press at one process to the officers' sockets at another, beside the same within one process."""

import tempfile
from contextlib import ExitStack
from pathlib import Path

from backend.kernel.engines import open_postgres
from infra.migrating import migrate
from infra.scaled.machine import Machine, Wanted
from tests.bench import serving
from tests.bench.figures import Row, quantile, spread
from tests.bench.reaching import IN_TURN, Press, in_runs, middle

PROMISED = 1.25


def measure(runs: int, taps: int) -> list[Row]:
    """Two web processes and a worker, and one process that does all, each on a database of one PostgreSQL; in turns."""
    with tempfile.TemporaryDirectory(prefix="bluelight-bench-") as name, ExitStack() as stack:
        folder = Path(name)
        folder.chmod(0o711)
        # The hurried store: what is measured is the way between processes, and a disk would only hide it.
        machine = Machine(Wanted(folder, port=serving.free_port(), workers=1, in_a_hurry=True))
        stack.callback(machine.end)
        machine.begin()
        url = _store_of_its_own(machine)
        port = stack.enter_context(serving.on_postgres(folder / "alone", url))
        alone = Press(stack, port)
        apart = Press(stack, machine.ports[0], handsets=machine.ports[1])
        for one in (alone, apart):
            one.put_officers_on_duty()
            one.many(20)
        found = [[one.many(IN_TURN) for one in (alone, apart)] for _ in range(runs * taps // IN_TURN)]
    within, between = (in_runs([turn[side] for turn in found], runs) for side in (0, 1))
    p50, alone_p50 = middle(between, 0.5), middle(within, 0.5)
    noise = spread([quantile(times, 0.5) for times in between])
    return [
        Row(
            "tap → officer's socket, two processes instead of one",
            f"p50 {p50:.1f}, p95 {middle(between, 0.95):.1f}, p99 {middle(between, 0.99):.1f} ms ({noise})",
            f"≤ {PROMISED}x",
            p50 / alone_p50 <= PROMISED,
            f"p50 {alone_p50:.1f}, p95 {middle(within, 0.95):.1f}, p99 {middle(within, 0.99):.1f} ms",
            f"{p50 / alone_p50:.2f}x",
        )
    ]


def _store_of_its_own(machine: Machine) -> str:
    machine.postgres.create("alone")
    url = machine.postgres.url_of("alone")
    engine, _ = open_postgres(url)
    migrate(engine)
    engine.dispose()
    return url
