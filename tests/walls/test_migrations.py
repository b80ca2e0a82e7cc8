"""The migrations make the tables that the code expects, and can take them away again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from backend.kernel.engines import open_postgres, open_sqlite
from infra.migrating import configuration, migrate, pending
from infra.tables import METADATA

#: Alembic's own book-keeping.
BOOKS = {"alembic_version"}


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sa.Engine]:
    """An empty database, opened as the service opens it."""
    if request.param == "sqlite":
        writing, reading = open_sqlite(tmp_path / "x.db")
    else:
        writing, reading = open_postgres(request.getfixturevalue("postgres_database"))
    yield writing
    writing.dispose()
    reading.dispose()


def differences(engine: sa.Engine) -> list[object]:
    """What would have to be migrated for the tables to be as the models say."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        return list(compare_metadata(context, METADATA))


def tables(engine: sa.Engine) -> set[str]:
    return set(sa.inspect(engine).get_table_names()) - BOOKS


def revisions(engine: sa.Engine) -> list[str]:
    """Oldest first."""
    scripts = ScriptDirectory.from_config(configuration(engine))
    return [one.revision for one in scripts.walk_revisions()][::-1]


def constraints(engine: sa.Engine) -> dict[str, set[str]]:
    """The names of every table's constraints and indices."""
    look = sa.inspect(engine)
    return {
        table: {
            str(found["name"])
            for found in (
                look.get_pk_constraint(table),
                *look.get_unique_constraints(table),
                *look.get_foreign_keys(table),
                *look.get_indexes(table),
            )
            if found.get("name")
        }
        for table in tables(engine)
    }


def test_the_migrations_make_what_the_models_say(engine: sa.Engine) -> None:
    """
    No table, column, type, index or constraint differs.
    """
    migrate(engine)

    assert differences(engine) == []
    assert tables(engine) == set(METADATA.tables)


def test_both_ways_to_the_tables_give_them_the_same_names(engine: sa.Engine) -> None:
    """
    A constraint has one name on both stores, so that a later migration finds it.
    """
    migrate(engine)
    migrated = constraints(engine)
    migrate(engine, "base")

    METADATA.create_all(engine)

    assert constraints(engine) == migrated


def test_every_step_has_a_way_back(engine: sa.Engine) -> None:
    """
    Down one step at a time and up again, and the tables are what they were.
    """
    migrate(engine)
    before = constraints(engine)
    steps = revisions(engine)

    for _ in steps:
        migrate(engine, "-1")
    emptied = tables(engine)
    for revision in steps:
        migrate(engine, revision)

    assert emptied == set()
    assert pending(engine) == []
    assert constraints(engine) == before
    assert differences(engine) == []


def test_what_waits_is_told_newest_first_and_then_nothing_waits(engine: sa.Engine) -> None:
    """
    Migrating twice changes nothing the second time.
    """
    waiting = pending(engine)
    migrate(engine)
    migrate(engine)

    assert waiting == revisions(engine)[::-1]
    assert pending(engine) == []


def test_the_steps_are_one_line(tmp_path: Path) -> None:
    """
    One beginning, one end, no branch: two people's migrations cannot both be the newest.
    """
    writing, reading = open_sqlite(tmp_path / "x.db")
    scripts = ScriptDirectory.from_config(configuration(writing))
    writing.dispose()
    reading.dispose()

    assert len(scripts.get_heads()) == 1
    assert len(scripts.get_bases()) == 1
    assert all(one.doc.strip() for one in scripts.walk_revisions())
