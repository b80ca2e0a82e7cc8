"""The alarms, in rows."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.alarms.alarm import Alarm
from backend.kernel.aging import AgingRows
from backend.kernel.statements import insert_into, put, row_of

_ADD = insert_into(Alarm)
#: Built once: a rush without officers asks for one case after the other.
_OF_INCIDENT = sa.select(Alarm).where(Alarm.incident_id == sa.bindparam("incident_id")).order_by(Alarm.since)


def standing(session: Session) -> Sequence[Alarm]:
    """Those nobody has taken, oldest first."""
    return session.scalars(sa.select(Alarm).where(Alarm.taken_at.is_(None)).order_by(Alarm.since)).all()


def untaken(session: Session) -> tuple[int, datetime | None]:
    """How many of them there are, and since when the oldest stands, of those that are no exercise."""
    oldest = sa.func.min(sa.case((Alarm.exercise.is_(False), Alarm.since)), type_=Alarm.since.type)
    found = session.execute(sa.select(sa.func.count(), oldest).where(Alarm.taken_at.is_(None))).one()
    return found[0], found[1]


def standing_for(session: Session, reason: str, incident_id: UUID | None, *, exercise: bool) -> Alarm | None:
    """The one that already stands for this reason and case; without a case, in this world."""
    same_case = Alarm.incident_id == incident_id if incident_id else Alarm.incident_id.is_(None)
    same_world = Alarm.exercise.is_(exercise)
    return session.scalars(
        sa.select(Alarm).where(Alarm.reason == reason, same_case, same_world, Alarm.taken_at.is_(None)).limit(1)
    ).first()


def newest_of_no_case(session: Session, reason: str, *, exercise: bool) -> Alarm | None:
    """The last that was raised for this reason in this world about no case, taken or not."""
    of_no_case = (Alarm.reason == reason, Alarm.incident_id.is_(None), Alarm.exercise.is_(exercise))
    return session.scalars(sa.select(Alarm).where(*of_no_case).order_by(Alarm.since.desc()).limit(1)).first()


def of_incident(session: Session, incident_id: UUID) -> Sequence[Alarm]:
    return session.scalars(_OF_INCIDENT, {"incident_id": incident_id}).all()


def due(session: Session, *, now: datetime, most: int = 50) -> Sequence[Alarm]:
    """Those that must sound again or go elsewhere, locked against other rounds on PostgreSQL."""
    return session.scalars(
        sa.select(Alarm)
        .where(Alarm.taken_at.is_(None), Alarm.due_at <= now)
        .order_by(Alarm.due_at)
        .limit(most)
        .with_for_update(skip_locked=True)
    ).all()


def by_id(session: Session, alarm_id: UUID | None) -> Alarm | None:
    return session.get(Alarm, alarm_id, with_for_update=True) if alarm_id else None


def of_incidents(session: Session, incident_ids: Collection[UUID]) -> Sequence[Alarm]:
    """Those about any of these cases."""
    return session.scalars(sa.select(Alarm).where(Alarm.incident_id.in_(incident_ids))).all()


def remove_of(session: Session, incident_ids: Collection[UUID]) -> None:
    """Remove what was raised about these cases."""
    session.execute(sa.delete(Alarm).where(Alarm.incident_id.in_(incident_ids)))


def add(session: Session, alarm: Alarm) -> None:
    """Write it as it is; whoever changes it in the same transaction asks for it."""
    put(session, _ADD, row_of(alarm))


def takers_of(session: Session, incident_ids: Collection[UUID]) -> set[UUID]:
    """Everybody who took an alarm about one of these cases."""
    found = session.scalars(sa.select(Alarm.taken_by).where(Alarm.incident_id.in_(incident_ids)).distinct())
    return {taker for taker in found if taker is not None}


#: Alarms about no case that somebody took before some moment.
TAKEN = AgingRows(Alarm, Alarm.id, lambda before: sa.and_(Alarm.incident_id.is_(None), Alarm.taken_at < before))
