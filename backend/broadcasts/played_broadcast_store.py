"""What exercise people broadcast in a drill, which is removed with them."""

from collections.abc import Collection, Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.broadcasts.broadcast import Broadcast, Version
from backend.broadcasts.roll import RollEntry


def of_owners(session: Session, people: Collection[UUID]) -> Sequence[UUID]:
    """The exercise broadcasts of these people."""
    return session.scalars(
        sa.select(Broadcast.id).where(Broadcast.owner_id.in_(people), Broadcast.exercise.is_(True))
    ).all()


def told_of(session: Session, broadcasts: Collection[UUID]) -> set[UUID]:
    """Everybody on the roll of these."""
    return set(session.scalars(sa.select(RollEntry.person_id).where(RollEntry.broadcast_id.in_(broadcasts))))


def remove(session: Session, broadcasts: Collection[UUID]) -> None:
    """These, every version of them, and their rolls."""
    session.execute(sa.delete(RollEntry).where(RollEntry.broadcast_id.in_(broadcasts)))
    session.execute(sa.delete(Version).where(Version.broadcast_id.in_(broadcasts)))
    session.execute(sa.delete(Broadcast).where(Broadcast.id.in_(broadcasts)))
