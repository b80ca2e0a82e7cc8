"""A database with empty tables on either store, as the command line opens it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from backend.kernel.audit import AuditLine
from backend.kernel.database import Base, Database
from backend.kernel.engines import open_postgres, open_sqlite
from backend.kernel.outbox import OutboxRow
from backend.kernel.threads import PlainThreads

STORES = ("sqlite", "postgres")


@dataclass
class Office:
    """An operator's desk: a database, and a clock that is turned by hand."""

    database: Database
    engine: sa.Engine
    clock: datetime = datetime(2026, 10, 5, 9, 30, tzinfo=UTC)
    statements: list[str] = field(default_factory=list)

    def now(self) -> datetime:
        return self.clock

    def passes(self, **time: float) -> None:
        self.clock += timedelta(**time)

    def audit_lines(self, action: str | None = None) -> list[AuditLine]:
        wanted = sa.select(AuditLine).order_by(AuditLine.id)
        if action:
            wanted = wanted.where(AuditLine.action == action)
        return self.database.read(lambda session: list(session.scalars(wanted)))

    def events(self) -> list[tuple[str, dict[str, Any]]]:
        wanted = sa.select(OutboxRow.name, OutboxRow.facts).order_by(OutboxRow.id)
        return self.database.read(lambda session: [(name, facts) for name, facts in session.execute(wanted)])

    def statements_of(self, work: Callable[[], object]) -> list[str]:
        """What the store is asked while this is done, without the beginnings and ends of transactions."""
        self.statements.clear()
        work()
        return [one for one in self.statements if one.split()[0] in {"SELECT", "INSERT", "UPDATE", "DELETE"}]


@contextmanager
def office_on(store: str, *, directory: Path, postgres_url: Callable[[], str]) -> Iterator[Office]:
    """An office with empty tables; a PostgreSQL database is asked for only where it is the store."""
    writing, reading = open_sqlite(directory / "office.db") if store == "sqlite" else open_postgres(postgres_url())
    # The journeys' own PostgreSQL template has a campus in it already.
    Base.metadata.drop_all(writing)
    Base.metadata.create_all(writing)
    database = Database(
        writing=writing,
        reading=reading,
        threads=PlainThreads(),
        ring=lambda bells: None,
        keeps={"audit_key": b"k" * 32},
    )
    office = Office(database, writing)
    for engine in {writing, reading}:
        sa.event.listen(engine, "before_cursor_execute", lambda _c, _cu, text, *_: office.statements.append(text))
    try:
        yield office
    finally:
        database.close()
