"""The raw bytes of a store's files, as somebody finds them who takes the disk."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import sqlalchemy as sa

from infra.forgetting import Forgetting
from infra.wiring import STORE_FILES
from tests.campus import CampusStage

SUFFIXES = ("", "-wal", "-shm")


def holds_any(campus: CampusStage, telltales: tuple[bytes, ...]) -> bool:
    """Whether any of these bytes is in any file of the store; PostgreSQL's own log of writes is not looked at."""
    return any(telltale in content for content in _contents(campus) for telltale in telltales)


def forgets(campus: CampusStage) -> None:
    """The hourly round; on PostgreSQL then what `bluelight forget --rewrite` adds in the quiet hour."""
    campus.service.rounds.forget()
    campus.service.rounds.chain()
    if campus.settings.database_url is not None:
        assert Forgetting(campus.database, campus.service.rounds.write_anchor).scrub(rewrite=True)


def _contents(campus: CampusStage) -> Iterator[bytes]:
    url = campus.settings.database_url
    if url is None:
        files = [campus.settings.data_dir / (file + suffix) for file in STORE_FILES for suffix in SUFFIXES]
    else:
        files = _files_of_postgres(url)
    return (file.read_bytes() for file in files if file.is_file())


def _files_of_postgres(url: str) -> list[Path]:
    told = sa.make_url(url)
    connected = {"host": told.query["host"], "user": told.username, "dbname": told.database}
    with psycopg.connect(**connected, autocommit=True) as connection:  # type: ignore[arg-type]
        # What is deleted is deleted in memory first, and files that were made anew leave theirs behind until then.
        connection.execute("CHECKPOINT")
        found = connection.execute(
            "SELECT current_setting('data_directory'), oid FROM pg_database WHERE datname = current_database()"
        ).fetchone()
    assert found is not None
    return sorted((Path(found[0]) / "base" / str(found[1])).iterdir())
