"""The holds, in rows."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.incidents.hold import Hold
from backend.incidents.incident import Incident


def standing_of(session: Session, incident_id: UUID) -> Hold | None:
    """The hold of this case."""
    return session.scalars(sa.select(Hold).where(Hold.incident_id == incident_id, Hold.released_at.is_(None))).first()


def standing(session: Session, *, exercise: bool | None) -> Sequence[tuple[Hold, Incident]]:
    """Every hold that stands, with its case, the newest first; `exercise` keeps to one world."""
    wanted = (
        sa.select(Hold, Incident)
        .join(Incident, Incident.id == Hold.incident_id)
        .where(Hold.released_at.is_(None))
        .order_by(Hold.set_at.desc())
    )
    if exercise is not None:
        wanted = wanted.where(Incident.exercise == exercise)
    return [(hold, incident) for hold, incident in session.execute(wanted)]


def held_cases(session: Session) -> set[UUID]:
    """The cases that are held."""
    return set(session.scalars(sa.select(Hold.incident_id).where(Hold.released_at.is_(None))))


def add(session: Session, hold: Hold) -> None:
    session.add(hold)
    session.flush()
