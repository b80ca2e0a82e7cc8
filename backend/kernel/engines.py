"""How the two stores are opened, and which SQLite is refused."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pysqlite3.dbapi2 as sqlite_driver
import sqlalchemy as sa
from sqlalchemy import event

from backend.kernel.errors import Unavailable
from backend.kernel.patient_postgres import PatientConnection

#: Write-ahead-log corruption when a checkpoint races a second writer: 3.7.0 to 3.51.2 (sqlite.org, "WAL reset bug"),
#: mended in 3.51.3 and in the branches named here.
MENDED = (3, 51, 3)
MENDED_BRANCHES = {(3, 44): 6, (3, 50): 7}

#: Seconds a dead network may hold a commit: without tcp_user_timeout it hangs for as long as the kernel likes.
POSTGRES_PATIENCE = {"connect_timeout": 3, "tcp_user_timeout": 5000, "keepalives_idle": 5, "keepalives_interval": 2}

#: Milliseconds: for a statement, for somebody else's lock, and for a transaction in which nothing is said.
#: The last is what fences a frozen process: its locks go after so long, and what it says once it wakes is not believed.
POSTGRES_LIMITS = {
    "statement_timeout": 15000,
    "lock_timeout": 10000,
    "idle_in_transaction_session_timeout": 5000,
}

#: PostgreSQL's code for a disk that is full; its words depend on the server's language.
DISK_FULL = "53100"

#: Bytes that SQLite's write-ahead log may keep when it begins anew.
LONGEST_LOG = 16 << 20

#: The name under which the concerns' own file is attached.
APART = "concerns"

READERS = 8
#: A process's, and how long somebody waits for one of them: then the phone is told, and tries another process.
POSTGRES_CONNECTIONS = 16
POOL_PATIENCE_S = 2.5


def safe_sqlite(version: tuple[int, ...]) -> bool:
    """Whether this SQLite may write a database in WAL mode."""
    return version >= MENDED or version[2] >= MENDED_BRANCHES.get((version[0], version[1]), 1_000)


def sqlite_version() -> tuple[int, ...]:
    """The version of the library that would open our file."""
    return tuple(int(part) for part in sqlite_driver.sqlite_version.split("."))


def open_sqlite(file: Path, apart: Path | None = None) -> tuple[sa.Engine, sa.Engine]:
    """
    The writing and the reading engine of one file, and of the one that concerns have to themselves.

    In `apart` no page lies between those of dated rows, so that where one lies
    tells nobody when it was written. Without it, all is in one file.

    Raises Unavailable, with what to do, when the library has the WAL-reset bug.
    """
    if not safe_sqlite(sqlite_version()):
        found = sqlite_driver.sqlite_version
        raise Unavailable(f"SQLite {found} can corrupt its log: install pysqlite3 0.6.1 or later (SQLite 3.51.3+).")
    return _sqlite(file, apart, reading=False), _sqlite(file, apart, reading=True)


def open_postgres(url: str) -> tuple[sa.Engine, sa.Engine]:
    """One engine for both verbs: PostgreSQL's readers and writers do not disturb one another."""
    parsed = sa.make_url(url).set(drivername="postgresql+psycopg")
    engine = sa.create_engine(
        parsed,
        pool_size=POSTGRES_CONNECTIONS,
        max_overflow=0,
        pool_timeout=POOL_PATIENCE_S,
        pool_pre_ping=True,
        connect_args={
            **POSTGRES_PATIENCE,
            "options": " ".join(f"-c {name}={ms}" for name, ms in POSTGRES_LIMITS.items()),
        },
        json_serializer=compact,
    )

    @event.listens_for(engine, "do_connect")
    def connect(_dialect: Any, _record: Any, words: Any, options: Any) -> PatientConnection:
        return PatientConnection.connect(*words, **options)

    return engine, engine


def is_full(fault: BaseException) -> bool:
    """Whether this happened because the store's disk has no room left."""
    # SQLite ends the transaction of a full disk, and then the rollback fails too: the first fault is what tells.
    return any(
        getattr(one, "sqlstate", None) == DISK_FULL or "disk is full" in str(one) or "No space left" in str(one)
        for one in _chain(fault)
    )


def compact(value: Any) -> str:
    """JSON as we keep it: no spaces, no NaN."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def _chain(fault: BaseException) -> Iterator[BaseException]:
    """A fault and what was being handled when it was raised."""
    found: BaseException | None = fault
    while found is not None:
        yield found
        found = found.__cause__ or found.__context__


def _sqlite(file: Path, apart: Path | None, *, reading: bool) -> sa.Engine:
    engine = sa.create_engine(
        f"sqlite:///{file}",
        module=sqlite_driver,
        poolclass=sa.pool.QueuePool,
        pool_size=READERS if reading else 1,
        max_overflow=0,
        pool_timeout=10,
        connect_args={"check_same_thread": False, "timeout": 10},
        json_serializer=compact,
    )

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: Any) -> None:
        # The driver's own BEGIN is deferred and would meet "database is locked" at its first write.
        connection.isolation_level = None
        cursor = connection.cursor()
        if apart is not None:
            cursor.execute(f"ATTACH DATABASE ? AS {APART}", (str(apart),))
        for place in ("main", APART) if apart is not None else ("main",):
            cursor.execute(f"PRAGMA {place}.journal_mode=WAL")
            # FULL: a 2xx is a promise that outlives a power cut.
            cursor.execute(f"PRAGMA {place}.synchronous=FULL")
            # What a long reader (a backup) made it grow by is given back to the disk.
            cursor.execute(f"PRAGMA {place}.journal_size_limit={LONGEST_LOG}")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA secure_delete=ON")
        cursor.execute("PRAGMA trusted_schema=OFF")
        # Only the writer checkpoints.
        cursor.execute(f"PRAGMA wal_autocheckpoint={0 if reading else 1000}")
        if reading:
            cursor.execute("PRAGMA query_only=ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine
