"""What the doctor looks at for the concerns' sake: their file, and what PostgreSQL keeps of the order of arrival."""

from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa

from infra.finding import Finding, is_private
from infra.settings import Settings
from infra.wiring import CONCERNS_FILE

#: `CHECKPOINT` may be said by members of this role, from PostgreSQL 15 on.
CHECKPOINTS = sa.text(
    "SELECT rolsuper OR EXISTS (SELECT FROM pg_roles WHERE rolname = 'pg_checkpoint' "
    "AND pg_has_role(current_user, oid, 'USAGE')) FROM pg_roles WHERE rolname = current_user"
)
SWITCHES = sa.text("SELECT has_function_privilege('pg_switch_wal()', 'EXECUTE')")
RECYCLES = sa.text("SELECT current_setting('wal_recycle') = 'on'")
KEEPS = sa.text("SELECT current_setting('archive_mode') <> 'off' OR EXISTS (SELECT FROM pg_replication_slots)")
DATES = sa.text("SELECT current_setting('track_commit_timestamp') = 'on'")

GRANTS = "GRANT pg_checkpoint TO this user; GRANT EXECUTE ON FUNCTION pg_switch_wal() TO this user"


def examine_their_store(settings: Settings, connection: sa.Connection) -> Iterator[Finding]:
    """Of the store these settings name, by a connection to it. Raises what the store raises."""
    if settings.database_url:
        yield from _on_postgres(connection)
    else:
        yield from _in_a_file(settings.data_dir / CONCERNS_FILE, connection)


def _in_a_file(file: Path, connection: sa.Connection) -> Iterator[Finding]:
    found = connection.exec_driver_sql("PRAGMA concerns.quick_check(1)").scalar_one()
    yield Finding("the concerns' file is sound", found == "ok", "restore the newest backup, see infra/runbook.md")
    yield Finding("the concerns' file is its owner's alone", is_private(file), f"chmod 600 {file}*")


def _on_postgres(connection: sa.Connection) -> Iterator[Finding]:
    """What the nightly rewrite cannot destroy, and what would let it."""
    may = connection.scalar(CHECKPOINTS) and connection.scalar(SWITCHES)
    yield Finding("the log of what was written ends with the night's rewrite", bool(may), GRANTS)
    recycles = connection.scalar(RECYCLES)
    yield Finding("old files of that log are removed, not used again as they are", not recycles, "wal_recycle = off")
    dates = connection.scalar(DATES)
    yield Finding("no moment of a commit is kept", not dates, "track_commit_timestamp = off")
    if connection.scalar(KEEPS):
        # A choice and no fault: whoever keeps the log keeps in it when each concern came.
        yield Finding("an archive or a replica keeps the log longer: with it, the hour of each concern", well=True)
