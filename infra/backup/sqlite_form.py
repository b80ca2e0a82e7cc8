"""The embedded form's store as one file: copied while the server writes to it, and opened again elsewhere."""

import shutil
from pathlib import Path

import pysqlite3.dbapi2 as sqlite_driver
import sqlalchemy as sa

from backend.kernel.engines import open_sqlite
from backend.kernel.errors import Conflict, Invalid
from infra.backup.manifest import Contents
from infra.migrating import BOOKS, migrate, revision_of

FORM = "sqlite"
FILE = "bluelight.db"

#: Fixed bytes beside what the database itself needs.
MARGIN = 32 << 20

Engines = tuple[sa.Engine, sa.Engine]


def copy(source: Path, folder: Path) -> Contents:
    """
    One consistent copy, compact: pages that were freed do not come along.

    Reads a snapshot, so nobody waits for it; meanwhile the write-ahead log only
    grows. Raises Invalid when there is no room for it.
    """
    _must_fit(source, folder)
    reading = sqlite_driver.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
    try:
        reading.execute("VACUUM INTO ?", (str(folder / FILE),))
    finally:
        reading.close()
    engine = open_copy(folder / FILE)
    try:
        tables = sorted(set(sa.inspect(engine).get_table_names()) - BOOKS)
        return Contents(FORM, revision_of(engine), count_rows(engine, tables), {}, {})
    finally:
        engine.dispose()


def open_copy(file: Path) -> sa.Engine:
    """For reading a file that nobody writes to; leaves nothing beside it."""
    address = f"{file.absolute().as_uri()}?mode=ro&immutable=1"
    return sa.create_engine(
        "sqlite://",
        module=sqlite_driver,
        creator=lambda: sqlite_driver.connect(address, uri=True, check_same_thread=False),
        poolclass=sa.pool.StaticPool,
    )


def load(folder: Path, scratch: Path) -> Engines:
    """A copy of the copy, brought up to this version, to be written to."""
    shutil.copyfile(folder / FILE, scratch / FILE)
    writing, reading = open_sqlite(scratch / FILE)
    migrate(writing)
    return writing, reading


def damage(engine: sa.Engine) -> list[str]:
    """What the file itself has to say; nothing when it is sound."""
    with engine.connect() as connection:
        found = connection.exec_driver_sql("PRAGMA integrity_check(5)").scalars().all()
        strays = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    damaged = [f"The file is damaged: {line}." for line in found if line != "ok"]
    return damaged + [f"A row of {table} belongs to nothing (row {row})." for table, row, *_ in strays[:5]]


def count_rows(engine: sa.Engine, tables: list[str]) -> dict[str, int]:
    """How many each of these has."""
    with engine.connect() as connection:
        return {
            table: connection.scalar(sa.select(sa.func.count()).select_from(sa.table(table))) or 0 for table in tables
        }


def must_not_be_in_use(file: Path) -> None:
    """Raises Conflict while a server or a command has this database open; brings its log into the file."""
    if not file.exists():
        return
    connection = sqlite_driver.connect(file, timeout=0, isolation_level=None)
    try:
        # Needs the file for itself alone, which nothing else about a log's reader or writer shows.
        connection.execute("PRAGMA journal_mode=DELETE").fetchall()
    except sqlite_driver.OperationalError as fault:
        if "locked" in str(fault):
            raise Conflict(f"{file} is in use: stop the server first.") from fault
    except sqlite_driver.DatabaseError:
        # Damaged: that may be why it is replaced.
        return
    finally:
        connection.close()


def _must_fit(source: Path, folder: Path) -> None:
    log = source.with_name(f"{source.name}-wal")
    needed = source.stat().st_size + (log.stat().st_size if log.exists() else 0) + MARGIN
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise Invalid(f"A backup needs {needed >> 20:,} MiB in {folder.parent}, and {free >> 20:,} MiB are free.")
