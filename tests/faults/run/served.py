"""A server to be killed, on SQLite or on PostgreSQL, and a look into its store when all is quiet."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from backend.kernel import chaining
from backend.kernel.database import Database
from backend.kernel.threads import PlainThreads
from infra import logs
from infra.migrating import migrate
from infra.running import Form, run
from infra.settings import Settings, read_settings
from infra.wiring import open_database, open_engines
from tests.faults.run.kept import Kept, look, waiting
from tests.postgres_cluster import OWNER, PostgresCluster
from tests.server import DEMO_PEOPLE, PREFIX, ROOT, Server, free_port, running_server, sign_in

SECRET = "a secret of thirty-two characters or more"


class PostgresServer(Server):
    """The same doors and rounds in one process, on a PostgreSQL database; `url` is the straight way to it."""

    def __init__(self, data_dir: Path, port: int, *, url: str) -> None:
        super().__init__(data_dir, port, demo=True, tokens={})
        self.database_url = url
        self.target = live_on_postgres
        self.told = {PREFIX + "DATABASE_URL": url, PREFIX + "SECRET_KEY": SECRET}

    @property
    def settings(self) -> Settings:
        """As a command beside it has them."""
        return Settings(data_dir=self.data_dir, database_url=self.database_url, secret_key=SECRET)


def live_on_postgres(words: Sequence[str], environment: Mapping[str, str], written: Path) -> None:
    """The whole life of such a server: what `bluelight run` does, on the database that the environment names."""
    os.chdir(ROOT)
    os.environ.clear()
    os.environ.update(environment)
    with written.open("ab") as file:
        for stream in (1, 2):
            os.dup2(file.fileno(), stream)
    logs.set_up("warning", pretty=False)
    told = dict(pairwise(words))
    settings = replace(read_settings(), data_dir=Path(told["--data"]))
    run(settings, Form("127.0.0.1", int(told["--port"]), demo=True))


@contextmanager
def on_sqlite(folder: Path, env: Mapping[str, str] | None = None) -> Iterator[Server]:
    """The embedded form on a copy of the demonstration."""
    with running_server(folder, env=env) as server:
        yield server


@contextmanager
def on_postgres(folder: Path, cluster: PostgresCluster, port: int | None = None) -> Iterator[PostgresServer]:
    """The demonstration on a fresh database; the server reaches it by this port of loopback, if not straight."""
    folder.mkdir(parents=True, exist_ok=True)
    name = cluster.create_database()
    straight = cluster.url(name)
    writing, _ = open_engines(Settings(database_url=straight))
    migrate(writing)
    writing.dispose()
    server = PostgresServer(folder, free_port(), url=straight)
    if port is not None:
        server.told = {**server.told, PREFIX + "DATABASE_URL": f"postgresql+psycopg://{OWNER}@127.0.0.1:{port}/{name}"}
    server.start()
    try:
        server.tokens = {name: sign_in(server, name)["access_token"] for name in DEMO_PEOPLE}
        yield server
    finally:
        server.kill()


@contextmanager
def store_of(server: Server) -> Iterator[Database]:
    """Its store, looked into from beside it as a command is."""
    settings = server.settings if isinstance(server, PostgresServer) else Settings(data_dir=server.data_dir)
    database = open_database(settings, PlainThreads(), lambda _: None)
    try:
        yield database
    finally:
        database.close()


def is_quiet(database: Database) -> bool:
    """Whether everybody has been told of everything that happened."""
    return database.read(waiting) == 0


def kept_by(server: Server, database: Database) -> Kept:
    """All that it holds now."""
    anchor = Settings(data_dir=server.data_dir).anchor
    anchors = chaining.read_anchors(anchor.read_text(encoding="utf-8"))
    return database.read(look, anchors, now=datetime.now(UTC))
