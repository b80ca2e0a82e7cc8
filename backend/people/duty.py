"""An officer's duty: what they are doing, until when, and where they were last."""

from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.kernel.database import Base, Instant
from backend.kernel.vocabulary import DutyState

#: Duty ends by itself after this, whatever the officer forgot (contract: "duty ends with the shift (13 h)").
SHIFT = timedelta(hours=13)


class Duty(Base):
    """What an officer is doing and where they were last seen doing it."""

    __tablename__ = "duty"

    account_id: Mapped[UUID] = mapped_column(sa.ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    state: Mapped[str] = mapped_column(sa.String(12))
    since: Mapped[datetime] = mapped_column(Instant)
    ends_at: Mapped[datetime | None] = mapped_column(Instant, index=True)
    latitude: Mapped[float | None] = mapped_column()
    longitude: Mapped[float | None] = mapped_column()
    accuracy_m: Mapped[float | None] = mapped_column()
    position_seq: Mapped[int | None] = mapped_column(sa.BigInteger)
    position_at: Mapped[datetime | None] = mapped_column(Instant)

    def change(self, state: DutyState, *, now: datetime) -> bool:
        """Take up or leave a duty; True when that is news. Coming on starts a shift, changing within it does not."""
        was_on = self.on(now=now)
        if self.state == state.value and was_on == (state is not DutyState.OFF_DUTY):
            return False
        self.state = state.value
        if state is DutyState.OFF_DUTY:
            self.since, self.ends_at = now, None
            # Off duty an officer is a private person: where they are is nobody's business.
            self.latitude = self.longitude = self.accuracy_m = self.position_seq = self.position_at = None
        elif not was_on:
            self.since, self.ends_at = now, now + SHIFT
        return True

    def on(self, *, now: datetime) -> bool:
        return self.state != DutyState.OFF_DUTY.value and self.ends_at is not None and now < self.ends_at

    def move(
        self, *, seq: int | None, latitude: float, longitude: float, accuracy_m: float | None, at: datetime
    ) -> bool:
        """Take a newer position; an older one never replaces it (promise I5). True when it was newer."""
        older_number = seq is not None and self.position_seq is not None and seq <= self.position_seq
        if older_number or (self.position_at is not None and at < self.position_at):
            return False
        self.latitude, self.longitude, self.accuracy_m = latitude, longitude, accuracy_m
        self.position_seq = seq if seq is not None else self.position_seq
        self.position_at = at
        return True
