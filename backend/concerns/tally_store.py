"""The SQL of what stays of concerns: how many were closed with which outcome in an academic year."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from backend.concerns.concern import OutcomeTally
from backend.kernel.statements import changed

KEY = ["year", "outcome"]


def count_one(session: Session, year: str, outcome: str) -> None:
    """One more; two who close at once are both counted."""
    insert = sqlite.insert if session.connection().dialect.name == "sqlite" else postgresql.insert
    one = insert(OutcomeTally).values(year=year, outcome=outcome, number=1)
    changed(session, one.on_conflict_do_update(index_elements=KEY, set_={"number": OutcomeTally.number + 1}))


def take_back_one(session: Session, year: str, outcome: str) -> None:
    """One less, and never fewer than none."""
    same = sa.and_(OutcomeTally.year == year, OutcomeTally.outcome == outcome, OutcomeTally.number > 0)
    changed(session, sa.update(OutcomeTally).where(same).values(number=OutcomeTally.number - 1))


def before(session: Session, year: str) -> Sequence[tuple[str, str, int]]:
    """Year, outcome and number of every academic year before this one, the oldest first."""
    columns = sa.select(OutcomeTally.year, OutcomeTally.outcome, OutcomeTally.number)
    found = session.execute(columns.where(OutcomeTally.year < year).order_by(OutcomeTally.year, OutcomeTally.outcome))
    return [(year, outcome, number) for year, outcome, number in found]
