"""Taps a second that outlive a power cut, beside a bare driver loop and beside the same door with nothing behind it."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from infra.settings import Settings
from infra.wiring import DATABASE_FILE
from tests.bench import serving
from tests.bench.crowd import TEMPLATE, fresh_copy, prepare
from tests.bench.figures import Row, quantile, spread
from tests.bench.peers import bare_rows
from tests.bench.tapping import Flood, flood
from tests.postgres_cluster import running_cluster

CLIENTS = 32
#: One tap each; when they run out before the time is up, the time they took counts.
MEMBERS = 8_000
#: The tests' server may lose what was committed; this one may not.
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
SECRET = "a secret of thirty-two characters or more"


@dataclass(frozen=True)
class Promise:
    """What share of each peer's rate ours is to reach on this store."""

    store: str
    of_bare: float
    of_nothing: float


SQLITE = Promise("SQLite FULL", 0.5, 0.4)
POSTGRES = Promise("PostgreSQL", 0.4, 0.3)


def measure_sqlite(runs: int, seconds: float) -> list[Row]:
    """The embedded form, on a fresh copy of the same campus in every run."""
    with tempfile.TemporaryDirectory(prefix="bluelight-bench-") as name:
        folder = Path(name)
        tokens = prepare(Settings(data_dir=folder / TEMPLATE), members=MEMBERS)

        def ours() -> Flood:
            with serving.bluelight(fresh_copy(folder)) as port:
                return flood(port, tokens, clients=CLIENTS, seconds=seconds)

        def bare() -> float:
            return bare_rows.sqlite_taps_a_second(fresh_copy(folder) / DATABASE_FILE, seconds, MEMBERS)

        return _compare(SQLITE, runs, ours, bare, _nothing(folder, tokens, seconds))


def measure_postgres(runs: int, seconds: float) -> list[Row]:
    """The same doors and rounds on a server that waits for its disk, a fresh copy of the database in every run."""
    with running_cluster(DURABLE) as cluster, tempfile.TemporaryDirectory(prefix="bluelight-bench-") as name:
        folder = Path(name)
        template = cluster.create_database("prepared")
        settings = Settings(data_dir=folder, database_url=cluster.url(template), secret_key=SECRET)
        tokens = prepare(settings, members=MEMBERS)

        def on_a_copy(work: Callable[[str], Flood | float]) -> Flood | float:
            copy = cluster.create_database(template=template)
            try:
                return work(cluster.url(copy))
            finally:
                cluster.drop_database(copy)

        def served(url: str) -> Flood:
            with serving.on_postgres(folder, url) as port:
                return flood(port, tokens, clients=CLIENTS, seconds=seconds)

        def ours() -> Flood:
            return on_a_copy(served)  # type: ignore[return-value]

        def bare() -> float:
            return on_a_copy(lambda url: bare_rows.postgres_taps_a_second(url, seconds, MEMBERS))  # type: ignore[return-value]

        return _compare(POSTGRES, runs, ours, bare, _nothing(folder, tokens, seconds))


def _nothing(folder: Path, tokens: list[str], seconds: float) -> Callable[[], Flood]:
    def nothing() -> Flood:
        with serving.no_store(folder) as port:
            return flood(port, tokens, clients=CLIENTS, seconds=seconds)

    return nothing


def _compare(
    promise: Promise, runs: int, ours: Callable[[], Flood], bare: Callable[[], float], nothing: Callable[[], Flood]
) -> list[Row]:
    """One after the other in each run; the figures are of the middle runs."""
    found = [(ours(), bare(), nothing().rate) for _ in range(runs)]
    rates = [flooded.rate for flooded, _, _ in found]
    p99 = quantile([quantile(flooded.waits, 0.99) for flooded, _, _ in found], 0.5)
    figure = f"{quantile(rates, 0.5):.0f}/s, p99 {1000 * p99:.0f} ms ({spread(rates)})"
    name = f"durable taps/s at {CLIENTS} clients, {promise.store}"
    peers = (
        (f"{name}: of a bare loop", promise.of_bare, [loop for _, loop, _ in found]),
        (f"{name}: of no store", promise.of_nothing, [empty for _, _, empty in found]),
    )
    return [_row(what, figure, rates, others, least) for what, least, others in peers]


def _row(what: str, figure: str, rates: list[float], others: list[float], least: float) -> Row:
    # Each run's own ratio: what else the machine does changes from one run to the next.
    ratio = quantile([rate / other for rate, other in zip(rates, others, strict=True)], 0.5)
    return Row(what, figure, f"≥ {least}", ratio >= least, f"{quantile(others, 0.5):.0f}/s", f"{ratio:.2f}")
