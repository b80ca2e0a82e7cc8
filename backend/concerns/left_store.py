"""The SQL of concerns that nobody at the desk can open."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from backend.concerns.adviser import SealingKey
from backend.concerns.concern import Concern, Copy, Entry, Recusal, Stage


def without_reader(session: Session, *, shown: date | None, but_not_aside: UUID) -> Sequence[Concern]:
    """
    Open ones of which nobody who has a key in use, and does not stand aside, holds a copy.

    Lodged before the day `shown`; without those that this adviser stands aside from.
    """
    in_use = aliased(SealingKey)
    reader = (
        sa.exists()
        .where(Entry.concern_id == Concern.id, Entry.nth == 1, Copy.entry_id == Entry.id)
        .where(SealingKey.id == Copy.key_id, in_use.adviser_id == SealingKey.adviser_id, in_use.retired_on.is_(None))
        .where(~_aside(SealingKey.adviser_id))
    )
    wanted = sa.select(Concern).where(Concern.stage != Stage.CLOSED.value, ~reader, ~_aside(but_not_aside))
    if shown is not None:
        wanted = wanted.where(Concern.day < shown)
    return session.scalars(wanted.order_by(Concern.id)).all()


def _aside(adviser_id: sa.ColumnElement[UUID | None] | UUID | sa.orm.InstrumentedAttribute[UUID | None]) -> sa.Exists:
    return sa.exists().where(Recusal.concern_id == Concern.id, Recusal.adviser_id == adviser_id)
