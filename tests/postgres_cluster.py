"""A PostgreSQL server of the test run's own: in a temporary folder, on a socket in it, gone at the end."""

import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

OWNER = "bluelight"
#: Debian keeps the server programs off the PATH, in a folder for each version.
DEBIAN = Path("/usr/lib/postgresql")
#: A test's database may be lost with the machine; waiting for the disk would only make the run slower.
IN_A_HURRY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    # Comes when it likes, and keeps samples of what it saw in the server's statistics.
    "autovacuum": "off",
}
#: Seconds; a cold start takes one or two.
READY_WITHIN = 30.0
STOPPED_WITHIN = 15.0

MISSING = (
    "PostgreSQL's server programs are not here: sudo apt-get install postgresql, "
    "or BLUELIGHT_TEST_STORES=sqlite to leave its tests out"
)


class PostgresMissing(RuntimeError):
    """No server programs were found; says what to type."""


def stores_wanted() -> tuple[str, ...]:
    """The stores on which tests are to run: `sqlite` and `postgres`, or what BLUELIGHT_TEST_STORES names."""
    return tuple(os.environ.get("BLUELIGHT_TEST_STORES", "sqlite,postgres").replace(" ", "").split(","))


def server_programs(debian: Path = DEBIAN) -> Path:
    """
    The folder of `initdb` and `postgres`: of those on the PATH, else the newest of Debian's.

    Raises PostgresMissing.
    """
    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    versions = sorted(debian.glob("*/bin"), key=lambda folder: float(folder.parent.name), reverse=True)
    for folder in (*folders, *versions):
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise PostgresMissing(MISSING)


class PostgresCluster:
    """
    One server and its folder. `settings` are written over the hurried defaults.

    It listens on a Unix socket only, so that nothing else can reach it and no
    two runs contend for a port.
    """

    def __init__(self, settings: Mapping[str, str] | None = None) -> None:
        self._programs = server_programs()
        # A short path: a socket's name has about a hundred characters.
        self.folder = Path(tempfile.mkdtemp(prefix="bluelight-pg-"))
        self._settings = {**IN_A_HURRY, "max_connections": "200", **(settings or {})}
        self._numbers = itertools.count(1)
        self._user = _unprivileged()
        self._server: subprocess.Popen[bytes] | None = None
        if self._user is not None:
            shutil.chown(self.folder, self._user)

    @property
    def pid(self) -> int:
        """Of the server's first process, for a test that freezes or kills it."""
        if self._server is None:
            raise RuntimeError("the server is not running")
        return self._server.pid

    def follow(self, primary: "PostgresCluster") -> None:
        """Make its files as those of a standby of this one, which waits for it at each commit from then on."""
        where = (f"--host={primary.folder}", f"--username={OWNER}")
        self._run("pg_basebackup", *where, "--write-recovery-conf", "--checkpoint=fast", "--no-sync")
        self.start()
        primary._administer("ALTER SYSTEM SET synchronous_standby_names = '*'")
        primary._administer("SELECT pg_reload_conf()")

    def promote(self) -> None:
        """From a standby to the server that is written to."""
        self._administer("SELECT pg_promote()")

    @property
    def socket(self) -> Path:
        return self.folder / ".s.PGSQL.5432"

    def start(self) -> None:
        """Return once it takes connections; the first time its files are made."""
        if not self._data.exists():
            self._run("initdb", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C", f"--username={OWNER}")
        options = {"listen_addresses": "", "unix_socket_directories": str(self.folder), **self._settings}
        with (self.folder / "log").open("ab") as log:
            self._server = subprocess.Popen(
                [
                    self._programs / "postgres",
                    "-D",
                    self._data,
                    *(f"--{name}={value}" for name, value in options.items()),
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                user=self._user,
                env=_environment(),
                cwd=self.folder,
                # Ctrl-C is for the tests; they end the server when they have let go of it.
                start_new_session=True,
            )
        give_up = time.monotonic() + READY_WITHIN
        while not self._takes_connections():
            if self._server.poll() is not None or time.monotonic() > give_up:
                raise RuntimeError(f"PostgreSQL did not start:\n{self.log()}")
            time.sleep(0.05)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """End it by its own pid: SIGINT cuts clients off and closes files, SIGQUIT leaves them to recovery."""
        server, self._server = self._server, None
        if server is None:
            return
        server.send_signal(how)
        try:
            server.wait(STOPPED_WITHIN)
        except subprocess.TimeoutExpired:
            server.send_signal(signal.SIGQUIT)
            server.wait(STOPPED_WITHIN)

    def remove(self) -> None:
        """Stop it and delete its folder."""
        self.stop()
        shutil.rmtree(self.folder)

    def log(self) -> str:
        return (self.folder / "log").read_text(encoding="utf-8", errors="replace")

    def url(self, database: str) -> str:
        """For SQLAlchemy and psycopg."""
        return f"postgresql+psycopg://{OWNER}@/{database}?host={self.folder}"

    def create_database(self, name: str | None = None, *, template: str = "template1") -> str:
        """A copy of the template, tens of milliseconds; nobody may be connected to the template meanwhile."""
        name = name or f"test_{next(self._numbers)}"
        self._administer("CREATE DATABASE {} TEMPLATE {}", name, template)
        return name

    def drop_database(self, name: str) -> None:
        """Cuts off whoever is still connected: a test may have left a pool open."""
        self._administer("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    def _run(self, program: str, *options: str) -> None:
        subprocess.run(
            [self._programs / program, "--pgdata", self._data, *options],
            check=True,
            stdout=subprocess.DEVNULL,
            user=self._user,
            env=_environment(),
            cwd=self.folder,
        )

    def _takes_connections(self) -> bool:
        try:
            self._administer("SELECT")
        except psycopg.OperationalError:
            return False
        return True

    def _administer(self, statement: str, *names: str) -> None:
        with psycopg.connect(host=str(self.folder), user=OWNER, dbname="postgres", autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def running_cluster(settings: Mapping[str, str] | None = None) -> Iterator[PostgresCluster]:
    """A started server, removed afterwards whatever happens."""
    cluster = PostgresCluster(settings)
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.remove()


def _unprivileged() -> str | None:
    """Whom the server runs as when we are root, which it refuses to run as."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def _environment() -> dict[str, str]:
    # Nothing of the caller's: PGHOST or a locale would change what is tested.
    return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
