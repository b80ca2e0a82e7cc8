"""A delivery: one person (or mailbox), one channel, one sentence, until it is done or dead."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.kernel.database import Base, Instant

#: Nobody else takes a delivery that is being sent, for this long; then its sender is taken for dead.
LEASE = timedelta(seconds=10)

#: Tries before a delivery is dead and the control room is alarmed.
MOST_ATTEMPTS = 5

#: A call to come that is older than this would send people after a case that has moved on.
TOO_OLD = timedelta(seconds=120)


class Outcome(StrEnum):
    """
    What came of one sending; none of them is an error.

    SENT: the provider took it (nobody has seen it yet). RETRY: not now. GONE:
    this target will never work again. FAILED: this message will never work.
    """

    SENT = "sent"
    RETRY = "retry"
    GONE = "gone"
    FAILED = "failed"


class Delivery(Base):
    """
    One thing to be carried; its target is looked up when it is sent.

    `key` is made from the event, the person and the channel, so that planning twice plans once.
    """

    __tablename__ = "deliveries"
    __table_args__ = (
        sa.Index(
            "ix_deliveries_due",
            "lane",
            "due_at",
            sqlite_where=sa.text("finished_at IS NULL"),
            postgresql_where=sa.text("finished_at IS NULL"),
        ),
        sa.Index("ix_deliveries_about", "incident_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    key: Mapped[str] = mapped_column(sa.String(120), unique=True)
    person_id: Mapped[UUID | None] = mapped_column()
    team_id: Mapped[str | None] = mapped_column(sa.String(80))
    channel: Mapped[str] = mapped_column(sa.String(10))
    lane: Mapped[int] = mapped_column(sa.SmallInteger)
    sentence: Mapped[str] = mapped_column(sa.String(200))
    data: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    incident_id: Mapped[UUID | None] = mapped_column()
    made_at: Mapped[datetime] = mapped_column(Instant)
    due_at: Mapped[datetime] = mapped_column(Instant)
    attempts: Mapped[int] = mapped_column(sa.SmallInteger, default=0)
    lease: Mapped[str | None] = mapped_column(sa.String(36))
    lease_until: Mapped[datetime | None] = mapped_column(Instant)
    outcome: Mapped[str | None] = mapped_column(sa.String(10))
    finished_at: Mapped[datetime | None] = mapped_column(Instant)
    dead: Mapped[bool] = mapped_column(sa.Boolean(create_constraint=False), default=False)
    last_fault: Mapped[str | None] = mapped_column(sa.String(200))

    def claim(self, lease: str, *, now: datetime) -> None:
        """Counted before the attempt, not after: what kills its sender must not kill it six times."""
        self.lease, self.lease_until = lease, now + LEASE
        self.attempts += 1

    def settle(self, outcome: Outcome, fault: str | None, *, now: datetime) -> bool:
        """
        Note what came of an attempt; True when the delivery is dead and nobody was told.

        Waits 1, 2, 4 … seconds between tries.
        """
        self.lease = self.lease_until = None
        self.last_fault = fault[:200] if fault else None
        if outcome is Outcome.RETRY and self.attempts < MOST_ATTEMPTS:
            self.due_at = now + timedelta(seconds=2 ** (self.attempts - 1))
            return False
        self.outcome, self.finished_at = outcome.value, now
        self.dead = outcome in (Outcome.RETRY, Outcome.FAILED)
        return self.dead


@dataclass(frozen=True, slots=True)
class Parcel:
    """A delivery as a channel sees it, with where it goes looked up this moment (empty: nowhere)."""

    delivery_id: UUID
    channel: str
    targets: tuple[str, ...]
    sentence: str
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Result:
    """What a channel says of one parcel; `fault` is for the operator and holds no target."""

    delivery_id: UUID
    outcome: Outcome
    fault: str | None = None
