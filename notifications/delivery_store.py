"""The deliveries, in rows."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from backend.kernel.database import put
from notifications.delivery import Delivery

_TABLE = cast(sa.Table, Delivery.__table__)
_PLAN: dict[str, sa.Executable] = {
    "postgresql": postgresql.insert(_TABLE).on_conflict_do_nothing(index_elements=["key"]),
    "sqlite": sqlite.insert(_TABLE).on_conflict_do_nothing(index_elements=["key"]),
}


def plan(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Write these deliveries; one that is planned already stays as it is."""
    if not rows:
        return
    put(session, _PLAN[session.get_bind().dialect.name], list(rows))


def due(session: Session, *, now: datetime, most: int) -> Sequence[Delivery]:
    """What is to be sent now, urgent lanes first; what another sender holds is passed over."""
    return session.scalars(
        sa.select(Delivery)
        .where(
            Delivery.finished_at.is_(None),
            Delivery.due_at <= now,
            sa.or_(Delivery.lease_until.is_(None), Delivery.lease_until < now),
        )
        .order_by(Delivery.lane, Delivery.due_at)
        .limit(most)
        .with_for_update(skip_locked=True)
    ).all()


def leased(session: Session, lease: str, ids: Collection[UUID]) -> Sequence[Delivery]:
    """Those still held under this lease: a sender that froze and woke up too late finds none."""
    return session.scalars(
        sa.select(Delivery)
        .where(Delivery.id.in_(ids), Delivery.lease == lease, Delivery.finished_at.is_(None))
        .with_for_update()
    ).all()


def oldest_due(session: Session) -> dict[int, datetime]:
    """When the longest-waiting delivery of each lane fell due."""
    found = session.execute(
        sa.select(Delivery.lane, sa.func.min(Delivery.due_at))
        .where(Delivery.finished_at.is_(None))
        .group_by(Delivery.lane)
    )
    return {lane: at for lane, at in found}


def dead_count(session: Session) -> int:
    return int(session.scalar(sa.select(sa.func.count()).select_from(Delivery).where(Delivery.dead.is_(True))) or 0)


def free_leases(session: Session) -> None:
    """Nobody is sending anything: what was being sent is due again."""
    session.execute(sa.update(Delivery).where(Delivery.finished_at.is_(None)).values(lease=None, lease_until=None))
