"""Statements past the unit of work, for the hot path; and rows that are gathered and written out together."""

from collections.abc import Set
from functools import lru_cache
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Session

#: Where a session notes which rounds have work after its commit.
BELLS = "bells"

#: Where a session gathers rows that are written before its commit.
LATER = "later"


def insert_into(entity: type[DeclarativeBase]) -> sa.Insert:
    """An insert to be built once and `put`: on the hot path a row needs no unit of work around it."""
    return sa.insert(cast(sa.Table, entity.__table__))


@lru_cache(maxsize=64)
def _columns(entity: type[DeclarativeBase]) -> tuple[str, ...]:
    table = cast(sa.Table, entity.__table__)
    return tuple(column.name for column in table.columns if column is not table.autoincrement_column)


def row_of(one: DeclarativeBase) -> dict[str, Any]:
    """An object that is no session's as the row it is to be; a number that the store counts is the store's to give."""
    return {name: getattr(one, name) for name in _columns(type(one))}


def put(
    session: Session, statement: sa.Executable, rows: dict[str, Any] | list[dict[str, Any]]
) -> sa.CursorResult[Any]:
    """Run a statement in this session's transaction, past its unit of work; what waits there is not flushed first."""
    return session.connection().execute(statement, rows)


def look(
    session: Session, statement: sa.Executable, values: dict[str, Any] | None = None
) -> sa.CursorResult[*tuple[Any, ...]]:
    """Read columns in this session's transaction, past its unit of work; what waits there is not flushed first."""
    return session.connection().execute(statement, values)


def changed(session: Session, statement: sa.Executable) -> int:
    """Run an update or a delete in this session's transaction, past its unit of work; how many rows it was about."""
    return session.connection().execute(statement).rowcount


def later(session: Session, statement: sa.Insert, row: dict[str, Any]) -> None:
    """
    Insert this row before the commit, together with all others of its kind: one statement instead of many.

    Whoever reads such rows in the transaction that wrote them has them written out first.
    """
    session.info.setdefault(LATER, {}).setdefault(statement, []).append(row)


def finish(session: Session) -> Set[str]:
    """The end of a use case: what it has not written yet is written; the bells that it asked for."""
    session.flush()
    write_out(session)
    return frozenset(session.info.get(BELLS, ()))


def write_out(session: Session) -> None:
    """Write what was put off for later, in the order in which it came; on PostgreSQL single rows go first, together."""
    waiting: dict[sa.Insert, list[dict[str, Any]]] = session.info.pop(LATER, {})
    single = [(statement, rows[0]) for statement, rows in waiting.items() if len(rows) == 1]
    if len(single) > 1 and session.get_bind().dialect.name == "postgresql":
        together = _together(tuple((statement, tuple(row)) for statement, row in single))
        put(
            session,
            together,
            {f"{k}_{name}": value for k, (_, row) in enumerate(single) for name, value in row.items()},
        )
        waiting = {statement: rows for statement, rows in waiting.items() if len(rows) > 1}
    for statement, rows in waiting.items():
        put(session, statement, rows if len(rows) > 1 else rows[0])


@lru_cache(maxsize=256)
def _together(inserts: tuple[tuple[sa.Insert, tuple[str, ...]], ...]) -> sa.Executable:
    """
    Inserts of one row each as one statement, of which the store makes one round: a tap's five rows are one.

    The values of the first are called `0_...`, those of the second `1_...`, and so on.
    """
    *before, last = [
        statement.values({name: sa.bindparam(f"{k}_{name}") for name in names}).inline()
        for k, (statement, names) in enumerate(inserts)
    ]
    return last.add_cte(*(one.cte(f"put_{k}") for k, one in enumerate(before)))
