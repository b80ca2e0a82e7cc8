"""An alarm: stands, and is repeated, until a person takes it."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.kernel.database import Base, Instant
from backend.kernel.errors import Conflict

#: A standing alarm sounds again this often (contract: "repeated every 60 s until a person takes it").
REPEAT = timedelta(seconds=60)

#: An alarm no console displayed within this goes to the control-room team by its other channels.
UNSEEN = timedelta(seconds=15)


class Alarm(Base):
    """What the control room must look at; one per reason and case while it stands."""

    __tablename__ = "alarms"
    __table_args__ = (
        sa.Index(
            "ix_alarms_standing",
            "due_at",
            sqlite_where=sa.text("taken_at IS NULL"),
            postgresql_where=sa.text("taken_at IS NULL"),
        ),
        sa.Index("ix_alarms_incident_id", "incident_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    reason: Mapped[str] = mapped_column(sa.String(30))
    incident_id: Mapped[UUID | None] = mapped_column()
    exercise: Mapped[bool] = mapped_column(sa.Boolean(create_constraint=False), default=False)
    since: Mapped[datetime] = mapped_column(Instant)
    due_at: Mapped[datetime] = mapped_column(Instant)
    repeat_at: Mapped[datetime] = mapped_column(Instant)
    displayed_at: Mapped[datetime | None] = mapped_column(Instant)
    told_otherwise_at: Mapped[datetime | None] = mapped_column(Instant)
    taken_at: Mapped[datetime | None] = mapped_column(Instant)
    taken_by: Mapped[UUID | None] = mapped_column()

    def take(self, by: UUID, *, now: datetime) -> None:
        """This person looks after it. Raises Conflict when another already does; the same person twice is fine."""
        if self.taken_by is not None and self.taken_by != by:
            raise Conflict("Somebody else has taken this alarm.", slug="alarm-taken")
        self.taken_by, self.taken_at = by, self.taken_at or now

    def shown(self, *, now: datetime) -> None:
        """A console displayed it: the other channels are not needed."""
        self.displayed_at = self.displayed_at or now

    @property
    def goes_elsewhere_at(self) -> datetime | None:
        """When the control-room team is told by its other channels, unless a console shows it first."""
        return None if self.displayed_at or self.told_otherwise_at else self.since + UNSEEN

    def plan(self) -> None:
        """The next moment at which something must happen to it."""
        elsewhere = self.goes_elsewhere_at
        self.due_at = min(self.repeat_at, elsewhere) if elsewhere else self.repeat_at
