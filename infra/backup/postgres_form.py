"""PostgreSQL's store as one file a table: read in one snapshot, and loaded beside what is there."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from backend.concerns import rewriting
from backend.kernel.engines import open_postgres
from backend.kernel.errors import Conflict, Unavailable
from backend.kernel.patient_postgres import unhurried
from infra.backup.manifest import Contents
from infra.migrating import BOOKS, migrate, revision_of

FORM = "postgresql"
TABLES = "tables"

OTHERS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
    "AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
)

#: Where a backup is loaded to be looked at.
SCRATCH = "bluelight_scratch"

#: PostgreSQL's advisory lock of whoever is there; any constant number does.
TURN = 7_041_946


def dump(engine: sa.Engine, folder: Path) -> Contents:
    """
    Every table in one REPEATABLE READ snapshot, as COPY writes it; concerns by their random names, not as they lie.

    Nobody waits for it, and the server needs no program on this machine. The
    numbers are read last: they belong to no snapshot, and too high is harmless.
    """
    (folder / TABLES).mkdir(mode=0o700)
    rows, columns, numbers = {}, {}, {}
    with engine.connect().execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True) as connection:
        unhurried(connection)
        revision = revision_of(connection)
        look = sa.inspect(connection)
        for table, _ in look.get_sorted_table_and_fkc_names():
            if table is None or table in BOOKS:
                continue
            columns[table] = [column["name"] for column in look.get_columns(table)]
            rows[table] = _copy_out(connection, table, columns[table], folder / TABLES / table)
        for table, names in columns.items():
            for column in names:
                number = _number(connection, table, column)
                if number is not None:
                    numbers[f"{table}.{column}"] = number
    return Contents(FORM, revision, rows, columns, numbers)


def load(engine: sa.Engine, folder: Path, contents: Contents) -> dict[str, int]:
    """Into empty tables of the backup's own revision, then up to this version; how many rows each table got."""
    migrate(engine, contents.revision)
    with engine.begin() as connection:
        preparer = engine.dialect.identifier_preparer
        tables = ", ".join(map(preparer.quote, contents.columns))
        connection.exec_driver_sql(f"TRUNCATE {tables}")
        rows = {
            table: _copy_in(connection, table, columns, folder / TABLES / table)
            for table, columns in contents.columns.items()
        }
        for name, number in contents.numbers.items():
            table, _, column = name.partition(".")
            connection.execute(sa.select(sa.func.setval(sa.func.pg_get_serial_sequence(table, column), number)))
    migrate(engine)
    return rows


@contextmanager
def scratch(url: str) -> Iterator[sa.Engine]:
    """
    A schema of its own in this database, for one backup; gone afterwards.

    Raises Conflict while another backup or restore is in it, Unavailable when
    this user may not make one.
    """
    engine, _ = open_postgres(url)
    try:
        # The lock is this connection's: whoever is killed leaves none.
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as held:
            if not held.scalar(sa.select(sa.func.pg_try_advisory_lock(TURN))):
                raise Conflict("Another backup or restore of this database is running.")
            _make_anew(held)
            inside, _ = open_postgres(url)
            sa.event.listen(inside, "connect", _stay_inside)
            try:
                yield inside
            finally:
                inside.dispose()
                held.exec_driver_sql(f"DROP SCHEMA IF EXISTS {SCRATCH} CASCADE")
    finally:
        engine.dispose()


def _make_anew(connection: sa.Connection) -> None:
    try:
        connection.exec_driver_sql(f"DROP SCHEMA IF EXISTS {SCRATCH} CASCADE")
        connection.exec_driver_sql(f"CREATE SCHEMA {SCRATCH}")
    except sa.exc.ProgrammingError as fault:
        raise Unavailable(
            "A backup is proved by loading it into a schema of its own: GRANT CREATE ON DATABASE to this user."
        ) from fault


def present(url: str) -> list[str]:
    """The tables that stand where ours would."""
    engine, _ = open_postgres(url)
    try:
        return sorted(sa.inspect(engine).get_table_names())
    finally:
        engine.dispose()


def others_connected(url: str) -> bool:
    """Whether anybody else is in this database."""
    engine, _ = open_postgres(url)
    try:
        with engine.connect() as connection:
            return bool(connection.exec_driver_sql(OTHERS).scalar_one())
    finally:
        engine.dispose()


def move_in(inside: sa.Engine, aside: str | None) -> None:
    """What was loaded takes its place, in one transaction; what stood there goes `aside`, a new schema of that name."""
    with inside.begin() as connection:
        quote = inside.dialect.identifier_preparer.quote
        # The first connection asked before it went inside.
        home = inside.dialect.default_schema_name or "public"
        look = sa.inspect(connection)
        if aside is not None:
            connection.exec_driver_sql(f"CREATE SCHEMA {quote(aside)}")
            for table in look.get_table_names(schema=home):
                connection.exec_driver_sql(f"ALTER TABLE {quote(home)}.{quote(table)} SET SCHEMA {quote(aside)}")
        for table in look.get_table_names(schema=SCRATCH):
            connection.exec_driver_sql(f"ALTER TABLE {SCRATCH}.{quote(table)} SET SCHEMA {quote(home)}")


def _stay_inside(connection: Any, _record: Any) -> None:
    connection.execute(f"SET search_path = {SCRATCH}")
    # Loading and proving take as long as they take.
    connection.is_hurried = False
    connection.execute("SET statement_timeout = 0")
    connection.commit()


def _copy_out(connection: sa.Connection, table: str, columns: list[str], file: Path) -> int:
    with _cursor(connection) as cursor, file.open("wb") as written:
        with cursor.copy(_what(connection, table, columns)) as copy:
            for block in copy:
                written.write(block)
        return int(cursor.rowcount)


def _copy_in(connection: sa.Connection, table: str, columns: list[str], file: Path) -> int:
    with _cursor(connection) as cursor, file.open("rb") as opened:
        with cursor.copy(_copy(connection, table, columns, "FROM STDIN")) as copy:
            while block := opened.read(1 << 18):
                copy.write(block)
        return int(cursor.rowcount)


def _what(connection: sa.Connection, table: str, columns: list[str]) -> str:
    """The statement that reads a table; where rows lie would tell of concerns in which order they came."""
    if table not in rewriting.TABLES:
        return _copy(connection, table, columns, "TO STDOUT")
    keys = sa.inspect(connection).get_pk_constraint(table)["constrained_columns"]
    rows: Any = sa.select(*map(sa.column, columns)).select_from(sa.table(table)).order_by(*map(sa.column, keys))
    return f"COPY ({rows.compile(dialect=connection.dialect)}) TO STDOUT"


def _copy(connection: sa.Connection, table: str, columns: list[str], way: str) -> str:
    quote = connection.dialect.identifier_preparer.quote
    return f"COPY {quote(table)} ({', '.join(map(quote, columns))}) {way}"


def _cursor(connection: sa.Connection) -> Any:
    driver: Any = connection.connection.driver_connection
    return driver.cursor()


def _number(connection: sa.Connection, table: str, column: str) -> int | None:
    """How far a counting column has got; None for one that does not count, or has not begun."""
    sequence = connection.scalar(sa.select(sa.func.pg_get_serial_sequence(table, column)))
    if sequence is None:
        return None
    schema, _, name = str(sequence).rpartition(".")
    wanted = sa.select(sa.column("last_value", sa.BigInteger), sa.column("is_called", sa.Boolean))
    last, called = connection.execute(wanted.select_from(sa.table(name, schema=schema))).one()
    return int(last) if called else None
