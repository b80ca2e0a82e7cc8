"""Where the person in a case or a check-in was last: an older word of their phone never replaces a newer."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.campus.geofence import Position
from backend.kernel.database import Base, Instant


class Whereabouts(Base):
    """The columns of a last position, for each table that has one; all empty while there is none."""

    __abstract__ = True

    latitude: Mapped[float | None] = mapped_column()
    longitude: Mapped[float | None] = mapped_column()
    accuracy_m: Mapped[float | None] = mapped_column()
    floor: Mapped[str | None] = mapped_column(sa.String(20))
    position_source: Mapped[str | None] = mapped_column(sa.String(20))
    position_seq: Mapped[int | None] = mapped_column(sa.BigInteger)
    position_at: Mapped[datetime | None] = mapped_column(Instant)

    @property
    def position(self) -> Position | None:
        """Where the person was last known to be, with when; possibly long ago."""
        if self.latitude is None or self.longitude is None:
            return None
        return Position(
            self.latitude, self.longitude, self.accuracy_m, self.position_at, self.floor, self.position_source
        )

    def move_to(self, position: Position, *, seq: int | None, received_at: datetime) -> bool:
        """
        Take a newer position; an older one never replaces it (promise I5). True when it was newer.

        One without a time of its phone's is of now, by whichever of our clocks: two processes differ by a little.
        """
        at = position.recorded_at or received_at
        older_number = seq is not None and self.position_seq is not None and seq <= self.position_seq
        older_time = position.recorded_at is not None and self.position_at is not None and at < self.position_at
        if older_number or older_time:
            return False
        self.latitude, self.longitude = position.latitude, position.longitude
        self.accuracy_m = position.accuracy_m
        self.floor = position.floor or self.floor
        self.position_source = position.source
        self.position_seq = seq if seq is not None else self.position_seq
        self.position_at = at
        return True
