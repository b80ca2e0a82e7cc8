"""Events kept in the transaction that caused them, until somebody has been told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from backend.kernel.aging import AgingRows
from backend.kernel.database import NEVER_AGAIN, Base, Counting, Instant, wants
from backend.kernel.event_rows import to_row
from backend.kernel.events import Event
from backend.kernel.statements import insert_into, later, look, put, write_out
from backend.kernel.vocabulary import Lane

#: The round that empties the outbox listens to this bell.
BELL = "relaying"

#: A row that cannot be relayed is tried this often, then it is dead and the control room is alarmed (promise I9).
MOST_ATTEMPTS = 5


class OutboxRow(Base):
    """One thing that happened and has not been told yet, or has been, at `relayed_at`."""

    __tablename__ = "outbox"
    __table_args__ = (
        sa.Index(
            "ix_outbox_waiting", "lane", "id", sqlite_where=sa.text("done = 0"), postgresql_where=sa.text("NOT done")
        ),
        sa.Index(
            "ix_outbox_dead",
            "dead_at",
            sqlite_where=sa.text("dead_at IS NOT NULL"),
            postgresql_where=sa.text("dead_at IS NOT NULL"),
        ),
        NEVER_AGAIN,
    )

    id: Mapped[int] = mapped_column(Counting, primary_key=True, autoincrement=True)
    lane: Mapped[int] = mapped_column(sa.SmallInteger)
    name: Mapped[str] = mapped_column(sa.String(40))
    facts: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    at: Mapped[datetime] = mapped_column(Instant)
    done: Mapped[bool] = mapped_column(sa.Boolean(create_constraint=False), default=False)
    relayed_at: Mapped[datetime | None] = mapped_column(Instant)
    attempts: Mapped[int] = mapped_column(sa.SmallInteger, default=0)
    due_at: Mapped[datetime | None] = mapped_column(Instant)
    dead_at: Mapped[datetime | None] = mapped_column(Instant)
    last_fault: Mapped[str | None] = mapped_column(sa.String(200))


_KEEP = insert_into(OutboxRow)
_OUTBOX = cast(sa.Table, OutboxRow.__table__)
_RELAYED = (
    sa.update(_OUTBOX)
    .where(_OUTBOX.c.id.in_(sa.bindparam("ids", expanding=True)))
    .values(done=True, relayed_at=sa.bindparam("now"))
)


#: As the index says it: for `done IS 0` neither store takes it, and a round would read every row that was ever told.
_IS_WAITING = OutboxRow.done == sa.false()
_WAITING = (
    sa.select(OutboxRow.id, OutboxRow.lane, OutboxRow.name, OutboxRow.facts)
    .where(
        _IS_WAITING,
        OutboxRow.lane >= sa.bindparam("since"),
        sa.or_(OutboxRow.due_at.is_(None), OutboxRow.due_at <= sa.bindparam("now")),
    )
    .order_by(OutboxRow.lane, OutboxRow.id)
    .limit(sa.bindparam("most"))
    .with_for_update(skip_locked=True)
)
_NEWEST = sa.select(sa.func.coalesce(sa.func.max(OutboxRow.id), 0))
_OLDEST = (
    sa.select(OutboxRow.at).where(_IS_WAITING, OutboxRow.lane == sa.bindparam("lane")).order_by(OutboxRow.id).limit(1)
)
_ONE_WAITING = _WAITING.where(OutboxRow.id == sa.bindparam("only"))


@dataclass(frozen=True, slots=True)
class Waiting:
    """An event that waits to be told."""

    id: int
    lane: int
    name: str
    facts: dict[str, Any]


def keep(session: Session, event: Event, *, at: datetime) -> None:
    """Write down that this happened; it is told after the commit, even if this process dies at once."""
    row = to_row(event)
    told = {"lane": int(event.lane), "name": row.name, "facts": row.facts, "at": at, "done": False, "attempts": 0}
    later(session, _KEEP, told)
    wants(session, BELL)


def next_waiting(
    session: Session, *, now: datetime, most: int, only: int | None = None, since: Lane = Lane.EMERGENCY
) -> list[Waiting]:
    """
    What waits to be relayed, urgent lanes first and from `since` on, oldest first; `only` one row if named.

    Locked against other relayers on PostgreSQL.
    """
    write_out(session)
    wanted = {"now": now, "most": most, "since": int(since)}
    if only is not None:
        return [Waiting(*row) for row in look(session, _ONE_WAITING, {**wanted, "only": only})]
    return [Waiting(*row) for row in look(session, _WAITING, wanted)]


def newest(session: Session) -> int:
    """
    The number up to which events have been written, this transaction's own included.

    Who holds a case's row may compare: what is kept about that case later has a higher one.
    """
    write_out(session)
    return int(look(session, _NEWEST).scalar_one())


def mark_relayed(session: Session, row_ids: Sequence[int], *, now: datetime) -> None:
    """These have been told."""
    if row_ids:
        put(session, _RELAYED, {"ids": list(row_ids), "now": now})


def mark_failed(session: Session, row_id: int, *, fault: str, now: datetime) -> bool:
    """
    Count one failure; True when it was the last one and the row is dead.

    Between failures the row waits 1, 2, 4 and 8 seconds.
    """
    row = session.get_one(OutboxRow, row_id)
    row.attempts += 1
    row.last_fault = fault[:200]
    row.due_at = now + timedelta(seconds=2 ** (row.attempts - 1))
    if row.attempts >= MOST_ATTEMPTS:
        row.done = True
        row.dead_at = now
    return row.dead_at is not None


def oldest_waiting(session: Session) -> dict[int, datetime]:
    """When the oldest waiting row of each lane was written; one step into the index a lane, however many wait."""
    found = {lane.value: session.scalar(_OLDEST, {"lane": lane.value}) for lane in Lane}
    return {lane: at for lane, at in found.items() if at is not None}


def dead_count(session: Session) -> int:
    """How many could not be told, and wait for an operator."""
    return session.scalar(sa.select(sa.func.count()).select_from(OutboxRow).where(OutboxRow.dead_at.is_not(None))) or 0


def touch(session: Session) -> None:
    """A write that changes nothing: it fails when a tap could not be committed."""
    session.execute(sa.update(OutboxRow).where(OutboxRow.id == -1).values(attempts=0))


#: Events that were told before some moment; those that could not be, and wait for an operator, before some moment.
TOLD = AgingRows(
    OutboxRow, OutboxRow.id, lambda before: sa.and_(OutboxRow.relayed_at < before, OutboxRow.dead_at.is_(None))
)
DEAD = AgingRows(OutboxRow, OutboxRow.id, lambda before: OutboxRow.dead_at < before)
