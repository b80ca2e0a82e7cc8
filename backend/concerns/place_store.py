"""The SQL of the two places of a concern, and of those who stand aside from it."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.concerns.concern import Assignee, Concern, Recusal, Stage


def of(session: Session, concern_ids: Collection[UUID]) -> dict[UUID, list[Assignee]]:
    """Who is assigned to each of these, in the order of their own names' ids."""
    wanted = sa.select(Assignee).where(Assignee.concern_id.in_(concern_ids)).order_by(Assignee.adviser_id)
    found: dict[UUID, list[Assignee]] = {concern_id: [] for concern_id in concern_ids}
    for one in session.scalars(wanted):
        found[one.concern_id].append(one)
    return found


def places_of(session: Session, adviser_id: UUID) -> Sequence[UUID]:
    """The concerns that somebody is assigned to, in the order of their random names."""
    wanted = sa.select(Assignee.concern_id).where(Assignee.adviser_id == adviser_id)
    return session.scalars(wanted.order_by(Assignee.concern_id)).all()


def open_places_of(session: Session, adviser_id: UUID) -> Sequence[UUID]:
    """Those of them that are not closed."""
    wanted = (
        sa.select(Assignee.concern_id)
        .join(Concern, Concern.id == Assignee.concern_id)
        .where(Assignee.adviser_id == adviser_id, Concern.stage != Stage.CLOSED.value)
    )
    return session.scalars(wanted.order_by(Assignee.concern_id)).all()


def busy(session: Session) -> dict[UUID, int]:
    """How many open concerns each is assigned to; who has none is left out."""
    counted = (
        sa.select(Assignee.adviser_id, sa.func.count())
        .join(Concern, Concern.id == Assignee.concern_id)
        .where(Concern.stage != Stage.CLOSED.value)
        .group_by(Assignee.adviser_id)
    )
    return {adviser_id: number for adviser_id, number in session.execute(counted)}


def put(session: Session, concern_id: UUID, adviser_id: UUID, *, today: date) -> None:
    session.add(Assignee(concern_id=concern_id, adviser_id=adviser_id, day=today))
    session.flush()


def vacate(session: Session, concern_id: UUID, adviser_id: UUID) -> None:
    taken = sa.delete(Assignee).where(Assignee.concern_id == concern_id, Assignee.adviser_id == adviser_id)
    session.execute(taken)


def recused(session: Session, concern_id: UUID) -> set[UUID]:
    """Who stands aside from it: by their own word, or struck out by the reporter."""
    return set(session.scalars(sa.select(Recusal.adviser_id).where(Recusal.concern_id == concern_id)))


def stand_aside(session: Session, concern_id: UUID, adviser_ids: Collection[UUID], *, today: date) -> None:
    """From now on, for ever."""
    session.add_all(Recusal(concern_id=concern_id, adviser_id=one, day=today) for one in adviser_ids)
    session.flush()
