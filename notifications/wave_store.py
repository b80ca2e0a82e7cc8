"""The waves, in rows."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from backend.kernel.aging import AgingRows
from backend.kernel.statements import changed, put
from notifications.wave import Wave, WaveEnd

_TABLE = cast(sa.Table, Wave.__table__)
_KEY = ["broadcast_id", "version", "channel", "first"]
_PLAN: dict[str, sa.Executable] = {
    "postgresql": postgresql.insert(_TABLE).on_conflict_do_nothing(index_elements=_KEY),
    "sqlite": sqlite.insert(_TABLE).on_conflict_do_nothing(index_elements=_KEY),
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """What of the waves is not done: how many, and since when the longest-waiting one is due."""

    waves: int
    oldest_due_at: datetime | None


def plan(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Write these waves; one that is planned already stays as it is."""
    if rows:
        put(session, _PLAN[session.get_bind().dialect.name], list(rows))


def next_to_go(session: Session, *, but_not: Collection[str], now: datetime) -> Wave | None:
    """The wave that is due and nobody holds, of a channel that is free; the lower lane first, then the older."""
    return session.scalars(
        sa.select(Wave)
        .where(
            Wave.finished_at.is_(None),
            Wave.due_at <= now,
            sa.or_(Wave.lease_until.is_(None), Wave.lease_until < now),
            Wave.channel.not_in(but_not),
        )
        .order_by(Wave.lane, Wave.due_at, Wave.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).first()


def next_due(session: Session, *, but_not: Collection[str] = ()) -> datetime | None:
    """When the next wave of these channels may go: it is due, and its lease has run out."""
    free_at = sa.case((Wave.lease_until > Wave.due_at, Wave.lease_until), else_=Wave.due_at)
    return session.scalar(
        sa.select(sa.type_coerce(sa.func.min(free_at), Wave.due_at.type)).where(
            Wave.finished_at.is_(None), Wave.channel.not_in(but_not)
        )
    )


def locked(session: Session, wave_id: UUID) -> Wave | None:
    """This wave as it is now, with nobody else writing on it beside."""
    return session.get(Wave, wave_id, with_for_update=True, populate_existing=True)


def supersede(session: Session, broadcast_id: UUID, *, before: int, now: datetime) -> int:
    """End what is left of all versions before this one; how many waves that were."""
    return changed(
        session,
        sa.update(Wave)
        .where(Wave.broadcast_id == broadcast_id, Wave.version < before, Wave.finished_at.is_(None))
        .values(finished_at=now, outcome=WaveEnd.SUPERSEDED.value, lease=None, lease_until=None),
    )


def died_before(session: Session, broadcast_id: UUID, channel: str) -> bool:
    """Whether a wave of this broadcast and channel is dead already, and the control room was told."""
    wanted = sa.select(Wave.id).where(Wave.broadcast_id == broadcast_id, Wave.channel == channel, Wave.dead)
    return session.scalar(wanted.limit(1)) is not None


def waiting(session: Session) -> Waiting:
    found = session.execute(
        sa.select(sa.func.count(), sa.type_coerce(sa.func.min(Wave.due_at), Wave.due_at.type)).where(
            Wave.finished_at.is_(None)
        )
    ).one()
    return Waiting(found[0], found[1])


def free_leases(session: Session) -> None:
    """Nobody is carrying anything: what was on its way is due again."""
    session.execute(sa.update(Wave).where(Wave.finished_at.is_(None)).values(lease=None, lease_until=None))


def remove_of(session: Session, broadcasts: Collection[UUID]) -> None:
    """Remove what was planned of these, carried or not."""
    session.execute(sa.delete(Wave).where(Wave.broadcast_id.in_(broadcasts)))


#: Waves that ended before some moment: they name people.
FINISHED = AgingRows(Wave, Wave.id, lambda before: Wave.finished_at < before)
