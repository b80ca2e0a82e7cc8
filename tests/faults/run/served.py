"""A server to be killed, on SQLite or on PostgreSQL, and a look into its store when all is quiet."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from backend.kernel import chaining
from backend.kernel.threads import PlainThreads
from infra.settings import Settings
from infra.wiring import open_database
from tests.faults.run.kept import Kept, look
from tests.server import Server, running_server


@contextmanager
def on_sqlite(folder: Path, env: Mapping[str, str] | None = None) -> Iterator[Server]:
    """The embedded form on a copy of the demonstration."""
    with running_server(folder, env=env) as server:
        yield server


def kept_by(server: Server, *, database_url: str | None = None) -> Kept:
    """What its store holds, read from beside it."""
    settings = Settings(data_dir=server.data_dir, database_url=database_url)
    database = open_database(settings, PlainThreads(), lambda _: None)
    try:
        anchors = chaining.read_anchors(settings.anchor.read_text(encoding="utf-8"))
        return database.read(look, anchors, now=datetime.now(UTC))
    finally:
        database.close()
