"""The deliveries, in rows."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from backend.kernel.aging import AgingRows, about
from backend.kernel.statements import put
from backend.kernel.vocabulary import Channel, Lane
from notifications.delivery import Delivery
from notifications.parcel import URGENT

_TABLE = cast(sa.Table, Delivery.__table__)
_PLAN: dict[str, sa.Executable] = {
    "postgresql": postgresql.insert(_TABLE).on_conflict_do_nothing(index_elements=["key"]),
    "sqlite": sqlite.insert(_TABLE).on_conflict_do_nothing(index_elements=["key"]),
}

_OLDEST = sa.select(sa.func.min(Delivery.due_at, type_=Delivery.due_at.type)).where(
    Delivery.finished_at.is_(None), Delivery.lane == sa.bindparam("lane")
)


def plan(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Write these deliveries; one that is planned already stays as it is."""
    if not rows:
        return
    put(session, _PLAN[session.get_bind().dialect.name], list(rows))


def by_id(session: Session, delivery_id: UUID) -> Delivery | None:
    return session.get(Delivery, delivery_id)


def due(
    session: Session, *, now: datetime, most: int, full: Collection[str] = (), crowded: Collection[str] = ()
) -> Sequence[Delivery]:
    """
    What is to be sent now, urgent lanes first; what another sender holds is passed over.

    Nothing of the `full` channels, and of the `crowded` ones only what is urgent.
    """
    return session.scalars(
        sa.select(Delivery)
        .where(
            Delivery.finished_at.is_(None),
            Delivery.due_at <= now,
            sa.or_(Delivery.lease_until.is_(None), Delivery.lease_until < now),
            Delivery.channel.not_in(full),
            sa.or_(Delivery.lane <= URGENT, Delivery.channel.not_in(crowded)),
        )
        .order_by(Delivery.lane, Delivery.due_at)
        .limit(most)
        .with_for_update(skip_locked=True)
    ).all()


def slots(session: Session, person_ids: Collection[UUID], *, since: datetime) -> dict[UUID, dict[str, int]]:
    """The places that cases have at the push provider, by person, as far as they are still held."""
    rows = session.execute(
        sa.select(Delivery.person_id, Delivery.incident_id, Delivery.slot).where(
            Delivery.person_id.in_(person_ids),
            Delivery.made_at > since,
            Delivery.slot.is_not(None),
            Delivery.incident_id.is_not(None),
        )
    )
    found: dict[UUID, dict[str, int]] = {}
    for person_id, incident_id, slot in rows:
        if person_id is not None and slot is not None:
            found.setdefault(person_id, {})[str(incident_id)] = slot
    return found


def pushes(session: Session, incident_id: UUID, person_id: UUID) -> Sequence[Delivery]:
    """What was pushed, or is to be pushed, to this person about this case."""
    return session.scalars(
        sa.select(Delivery)
        .where(
            Delivery.incident_id == incident_id,
            Delivery.person_id == person_id,
            Delivery.channel == Channel.PUSH.value,
        )
        .with_for_update()
    ).all()


def leased(session: Session, lease: str, ids: Collection[UUID]) -> Sequence[Delivery]:
    """Those still held under this lease: a sender that froze and woke up too late finds none."""
    return session.scalars(
        sa.select(Delivery)
        .where(Delivery.id.in_(ids), Delivery.lease == lease, Delivery.finished_at.is_(None))
        .with_for_update()
    ).all()


def oldest_due(session: Session) -> dict[int, datetime]:
    """When the longest-waiting delivery of each lane fell due; one step into the index a lane, however many wait."""
    found = {lane.value: session.scalar(_OLDEST, {"lane": lane.value}) for lane in Lane}
    return {lane: at for lane, at in found.items() if at is not None}


def dead_count(session: Session) -> int:
    return int(session.scalar(sa.select(sa.func.count()).select_from(Delivery).where(Delivery.dead.is_(True))) or 0)


def free_leases(session: Session) -> None:
    """Nobody is sending anything: what was being sent is due again."""
    session.execute(sa.update(Delivery).where(Delivery.finished_at.is_(None)).values(lease=None, lease_until=None))


def told_of(session: Session, incident_ids: Collection[UUID]) -> set[UUID]:
    """Everybody to whom something about these cases was to be carried."""
    wanted = sa.select(Delivery.person_id).where(
        Delivery.incident_id.in_(incident_ids), Delivery.person_id.is_not(None)
    )
    return {person_id for person_id in session.scalars(wanted.distinct()) if person_id is not None}


def remove_of(session: Session, incident_ids: Collection[UUID]) -> None:
    """Remove what was planned about these cases, sent or not."""
    session.execute(sa.delete(Delivery).where(Delivery.incident_id.in_(incident_ids)))


#: Deliveries that were done or given up before some moment.
FINISHED = AgingRows(
    Delivery, Delivery.id, lambda before: Delivery.finished_at < before, sparing=about(Delivery.incident_id)
)
