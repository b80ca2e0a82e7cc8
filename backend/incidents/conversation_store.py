"""What was said in a case, in rows."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.incidents.incident import Said


def by_id(session: Session, message_id: UUID) -> Said | None:
    return session.scalars(sa.select(Said).where(Said.id == message_id)).first()


def add(session: Session, said: Said) -> None:
    session.add(said)
    session.flush()


def of_incident(
    session: Session, incident_id: UUID, *, after: int, until: int | None = None, most: int
) -> Sequence[Said]:
    """What was said after this number, and up to the other if there is one, in order."""
    wanted = (
        sa.select(Said).where(Said.incident_id == incident_id, Said.number > after).order_by(Said.number).limit(most)
    )
    return session.scalars(wanted if until is None else wanted.where(Said.number <= until)).all()


def last_number(session: Session, incident_id: UUID) -> int:
    """The number of what was said last; 0 when nothing was."""
    return session.scalar(sa.select(sa.func.max(Said.number)).where(Said.incident_id == incident_id)) or 0
