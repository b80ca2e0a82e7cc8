"""The check-ins, one a person, in rows."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.incidents.check_in import CheckIn, CheckInState
from backend.kernel.database import FRESH

_OF = sa.select(CheckIn).where(CheckIn.person_id == sa.bindparam("person_id"))
_LOCKED = _OF.with_for_update()
_OPEN_LOCKED = _OF.where(CheckIn.state == CheckInState.OPEN.value).with_for_update()
_DUE_LOCKED = _OF.where(CheckIn.next_at <= sa.bindparam("now")).with_for_update(skip_locked=True)


def newest_of(session: Session, person_id: UUID) -> CheckIn | None:
    """This person's newest check-in, open or not."""
    return session.scalars(_OF, {"person_id": person_id}).first()


def locked(session: Session, person_id: UUID) -> CheckIn | None:
    """The same, held until the commit: who changes it, ends it or runs it out takes turns."""
    return session.scalars(_LOCKED, {"person_id": person_id}, execution_options=FRESH).first()


def open_of(session: Session, person_id: UUID) -> CheckIn | None:
    """This person's open check-in, held until the commit."""
    return session.scalars(_OPEN_LOCKED, {"person_id": person_id}, execution_options=FRESH).first()


def due_of(session: Session, person_id: UUID, *, now: datetime) -> CheckIn | None:
    """The same if somebody must look at it now; None when it is done, or in another process's hands."""
    return session.scalars(_DUE_LOCKED, {"person_id": person_id, "now": now}, execution_options=FRESH).first()


def due(session: Session, *, now: datetime, most: int) -> Sequence[UUID]:
    """Whose check-ins must be looked at now, the longest overdue first."""
    wanted = sa.select(CheckIn.person_id).where(CheckIn.next_at <= now).order_by(CheckIn.next_at).limit(most)
    return session.scalars(wanted).all()


def next_due(session: Session) -> datetime | None:
    """When the next one must be looked at."""
    # Without these words SQLite reads all there are.
    return session.scalar(sa.select(sa.func.min(CheckIn.next_at)).where(CheckIn.next_at.is_not(None)))


def add(session: Session, check_in: CheckIn) -> None:
    session.add(check_in)
    session.flush()
