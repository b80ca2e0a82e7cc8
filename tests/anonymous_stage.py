"""A served demonstration with advisers who have keys, embedded and behind nginx at once, and all it writes into."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import requests

from backend.kernel.threads import PlainThreads
from infra.migrating import migrate
from infra.settings import Settings
from infra.wiring import open_database, open_engines
from tests.bench.serving import until_ready
from tests.nginx_front import Front, nginx_before
from tests.postgres_cluster import PostgresCluster, running_cluster, server_programs
from tests.reporter import KeyHolder, appoint
from tests.server import PASSWORD, PREFIX, ROOT, SMALL, free_port, told_nothing


@dataclass
class Stage:
    """What listens where, and every folder that any of it writes into."""

    url: str
    front: Front
    folder: Path
    folders: list[Path]
    student: str
    advisers: list[KeyHolder]
    settings: Settings
    stop: Callable[[], object]
    cluster: PostgresCluster | None = field(default=None)

    @property
    def temporary(self) -> Path:
        """Where a process of ours would put what does not fit its memory."""
        return self.folder / "temporary"

    def dump(self) -> None:
        """Everything as an operator's backup has it: what PostgreSQL keeps compressed is plain there."""
        if self.cluster is not None:
            program, to = str(server_programs() / "pg_dump"), str(self.folder / "dump.sql")
            whence = ["--host", str(self.cluster.folder), "--username", "bluelight", "bluelight"]
            subprocess.run([program, "--inserts", "--file", to, *whence], check=True)

    def reads(self) -> list[str]:
        """All words that the first adviser opens."""
        database = open_database(self.settings, PlainThreads(), lambda _: None)
        words = sorted(one["words"] for one in self.advisers[0].reads(database))
        database.close()
        return words


@contextmanager
def stage(store: str, folder: Path) -> Iterator[Stage]:
    """All of it on this store; `folder` gets every file."""
    data = folder / "data"
    (folder / "temporary").mkdir()
    with ExitStack() as ends:
        cluster = ends.enter_context(running_cluster({"log_statement": "all"})) if store == "postgres" else None
        url = cluster.url(cluster.create_database("bluelight")) if cluster else None
        settings = Settings(data_dir=data, database_url=url)
        advisers = _prepare(settings)
        port = free_port()
        process = ends.enter_context(_serving(settings, port, folder))
        front = ends.enter_context(nginx_before(port, folder / "nginx"))

        def stop() -> None:
            process.terminate()
            assert process.wait(20) == 0

        yield Stage(
            f"http://127.0.0.1:{port}",
            front,
            folder,
            [folder, *([cluster.folder] if cluster else [])],
            signed_in(port),
            advisers,
            settings,
            stop,
            cluster,
        )


def signed_in(port: int) -> str:
    """A student's token."""
    body = {"email": "student1@demo.example", "password": PASSWORD}
    answer = requests.post(f"http://127.0.0.1:{port}/v1/sign-in", json=body, timeout=30)
    token: str = answer.json()["access_token"]
    return token


def _prepare(settings: Settings) -> list[KeyHolder]:
    """Tables, and two advisers, before anybody is served."""
    if settings.database_url:
        writing, reading = open_engines(settings)
        migrate(writing)
        writing.dispose()
        reading.dispose()
    database = open_database(settings, PlainThreads(), lambda _: None)
    advisers = appoint(database, "Dr Amber", "Dr Birch")
    database.close()
    return advisers


@contextmanager
def _serving(settings: Settings, port: int, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The demonstration, saying all it ever says."""
    data = str(settings.data_dir)
    if settings.database_url:
        command = [sys.executable, "-m", "tests.bench.on_postgres", settings.database_url, data, str(port), "debug"]
    else:
        program = str(Path(sys.executable).with_name("bluelight"))
        command = [program, "run", "--demo", "--no-canary", "--port", str(port), "--data", data]
    env = {**told_nothing(), **SMALL, PREFIX + "LOG_LEVEL": "debug", "TMPDIR": str(folder / "temporary")}
    with (folder / "streams.log").open("wb") as streams:
        process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=streams, stderr=streams, env=env)
    try:
        until_ready(process, port, folder / "streams.log")
        yield process
    finally:
        process.kill()
        process.wait()
