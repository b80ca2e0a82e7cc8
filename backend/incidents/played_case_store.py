"""The cases of people who played, in rows, found by their owners."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.campus.campus import CANARY
from backend.incidents.incident import Incident
from backend.kernel.vocabulary import IncidentState


class Flight(NamedTuple):
    """One press of the canary that came through: from when to when."""

    received_at: datetime
    closed_at: datetime


def open_of(session: Session, owner_ids: Collection[UUID], *, most: int) -> Sequence[UUID]:
    """Their open cases, oldest first; held by nobody yet."""
    wanted = sa.select(Incident.id).where(Incident.owner_id.in_(owner_ids), Incident.closed_at.is_(None))
    return session.scalars(wanted.order_by(Incident.number).limit(most)).all()


def of_owners(
    session: Session, owner_ids: Collection[UUID], *, closed_before: datetime | None = None, most: int | None = None
) -> Sequence[UUID]:
    """Their exercise cases, or those of them that were closed before then, oldest first."""
    wanted = sa.select(Incident.id).where(Incident.owner_id.in_(owner_ids), Incident.exercise.is_(True))
    if closed_before is not None:
        wanted = wanted.where(Incident.closed_at < closed_before)
    return session.scalars(wanted.order_by(Incident.number).limit(most)).all()


#: Said as the index says it: a store does not look at what a parameter will be.
_CANARYS = sa.text(f"incidents.team_id = '{CANARY}'")


def last_flight(session: Session) -> Flight | None:
    """The canary's newest press that was answered, followed and closed."""
    wanted = (
        sa.select(Incident.received_at, Incident.closed_at)
        .where(_CANARYS, Incident.state == IncidentState.RESOLVED.value)
        .order_by(Incident.number.desc())
        .limit(1)
    )
    found = session.execute(wanted).first()
    return Flight(found[0], found[1]) if found and found[1] else None


def failed_flights(session: Session) -> int:
    """How many of the canary's presses that are still kept did not come through."""
    wanted = sa.select(sa.func.count()).select_from(Incident)
    return session.scalar(wanted.where(_CANARYS, Incident.state == IncidentState.CANCELLED.value)) or 0
