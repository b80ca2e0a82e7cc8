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


def of_incident(session: Session, incident_id: UUID, *, after: int, most: int) -> Sequence[Said]:
    """What was said after this number, in order."""
    return session.scalars(
        sa.select(Said).where(Said.incident_id == incident_id, Said.number > after).order_by(Said.number).limit(most)
    ).all()
