"""A delivery: one person (or mailbox), one channel, one sentence, until it is done or dead."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.kernel.database import Base, Instant
from notifications.parcel import Outcome, Result

#: Nobody else takes a delivery that is being sent, for this long; then its sender is taken for dead.
LEASE = timedelta(seconds=10)

#: Tries before a delivery is dead and the control room is alarmed.
MOST_ATTEMPTS = 5

#: A call to come that is older than this would send people after a case that has moved on.
TOO_OLD = timedelta(seconds=120)

#: Whatever a provider asks for, a call is tried once more at this age: ten seconds before it is of no use.
LAST_TRY = timedelta(seconds=110)

#: Waits are longer by up to this part, each delivery's by its own: what failed together does not come back together.
SPREAD = 0.25


class Delivery(Base):
    """
    One thing to be carried; its target is looked up when it is sent.

    `key` is made from the event, the person and the channel, so that planning twice plans once.
    `told` are the installations that have it already: a second try is for the others. `slot` is
    the place its case has at the push provider (`slots`).
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
        sa.Index(
            "ix_deliveries_dead", "id", sqlite_where=sa.text("dead IS 1"), postgresql_where=sa.text("dead IS TRUE")
        ),
        sa.Index("ix_deliveries_about", "incident_id"),
        sa.Index("ix_deliveries_person_id", "person_id", "made_at"),
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
    told: Mapped[list[str] | None] = mapped_column(sa.JSON)
    slot: Mapped[int | None] = mapped_column(sa.SmallInteger)

    @property
    def is_call(self) -> bool:
        """Whether it calls a person to a case: of use for two minutes and no longer."""
        return self.incident_id is not None and self.person_id is not None

    @property
    def about(self) -> str | None:
        """What a later delivery to the same person may replace on a lock screen."""
        return str(self.incident_id) if self.incident_id else self.data.get("alarm_id")

    def claim(self, lease: str, *, now: datetime) -> None:
        """Counted before the attempt, not after: what kills its sender must not kill it six times."""
        self.lease, self.lease_until = lease, now + LEASE
        self.attempts += 1

    def settle(self, result: Result, *, now: datetime) -> bool:
        """
        Note what came of an attempt; True when the delivery is dead and nobody was told.

        Waits 1, 2, 4 … seconds between tries, or as long as the provider asked
        for. Where some of a person's handsets have it, it ends as sent.
        """
        self.lease = self.lease_until = None
        self.last_fault = result.fault[:200] if result.fault else None
        self.told = list(dict.fromkeys([*(self.told or ()), *result.told]))
        if not result.tried:
            self.attempts -= 1
        if result.outcome is Outcome.RETRY and self.attempts < MOST_ATTEMPTS:
            self._wait(result.retry_after_s, now=now)
            return False
        self.end(result.outcome, now=now)
        return self.dead

    def end(self, outcome: Outcome, *, now: datetime) -> None:
        """Nothing more is tried."""
        if self.told and outcome in (Outcome.RETRY, Outcome.GONE):
            outcome = Outcome.SENT
        self.lease = self.lease_until = None
        self.outcome, self.finished_at = outcome.value, now
        self.dead = outcome in (Outcome.RETRY, Outcome.FAILED)

    def _wait(self, asked_s: float | None, *, now: datetime) -> None:
        own = 2 ** max(self.attempts - 1, 0)
        spread = 1 + SPREAD * (self.id.int % 997) / 997
        self.due_at = now + timedelta(seconds=max(own, asked_s or 0) * spread)
        if self.is_call:
            # Somebody may still be waiting for help when the provider would have us wait longer.
            last = max(self.made_at + LAST_TRY, now + timedelta(seconds=own))
            self.due_at = min(self.due_at, last)
