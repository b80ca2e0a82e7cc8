"""The SQL of who has something waiting at the desk, of days that are over."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from backend.concerns.adviser import Adviser, SealingKey
from backend.concerns.concern import BY_REPORTER, Assignee, Concern, Copy, Entry, Recusal, Stage


def advisers_waited_for(session: Session, today: date, *, at_work_on: date) -> list[UUID]:
    """
    Everybody at work on that day, by their random ids, for whom one of these waits since before today.

    A concern that nobody has yet and that they can open; or, in a case of
    theirs, reporter's words after which no adviser has written any.
    """
    found = session.scalars(sa.union(_nobodys(today), _unanswered(today)))
    return sorted(id_ for id_ in found if not session.get_one(Adviser, id_).is_away(at_work_on))


def _nobodys(today: date) -> sa.Select[UUID]:
    # Who has lost the role may have the last copy, and is told nothing.
    other = aliased(SealingKey)
    in_use = sa.exists().where(other.adviser_id == Adviser.id, other.retired_on.is_(None))
    recused = sa.select(Recusal).where(Recusal.concern_id == Concern.id, Recusal.adviser_id == SealingKey.adviser_id)
    return (
        sa.select(Adviser.id)
        .join(SealingKey, SealingKey.adviser_id == Adviser.id)
        .join(Copy, Copy.key_id == SealingKey.id)
        .join(Entry, Entry.id == Copy.entry_id)
        .join(Concern, Concern.id == Entry.concern_id)
        .where(Concern.stage == Stage.WAITING.value, Entry.day < today, in_use, ~recused.exists())
    )


def _unanswered(today: date) -> sa.Select[UUID]:
    later = aliased(Entry)
    answered = sa.select(later).where(
        later.concern_id == Entry.concern_id, later.nth > Entry.nth, later.written_by.is_not(None)
    )
    return (
        sa.select(Adviser.id)
        .join(Assignee, Assignee.adviser_id == Adviser.id)
        .join(Concern, Concern.id == Assignee.concern_id)
        .join(Entry, Entry.concern_id == Concern.id)
        .where(
            Concern.stage != Stage.CLOSED.value,
            Entry.kind.in_([kind.value for kind in BY_REPORTER]),
            Entry.day < today,
            ~answered.exists(),
        )
    )
