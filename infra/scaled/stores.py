"""PostgreSQL and Redis for one machine: on sockets in our folder, reached by nobody else."""

import os
import shutil
import signal
import subprocess
from pathlib import Path

import psycopg
from psycopg import sql
from redis import Redis
from redis.exceptions import RedisError

from infra.scaled.child import Child
from infra.scaled.programs import postgres_program, program, unprivileged

OWNER = "bluelight"

#: What each process may open, twice over for those that are being replaced.
CONNECTIONS = "200"


class Postgres(Child):
    """
    One server and its folder.

    On a Unix socket only. `in_a_hurry` is for tests: then it waits for no disk,
    and a power cut would lose what was answered.
    """

    def __init__(self, folder: Path, sockets: Path, *, in_a_hurry: bool = False) -> None:
        self.data = folder / "postgres"
        self.sockets = sockets
        self._in_a_hurry = in_a_hurry
        options = {"listen_addresses": "", "unix_socket_directories": str(sockets), "max_connections": CONNECTIONS}
        if in_a_hurry:
            options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        words = [postgres_program("postgres"), "-D", str(self.data)]
        words += [f"--{name}={value}" for name, value in options.items()]
        # SIGINT cuts off who is connected and closes the files.
        super().__init__("postgres", words, folder, user=unprivileged(), ends_by=signal.SIGINT)

    @property
    def url(self) -> str:
        return self.url_of(OWNER)

    def url_of(self, database: str) -> str:
        return f"postgresql+psycopg://{OWNER}@/{database}?host={self.sockets}"

    def begin(self) -> None:
        """Make its files the first time, start it, and make the database."""
        if not (self.data / "PG_VERSION").exists():
            self._make()
        self.start()
        self.wait_until(self._answers)
        self.create(OWNER)

    def create(self, database: str) -> None:
        """Make this database, unless it is there."""
        with self._asked() as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (database,)).fetchone()
            if found is None:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))

    def _make(self) -> None:
        self.data.mkdir(parents=True, exist_ok=True)
        user = unprivileged()
        if user is not None:
            shutil.chown(self.data, user)
        words = [postgres_program("initdb"), "--pgdata", str(self.data), "--auth=trust", f"--username={OWNER}"]
        words += ["--encoding=UTF8", "--locale=C", *(["--no-sync"] if self._in_a_hurry else [])]
        subprocess.run(
            words,
            check=True,
            stdout=subprocess.DEVNULL,
            user=user,
            cwd=self.data,
            env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
        )

    def _answers(self) -> bool:
        try:
            with self._asked() as connection:
                connection.execute("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def _asked(self) -> "psycopg.Connection[tuple[object, ...]]":
        return psycopg.connect(host=str(self.sockets), user=OWNER, dbname="postgres", autocommit=True)


class RedisServer(Child):
    """Keeps nothing on any disk: what it carries stands in the rows."""

    def __init__(self, folder: Path, sockets: Path) -> None:
        self._socket = sockets / "redis"
        words = [program("redis-server"), "--port", "0", "--unixsocket", str(self._socket), "--unixsocketperm", "700"]
        words += ["--save", "", "--appendonly", "no", "--dir", str(sockets)]
        super().__init__("redis", words, folder)

    @property
    def url(self) -> str:
        return f"unix://{self._socket}"

    def begin(self) -> None:
        self.start()
        self.wait_until(self._answers)

    def _answers(self) -> bool:
        try:
            with Redis(unix_socket_path=str(self._socket), socket_timeout=1) as client:
                return bool(client.ping())
        except RedisError:
            return False
