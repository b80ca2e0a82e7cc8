"""Prove a store that nobody serves from: its file, its audit, and what must be true of every store."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.kernel import chaining
from backend.kernel.audit import AuditLine
from backend.kernel.chaining import Head
from infra.backup import invariants, sqlite_form

Keeps = dict[str, Any]


def faults_of(engine: sa.Engine, keeps: Keeps, anchors: list[Head], *, now: datetime) -> Iterator[str]:
    """Everything that is wrong, a sentence each; nothing for a good one. The tables are those of this version."""
    if engine.dialect.name == "sqlite":
        yield from sqlite_form.damage(engine)
    with Session(engine, info=dict(keeps)) as session:
        yield from chaining.faults_of(session, anchors=anchors)
        yield from invariants.broken(session.connection(), now=now)


def head_of(engine: sa.Engine) -> Head | None:
    """Where its audit ends."""
    with Session(engine) as session:
        return chaining.head_of(session)


def newest_row_of(engine: sa.Engine) -> datetime | None:
    """When the last deed in it was done: every change has its audit line."""
    with Session(engine) as session:
        return session.scalar(sa.select(sa.func.max(AuditLine.at)))


def missing_rows(wanted: dict[str, int], found: dict[str, int]) -> list[str]:
    """Tables that have not as many rows as were copied."""
    return [
        f"{table} has {found.get(table, 0):,} rows, and {number:,} were copied."
        for table, number in wanted.items()
        if found.get(table, 0) != number
    ]
