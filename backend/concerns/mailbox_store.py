"""The SQL of a mailbox: what its reporter may read, without the large things they may not."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.concerns.concern import BY_REPORTER, FOR_REPORTER, Copy, Entry
from backend.concerns.sealing import REPORTER


def replies(session: Session, concern_id: UUID) -> list[tuple[date, bytes, bytes]]:
    """To the reporter, each its day, its box and the reporter's copy, in the order in which they were written."""
    wanted = (
        sa.select(Entry.day, Entry.box, Copy.sealed)
        .join(Copy, sa.and_(Copy.entry_id == Entry.id, Copy.key_id == REPORTER))
        .where(Entry.concern_id == concern_id, Entry.kind.in_([one.value for one in FOR_REPORTER]))
        .order_by(Entry.nth)
    )
    return [(day, box, copy) for day, box, copy in session.execute(wanted)]


def days_written(session: Session, concern_id: UUID) -> list[date]:
    """On which days the reporter wrote, the first first."""
    by_reporter = [one.value for one in BY_REPORTER]
    wanted = sa.select(Entry.day).where(Entry.concern_id == concern_id, Entry.kind.in_(by_reporter))
    return list(session.scalars(wanted.order_by(Entry.nth)))
