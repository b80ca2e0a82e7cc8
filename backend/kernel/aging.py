"""Rows that have their day: one condition says which, and they are counted, found and removed by it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from backend.kernel.database import Base
from backend.kernel.retention import Count, Spared
from backend.kernel.statements import changed

#: PostgreSQL's advisory lock of whoever forgets or holds; any constant number does.
TURNS = 7_041_945

Past = Callable[[datetime], sa.ColumnElement[bool]]
Sparing = Callable[[Spared], sa.ColumnElement[bool]]


class AgingRows:
    """
    The rows of one table for which `past` holds of a moment, but for those that `sparing` names.

    They are removed, or with `instead` stay and have these values from then on.
    `key` is one column that names a row.
    """

    def __init__(
        self,
        entity: type[Base],
        key: InstrumentedAttribute[Any],
        past: Past,
        *,
        sparing: Sparing | None = None,
        instead: Mapping[str, Any] | None = None,
    ) -> None:
        self.entity = entity
        self.key = key
        self._past = past
        self._sparing = sparing
        self._instead = instead

    def count(self, session: Session, before: datetime, spared: Spared) -> Count:
        all_of_them = self._how_many(session, self._past(before))
        due = self._how_many(session, self.due(before, spared))
        return Count(due, all_of_them - due)

    def find(self, session: Session, before: datetime, spared: Spared, most: int) -> Sequence[Any]:
        if self._sparing is not None and session.scalar(sa.select(self.key).where(self._past(before)).limit(1)) is None:
            # Nothing is that old, and whom it would spare need not be looked up.
            return []
        # In no order: sorting would read the whole table for every few rows.
        return session.scalars(sa.select(self.key).where(self.due(before, spared)).limit(most)).all()

    def forget(self, session: Session, keys: Sequence[Any], *, before: datetime, spared: Spared, now: datetime) -> int:
        these = sa.and_(self.key.in_(keys), self.due(before, spared))
        if self._instead is not None:
            return changed(session, sa.update(self.entity).where(these).values(self._instead))
        return changed(session, sa.delete(self.entity).where(these))

    def still_due(self, session: Session, keys: Sequence[Any], before: datetime, spared: Spared) -> Sequence[Any]:
        """Those of these keys whose rows go."""
        return session.scalars(sa.select(self.key).where(self.key.in_(keys), self.due(before, spared))).all()

    def due(self, before: datetime, spared: Spared) -> sa.ColumnElement[bool]:
        """Whether a row goes."""
        if self._sparing is None:
            return self._past(before)
        # What is about nothing is not spared: to SQL that would be neither true nor false.
        return sa.and_(self._past(before), sa.not_(sa.func.coalesce(self._sparing(spared), sa.false())))

    def _how_many(self, session: Session, condition: sa.ColumnElement[bool]) -> int:
        return session.scalar(sa.select(sa.func.count()).select_from(self.entity).where(condition)) or 0


def about(case: InstrumentedAttribute[Any]) -> Sparing:
    """Rows about a case that is open or held are spared."""
    return lambda spared: case.in_(spared.cases)


def of(person: InstrumentedAttribute[Any]) -> Sparing:
    """Rows of somebody who is in such a case are spared."""
    return lambda spared: person.in_(spared.people)


def take_turns(session: Session) -> None:
    """
    One at a time forgets, or has a case held: what is held at the commit was not forgotten a moment later.

    On SQLite's one writer they take turns anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sa.select(sa.func.pg_advisory_xact_lock(TURNS)))
