"""What a tap writes, written by a bare driver loop: prepared rows, six inserts, one commit, again."""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pysqlite3.dbapi2 as sqlite_driver
import sqlalchemy as sa
from sqlalchemy.engine import make_url

from backend.incidents.incident import Fix, Incident, Progress, Tap
from backend.kernel.audit import AuditLine
from backend.kernel.database import Base
from backend.kernel.outbox import OutboxRow

#: In the order in which a tap writes them.
TABLES = [Base.metadata.tables[model.__tablename__] for model in (Incident, Progress, AuditLine, OutboxRow, Tap, Fix)]

Written = tuple[str, tuple[Any, ...]]


def sqlite_taps_a_second(file: Path, seconds: float, most: int) -> float:
    """On this database, whose tables are there, as durable as ours: write-ahead log, FULL."""
    taps = [_statements(_spelt_for_sqlite, "?") for _ in range(most)]
    connection = sqlite_driver.connect(file, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")

    def write(tap: list[Written]) -> None:
        connection.execute("BEGIN IMMEDIATE")
        for statement, values in tap:
            connection.execute(statement, values)
        connection.execute("COMMIT")

    try:
        return _rate(write, taps, seconds)
    finally:
        connection.close()


def postgres_taps_a_second(url: str, seconds: float, most: int) -> float:
    """On this database, whose tables are there; the driver prepares what it sees often."""
    taps = [_statements(_spelt_for_postgres, "%s") for _ in range(most)]
    place = make_url(url)
    with psycopg.connect(user=place.username, dbname=place.database, host=str(place.query["host"])) as connection:
        cursor = connection.cursor()

        def write(tap: list[Written]) -> None:
            for statement, values in tap:
                cursor.execute(statement.encode(), values)
            connection.commit()

        return _rate(write, taps, seconds)


def _rate(write: Callable[[list[Written]], None], taps: Sequence[list[Written]], seconds: float) -> float:
    for tap in taps[: len(taps) // 20]:
        write(tap)
    done = 0
    began = time.perf_counter()
    for tap in taps[len(taps) // 20 :]:
        write(tap)
        done += 1
        if time.perf_counter() - began > seconds:
            break
    return done / (time.perf_counter() - began)


def _statements(spelt: Callable[[Any], Any], mark: str) -> list[Written]:
    rows = zip(TABLES, _rows(), strict=True)
    return [(_insert(table, mark), tuple(spelt(row.get(name)) for name in _columns(table))) for table, row in rows]


def _insert(table: sa.Table, mark: str) -> str:
    columns = _columns(table)
    names = ", ".join(f'"{name}"' for name in columns)
    return f"INSERT INTO {table.name} ({names}) VALUES ({', '.join([mark] * len(columns))})"  # noqa: S608


def _columns(table: sa.Table) -> list[str]:
    """All but the keys that the store counts itself."""
    return [one.name for one in table.columns if one.autoincrement is not True]


def _rows() -> Iterator[dict[str, Any]]:
    incident, person, now = uuid4(), uuid4(), datetime.now(UTC)
    where = {"latitude": 51.4985, "longitude": -0.177, "accuracy_m": 8.0}
    facts = {"incident_id": str(incident), "kind": "emergency"}
    yield {
        **where,
        "id": incident,
        "kind": "emergency",
        "state": "raised",
        "silent": False,
        "trigger": "button",
        "exercise": False,
        "owner_id": person,
        "raised_by": person,
        "received_at": now,
        "pressed_at": now,
        "position_at": now,
        "zone_id": "sherfield",
        "site_id": "south-kensington",
        "inside": True,
        "team_id": "security",
        "routed_because": "emergencies at South Kensington go to security, at every hour",
        "wanted": 2,
        "rung": 0,
        "climb": 0,
        "ladder_from": now,
        "next_step_at": now,
    }
    yield {"incident_id": incident, "stage": "received", "at": now, "by": person}
    yield {
        "at": now,
        "action": "incident.raised",
        "actor": str(person),
        "about": "incident",
        "about_id": str(incident),
        "facts": facts,
        "seal": incident.hex * 2,
    }
    yield {"lane": 0, "name": "IncidentRaised", "facts": facts, "at": now, "done": False, "attempts": 0}
    yield {"person_id": person, "tap_id": uuid4(), "incident_id": incident, "at": now, "trigger": "button"}
    yield {**where, "incident_id": incident, "recorded_at": now, "received_at": now}


def _spelt_for_sqlite(value: Any) -> Any:
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(" ")
    return json.dumps(value) if isinstance(value, dict) else value


def _spelt_for_postgres(value: Any) -> Any:
    return json.dumps(value) if isinstance(value, dict) else value
