"""Probes that would put concerns in the order in which they came, and how well each does."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, cast

import psycopg
import sqlalchemy as sa

from backend.concerns.concern import Concern, Entry
from backend.kernel.database import Database
from infra.settings import Settings
from infra.wiring import CONCERNS_FILE, STORE_FILES
from tests.journeys.lodged import Lodged

Probe = Callable[[], Sequence[Any]]


def agreement(places: Sequence[Any]) -> float:
    """
    Kendall's tau of what a probe found against the order of arrival: 1 the same, 0 chance, -1 the reverse.

    With 100 concerns chance alone stays within 0.35 but once in ten million.
    """
    pairs = [(one, other) for at, one in enumerate(places) for other in places[at + 1 :]]
    return sum((one < other) - (one > other) for one, other in pairs) / len(pairs)


def columns(database: Database, came: Sequence[Lodged]) -> dict[str, list[Any]]:
    """Every column of a concern and of its entry, and where each stands when no order is asked for."""
    found: dict[str, list[Any]] = {}
    for entity, key in ((Concern, "id"), (Entry, "concern_id")):
        table = cast(sa.Table, entity.__table__)
        rows = database.read(lambda session, table=table: session.execute(sa.select(table)).mappings().all())  # type: ignore[misc]
        by_id = {row[key]: row for row in rows}
        stands = {row[key]: place for place, row in enumerate(rows)}
        for column in table.columns:
            found[f"{table.name}.{column.name}"] = [by_id[one.id][column.name] or 0 for one in came]
        found[f"{table.name} as they stand"] = [stands[one.id] for one in came]
    return found


def in_files(folder: Path, came: Sequence[Lodged]) -> dict[str, list[int]]:
    """For each file of the embedded store in which all of them are, where each one's sealed words end."""
    files = [folder / (name + suffix) for name in STORE_FILES for suffix in ("", "-wal", "-shm")]
    found = {file.name: offsets(file.read_bytes(), came) for file in files if file.exists()}
    return {name: places for name, places in found.items() if any(place >= 0 for place in places)}


def offsets(content: bytes, came: Sequence[Lodged]) -> list[int]:
    return [content.find(one.tail) for one in came]


def how_often(folder: Path, came: Sequence[Lodged]) -> set[int]:
    """In how many places of the embedded store's files each one's words are."""
    files = [folder / (name + suffix) for name in STORE_FILES for suffix in ("", "-wal", "-shm")]
    content = b"\0\0".join(file.read_bytes() for file in files if file.exists())
    return {content.count(one.tail) for one in came}


class Cluster:
    """What somebody reads who owns a PostgreSQL server: system columns, long values and files."""

    def __init__(self, settings: Settings) -> None:
        told = sa.make_url(settings.database_url or "")
        self._where: dict[str, Any] = {"host": told.query["host"], "user": told.username, "dbname": told.database}

    def asks(self, statement: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(**self._where, autocommit=True) as connection:
            return connection.execute(statement).fetchall()

    def system_columns(self, came: Sequence[Lodged]) -> dict[str, list[Any]]:
        """Where each row lies and which transaction wrote it, for a concern and its entry."""
        found: dict[str, list[Any]] = {}
        for table, key in (("concerns", "id"), ("concern_entries", "concern_id")):
            rows = self.asks(f"SELECT {key}, ctid::text, xmin::text::bigint FROM {table}")  # noqa: S608
            by_id = {row[0]: row for row in rows}
            found[f"{table}.ctid"] = [_place(by_id[one.id][1]) for one in came]
            found[f"{table}.xmin"] = [by_id[one.id][2] for one in came]
        found["long values"] = self._long_values(came)
        return found

    def files(self, came: Sequence[Lodged]) -> dict[str, list[int]]:
        """Every file of the server, its log of what was written as well, in which any of them is."""
        self.asks("SELECT pg_stat_clear_snapshot()")
        (folder,) = self.asks("SELECT current_setting('data_directory')")[0]
        found = {}
        for file in sorted(Path(folder).rglob("*")):
            places = offsets(file.read_bytes(), came) if file.is_file() else []
            if any(place >= 0 for place in places):
                found[file.relative_to(folder).parts[0] + "/" + file.name] = places
        return found

    def _long_values(self, came: Sequence[Lodged]) -> list[Any]:
        (name,) = self.asks("SELECT reltoastrelid::regclass::text FROM pg_class WHERE relname = 'concern_entries'")[0]
        chunks = self.asks(f"SELECT chunk_id, chunk_data FROM {name}")  # noqa: S608
        return [next(number for number, data in chunks if data.endswith(one.tail)) for one in came]


def _place(ctid: str) -> tuple[int, ...]:
    return tuple(int(one) for one in ctid.strip("()").split(","))


def apart_file(settings: Settings) -> Path:
    return settings.data_dir / CONCERNS_FILE
