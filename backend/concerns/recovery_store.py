"""The SQL of what only the recovery key opens any more."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.concerns.concern import Concern


def lodged_before(session: Session, day: date) -> Sequence[UUID]:
    """In the order of their random names."""
    return session.scalars(sa.select(Concern.id).where(Concern.day < day).order_by(Concern.id)).all()
