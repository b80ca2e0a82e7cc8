"""The SQL of what only the recovery key opens any more."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.concerns.adviser import SealingKey
from backend.concerns.concern import Concern, Copy, Entry


def lodged_before(session: Session, day: date) -> Sequence[UUID]:
    """In the order of their random names."""
    return session.scalars(sa.select(Concern.id).where(Concern.day < day).order_by(Concern.id)).all()


def with_a_reader(session: Session) -> set[UUID]:
    """The concerns of which some adviser's key in use opens something."""
    in_use = SealingKey.adviser_id.is_not(None) & SealingKey.retired_on.is_(None)
    wanted = (
        sa.select(Entry.concern_id)
        .join(Copy, Copy.entry_id == Entry.id)
        .join(SealingKey, (SealingKey.id == Copy.key_id) & in_use)
        .distinct()
    )
    return set(session.scalars(wanted))
