"""Broadcasts and their versions, in rows."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.broadcasts.broadcast import Broadcast, BroadcastState, Version, spoken
from backend.broadcasts.spoken import Spoken

_IN_FORCE = (
    sa.select(Broadcast, Version)
    .join(Version, sa.and_(Version.broadcast_id == Broadcast.id, Version.number == Broadcast.version))
    .where(Broadcast.state == BroadcastState.IN_FORCE.value)
    .order_by(Broadcast.issued_at.desc())
)


def by_id(session: Session, broadcast_id: UUID) -> Broadcast | None:
    return session.get(Broadcast, broadcast_id)


def locked(session: Session, broadcast_id: UUID) -> Broadcast | None:
    """This thread, with nobody else writing on it beside."""
    return session.get(Broadcast, broadcast_id, with_for_update=True, populate_existing=True)


def add(session: Session, broadcast: Broadcast, version: Version | None = None) -> None:
    session.add(broadcast)
    session.flush()
    if version is not None:
        session.add(version)
        session.flush()


def version(session: Session, broadcast_id: UUID, number: int) -> Version | None:
    return session.get(Version, (broadcast_id, number))


def versions(session: Session, broadcast_id: UUID) -> Sequence[Version]:
    """Every version of this thread, the first first; what has no `issued_at` is a draft."""
    return session.scalars(
        sa.select(Version).where(Version.broadcast_id == broadcast_id).order_by(Version.number)
    ).all()


def said(session: Session, broadcast_id: UUID, number: int | None = None) -> Spoken | None:
    """An issued version of this thread, the newest unless one is named; None when there is none."""
    broadcast = by_id(session, broadcast_id)
    found = version(session, broadcast_id, number or broadcast.version) if broadcast else None
    return spoken(broadcast, found) if broadcast and found and found.issued_at else None


def in_force(session: Session, *, exercise: bool) -> Sequence[tuple[Broadcast, Spoken]]:
    """What is in force in one world, the newest first, each in its newest words."""
    wanted = _IN_FORCE.where(Broadcast.exercise == exercise)
    return [(broadcast, spoken(broadcast, version)) for broadcast, version in session.execute(wanted)]
