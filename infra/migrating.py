"""Bring a database's tables to what this version needs, and tell whether they are there."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from backend.kernel.engines import APART
from backend.kernel.errors import Unavailable

#: Alembic's own book-keeping.
BOOKS = {"alembic_version"}

#: A database may be this many revisions ahead of a process: what one adds, the next takes away (expand, contract).
AHEAD = 1

SCRIPTS = Path(__file__).parent / "migrations"


def apart(connection: sa.Connection) -> str | None:
    """The schema that the tables of concerns are made in: SQLite's second file where there is one, else the usual."""
    if connection.dialect.name != "sqlite":
        return None
    attached = {row[1] for row in connection.exec_driver_sql("PRAGMA database_list")}
    return APART if APART in attached else None


def configuration(engine: sa.Engine) -> Config:
    """Alembic told by us: the engine is ours, so that the driver and its pragmas are as well."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["engine"] = engine
    return config


def migrate(engine: sa.Engine, target: str = "head") -> None:
    """Up (or, by name, down) to this revision; a database that is there already is left alone."""
    if target == "head" and pending(engine) == []:
        return
    step = command.downgrade if target.startswith("-") or target == "base" else command.upgrade
    step(configuration(engine), target)


def pending(engine: sa.Engine) -> list[str]:
    """The revisions that wait to be applied, newest first; none for a database that a newer version brought up."""
    script = ScriptDirectory.from_config(configuration(engine))
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_heads()
    if not all(is_known(head) for head in current):
        return []
    applied = {one.revision for head in current for one in script.iterate_revisions(head, "base")}
    return [one.revision for one in script.walk_revisions() if one.revision not in applied]


def check_schema(engine: sa.Engine) -> None:
    """
    Refuse a database that is behind this version, or more than one revision ahead of it.

    Raises Unavailable, with what to do. One ahead is how a rolling upgrade
    goes: the tables first, then one process after the other.
    """
    now, ours = revision_of(engine), newest_of(ScriptDirectory.from_config(configuration(engine)))
    ahead = int(now or 0) - int(ours)
    if ahead < 0:
        raise Unavailable(
            f"The database's tables are at {now or 'none'} and this version needs {ours}: bluelight migrate."
        )
    if ahead > AHEAD:
        raise Unavailable(f"The database's tables are at {now}, too new for this version ({ours}): bring a newer one.")


def newest_of(script: ScriptDirectory) -> str:
    """The last revision that this version knows; they are numbers, and each is one more than the last."""
    return script.get_current_head() or ""


def revision_of(store: sa.Engine | sa.Connection) -> str:
    """The revision this database is at; empty for one without tables."""
    if isinstance(store, sa.Engine):
        with store.connect() as connection:
            return revision_of(connection)
    return MigrationContext.configure(store).get_current_revision() or ""


def is_known(revision: str) -> bool:
    """Whether this version has heard of that revision; a newer one's is unknown."""
    script = ScriptDirectory(str(SCRIPTS))
    return any(one.revision == revision for one in script.walk_revisions())
