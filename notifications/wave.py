"""A wave: some of a broadcast's people, one channel, one version, until none of them is left or it is dead."""

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.kernel.database import Base, Instant

#: Longer than any channel takes for a few parcels; whoever holds a wave says so with each of them that is settled.
LEASE = timedelta(seconds=15)

#: Tries before those who are left are given up and the control room is alarmed.
MOST_ATTEMPTS = 5

#: Between tries, at most: a broadcast is of use for longer than a call.
LONGEST_WAIT_S = 60.0

#: Waits are longer by up to this part, each wave's by its own.
SPREAD = 0.25


class WaveEnd(StrEnum):
    """How a wave ended."""

    DONE = "done"
    DEAD = "dead"
    #: Another version is out, or the broadcast is over: what is late is not told.
    SUPERSEDED = "superseded"


class Wave(Base):
    """
    `people` are those who are still to be reached; `first` of all of them names it, so that planning twice plans once.

    Where each is reached is looked up when it is sent.
    """

    __tablename__ = "waves"
    __table_args__ = (
        sa.Index(
            "ix_waves_due",
            "lane",
            "due_at",
            sqlite_where=sa.text("finished_at IS NULL"),
            postgresql_where=sa.text("finished_at IS NULL"),
        ),
        sa.UniqueConstraint("broadcast_id", "version", "channel", "first"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    broadcast_id: Mapped[UUID] = mapped_column()
    version: Mapped[int] = mapped_column(sa.Integer)
    channel: Mapped[str] = mapped_column(sa.String(10))
    first: Mapped[UUID] = mapped_column()
    unless: Mapped[str] = mapped_column(sa.String(10))
    lane: Mapped[int] = mapped_column(sa.SmallInteger)
    people: Mapped[list[str]] = mapped_column(sa.JSON)
    made_at: Mapped[datetime] = mapped_column(Instant)
    due_at: Mapped[datetime] = mapped_column(Instant)
    attempts: Mapped[int] = mapped_column(sa.SmallInteger, default=0)
    lease: Mapped[str | None] = mapped_column(sa.String(36))
    lease_until: Mapped[datetime | None] = mapped_column(Instant)
    finished_at: Mapped[datetime | None] = mapped_column(Instant)
    outcome: Mapped[str | None] = mapped_column(sa.String(10))
    dead: Mapped[bool] = mapped_column(sa.Boolean(create_constraint=False), default=False)
    last_fault: Mapped[str | None] = mapped_column(sa.String(200))

    @property
    def still_to_reach(self) -> tuple[UUID, ...]:
        return tuple(UUID(one) for one in self.people)

    def claim(self, lease: str, *, now: datetime) -> None:
        """Counted before the attempt: what kills its sender must not kill it six times."""
        self.lease, self.lease_until = lease, now + LEASE
        self.attempts += 1

    def part_with(self, people: Collection[UUID]) -> None:
        """
        Nothing more is tried for these.

        Tries are counted anew: a wave that gets on is not given up, however often its sender dies.
        """
        gone = {str(one) for one in people}
        if gone:
            self.people = [one for one in self.people if one not in gone]
            self.attempts = min(self.attempts, 1)

    def goes_on(self, *, now: datetime) -> None:
        """Whoever holds it is still at it."""
        self.lease_until = now + LEASE

    def wait(self, asked_s: float | None, *, counts: bool, now: datetime) -> None:
        """
        Later again for who is left: after 1, 2, 4 … seconds, or what the provider asked for.

        What a channel held back (`counts` is False) was no attempt.
        """
        self.lease = self.lease_until = None
        own = min(LONGEST_WAIT_S, float(2 ** max(self.attempts - 1, 0)))
        if not counts:
            self.attempts -= 1
        spread = 1 + SPREAD * (self.id.int % 997) / 997
        self.due_at = now + timedelta(seconds=max(own, asked_s or 0) * spread)

    def end(self, outcome: WaveEnd, *, fault: str | None = None, now: datetime) -> None:
        """Nothing more is tried for anybody."""
        self.lease = self.lease_until = None
        self.outcome, self.finished_at = outcome.value, now
        self.dead = outcome is WaveEnd.DEAD
        self.last_fault = fault[:200] if fault else None
