"""Let what was deleted leave the store's files as well, as far as each store can without holding anybody up."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError, ProgrammingError

from backend.kernel.patient_postgres import unhurried

#: Milliseconds the writer waits for SQLite's lock, as it was opened (its `timeout`, in seconds there).
PATIENCE_MS = 10_000

#: How long rewriting a table may wait for its lock: meanwhile everybody who comes later waits behind it.
LOCK_MS = 200


def empty_log(driver: Any) -> bool:
    """
    Bring SQLite's write-ahead log into the file and cut it to nothing; False when a reader is still in it.

    `secure_delete` overwrites what is deleted in the file, but the log holds
    pages as they were before. Never waits: whoever reads goes on, and this is to
    be tried again. Only the connection that writes may do this.
    """
    cursor = driver.cursor()
    try:
        cursor.execute("PRAGMA busy_timeout=0")
        busy, _, _ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy
    finally:
        cursor.execute(f"PRAGMA busy_timeout={PATIENCE_MS}")
        cursor.close()


def lay_anew(driver: Any, place: str) -> bool:
    """
    Write all of an attached file anew, each table by its keys; False when a reader is still in the log.

    What lies where is then told by what there is, and by nothing that happened.
    SQLite's one writer is busy meanwhile, some milliseconds for each mebibyte.
    """
    # First, so that the index of the log begins anew as well: it would tell how much was written at a time.
    emptied = empty_log(driver)
    cursor = driver.cursor()
    try:
        if place in {row[1] for row in cursor.execute("PRAGMA database_list")}:
            cursor.execute(f"VACUUM {place}")
    finally:
        cursor.close()
        emptied = empty_log(driver) and emptied
    return emptied


def end_log(engine: sa.Engine) -> bool:
    """
    Let PostgreSQL begin another file of its write-ahead log, and have no need of those before; False if it may not.

    What becomes of those is its own affair (`wal_recycle`, an archive): see
    infra/runbook.md.
    """
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        unhurried(connection)
        try:
            connection.exec_driver_sql("SELECT pg_switch_wal()")
            connection.exec_driver_sql("CHECKPOINT")
        except ProgrammingError:
            return False
        finally:
            unhurried(connection, on=False)
    return True


def vacuum(engine: sa.Engine, tables: Iterable[str], *, rewrite: bool) -> bool:
    """
    Take dead rows out of PostgreSQL's tables and indices, beside all other work.

    Nobody can ask for them after that, but their bytes stay in the free space
    of a page until another row is written there. `rewrite` makes each table's
    files anew, without them; whoever needs the table waits meanwhile. False when
    a table was too busy.
    """
    done = True
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        # The pool's own limit is for requests.
        unhurried(connection)
        connection.exec_driver_sql(f"SET lock_timeout = {LOCK_MS}")
        try:
            for table in sorted(tables):
                name = connection.dialect.identifier_preparer.quote(table)
                how = "FULL" if rewrite else "INDEX_CLEANUP ON, TRUNCATE OFF"
                try:
                    connection.exec_driver_sql(f"VACUUM ({how}) {name}")
                except OperationalError:
                    done = False
        finally:
            unhurried(connection, on=False)
            connection.exec_driver_sql("RESET lock_timeout")
    return done
