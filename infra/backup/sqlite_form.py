"""The embedded form's store as its files: copied while the server writes to them, and opened again elsewhere."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pysqlite3.dbapi2 as sqlite_driver
import sqlalchemy as sa

from backend.kernel.engines import APART, open_sqlite
from backend.kernel.errors import Conflict, Invalid
from infra.backup.manifest import Contents
from infra.migrating import BOOKS, apart, migrate, revision_of
from infra.wiring import CONCERNS_FILE, DATABASE_FILE, STORE_FILES

FORM = "sqlite"

#: Fixed bytes beside what the database itself needs.
MARGIN = 32 << 20

Engines = tuple[sa.Engine, sa.Engine]


def copy(source: Path, folder: Path) -> Contents:
    """
    A consistent copy of each file, compact: pages that were freed do not come along, nor where rows lay.

    Reads snapshots, so nobody waits for it; meanwhile the write-ahead logs only
    grow. Raises Invalid when there is no room for it.
    """
    there = [file for file in (source.with_name(CONCERNS_FILE), source) if file.exists()]
    _must_fit(there, folder)
    # The concerns first: whatever was done to one by then has its line in the audit that is copied after it.
    for file in there:
        _copy_one(file, folder / file.name)
    engine = open_copy(folder / DATABASE_FILE)
    try:
        tables = sorted(_tables(engine) - BOOKS)
        return Contents(FORM, revision_of(engine), count_rows(engine, tables), {}, {})
    finally:
        engine.dispose()


def open_copy(file: Path) -> sa.Engine:
    """For reading a store that nobody writes to, with what lies apart; leaves nothing beside it."""

    def connect() -> Any:
        connection = sqlite_driver.connect(_unchanging(file), uri=True, check_same_thread=False)
        apart = file.with_name(CONCERNS_FILE)
        if apart.exists():
            connection.execute(f"ATTACH DATABASE ? AS {APART}", (_unchanging(apart),))
        return connection

    return sa.create_engine("sqlite://", module=sqlite_driver, creator=connect, poolclass=sa.pool.StaticPool)


def load(folder: Path, scratch: Path) -> Engines:
    """A copy of the copy, brought up to this version, to be written to."""
    for name in STORE_FILES:
        # A backup may be older than the concerns' file.
        if (folder / name).exists():
            shutil.copyfile(folder / name, scratch / name)
    writing, reading = open_sqlite(scratch / DATABASE_FILE, scratch / CONCERNS_FILE)
    migrate(writing)
    return writing, reading


def damage(engine: sa.Engine) -> list[str]:
    """What the files themselves have to say; nothing when they are sound."""
    with engine.connect() as connection:
        try:
            found = connection.exec_driver_sql("PRAGMA integrity_check(5)").scalars().all()
        except sa.exc.DatabaseError as fault:
            return [f"The file is damaged: {fault.orig}."]
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
    """Raises Conflict while a server or a command has this store open; brings its logs into the files."""
    for one in (file, file.with_name(CONCERNS_FILE)):
        if one.exists():
            _must_be_ours_alone(one)


def _must_be_ours_alone(file: Path) -> None:
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


def _unchanging(file: Path) -> str:
    return f"{file.absolute().as_uri()}?mode=ro&immutable=1"


def _copy_one(source: Path, target: Path) -> None:
    reading = sqlite_driver.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
    try:
        reading.execute("VACUUM INTO ?", (str(target),))
    finally:
        reading.close()


def _tables(engine: sa.Engine) -> set[str]:
    """Of both files; unqualified names find them."""
    look = sa.inspect(engine)
    with engine.connect() as connection:
        is_apart = apart(connection) is not None
    return {*look.get_table_names(), *(look.get_table_names(schema=APART) if is_apart else ())}


def _must_fit(sources: Sequence[Path], folder: Path) -> None:
    logs = [one.with_name(f"{one.name}-wal") for one in sources]
    needed = sum(one.stat().st_size for one in (*sources, *logs) if one.exists()) + MARGIN
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise Invalid(f"A backup needs {needed >> 20:,} MiB in {folder.parent}, and {free >> 20:,} MiB are free.")
