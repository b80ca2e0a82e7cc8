"""A device: a button that is no phone, whose it is or where it hangs."""

from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.campus.geofence import Position
from backend.kernel.database import Base, Instant


class Device(Base):
    """
    One button. It belongs to a person, or it hangs at a zone or a position; never both.

    Its secret is made from `generation` and is in no row; another generation is
    another secret. `incident_id` is the last case of one that hangs somewhere.
    """

    __tablename__ = "devices"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    name: Mapped[str] = mapped_column(sa.String(120))
    kind: Mapped[str] = mapped_column(sa.String(12))
    person_id: Mapped[UUID | None] = mapped_column()
    zone_id: Mapped[str | None] = mapped_column(sa.String(80))
    latitude: Mapped[float | None] = mapped_column()
    longitude: Mapped[float | None] = mapped_column()
    exercise: Mapped[bool] = mapped_column(sa.Boolean(create_constraint=False))
    generation: Mapped[int] = mapped_column(sa.SmallInteger)
    active: Mapped[bool] = mapped_column(sa.Boolean(create_constraint=False))
    added_at: Mapped[datetime] = mapped_column(Instant)
    heard_at: Mapped[datetime | None] = mapped_column(Instant)
    battery: Mapped[int | None] = mapped_column(sa.SmallInteger)
    incident_id: Mapped[UUID | None] = mapped_column()

    @property
    def position(self) -> Position | None:
        """Where it hangs, if that is known to the metre."""
        if self.latitude is None or self.longitude is None:
            return None
        return Position(self.latitude, self.longitude, None, None, source="device")

    def hear(self, battery: int | None, *, now: datetime) -> None:
        """It was heard of, and may have told how full its battery is (percent)."""
        self.heard_at = now
        self.battery = battery if battery is not None else self.battery

    def rotate(self) -> None:
        """From now on only a new secret is good."""
        self.generation += 1

    def remove(self) -> None:
        """Nothing is taken from it any more; its cases stay."""
        self.active = False
