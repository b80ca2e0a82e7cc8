"""Where the person of a case was and when, in rows."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.incidents.incident import Fix
from backend.kernel.statements import insert_into, later, write_out

_ADD = insert_into(Fix)


def add_fix(session: Session, *rows: dict[str, Any]) -> None:
    """Positions of a track, in one statement."""
    for row in rows:
        later(session, _ADD, row)


def track_of(session: Session, incident_id: UUID, *, until: int | None = None, most: int = 500) -> Sequence[Fix]:
    """The newest positions of a case, newest first; none that came in after the one with this id."""
    write_out(session)
    wanted = sa.select(Fix).where(Fix.incident_id == incident_id).order_by(Fix.recorded_at.desc()).limit(most)
    return session.scalars(wanted if until is None else wanted.where(Fix.id <= until)).all()


def last_fix(session: Session, incident_id: UUID) -> int:
    """The id of the position that came in last; 0 when there is none."""
    write_out(session)
    return session.scalar(sa.select(sa.func.max(Fix.id)).where(Fix.incident_id == incident_id)) or 0


def first_fix(session: Session, incident_id: UUID) -> Fix | None:
    """The position that came in first, while it is kept."""
    write_out(session)
    return session.scalars(
        sa.select(Fix).where(Fix.incident_id == incident_id).order_by(Fix.received_at, Fix.id).limit(1)
    ).first()
