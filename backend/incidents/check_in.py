"""A check-in: a person says by when they will be heard of, and an emergency is raised if they are not."""

from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.incidents.whereabouts import Whereabouts
from backend.kernel.database import Base, Instant

#: A drill or a trial takes seconds; longer than a day nobody remembers what was promised.
SHORTEST, LONGEST = timedelta(seconds=1), timedelta(hours=24)

#: The owner is reminded this long before, or a fifth of a short timer before.
WARNED_BEFORE = timedelta(minutes=5)
SHORT = 5

#: After a check-in could not be run out, it rests for this long.
AFTER_STUMBLE = timedelta(seconds=5)

#: More are not counted: at one every few seconds a day and a half would be more than the column holds.
STUMBLES_COUNTED = 1000


class CheckInState(StrEnum):
    """How a check-in stands; the last two are for ever."""

    OPEN = "open"
    ENDED = "ended"
    RAN_OUT = "ran_out"


class CheckIn(Whereabouts, Base):
    """
    A person's newest check-in; the next one takes its place under an id of its own.

    `warn_at` is when its owner is to be reminded (None once they were) and
    `next_at` when somebody must look at it (None: never again). Once it is
    closed it forgets where the person was and what they wrote.
    """

    __tablename__ = "check_ins"
    __table_args__ = (
        sa.Index(
            "ix_check_ins_due",
            "next_at",
            sqlite_where=sa.text("next_at IS NOT NULL"),
            postgresql_where=sa.text("next_at IS NOT NULL"),
        ),
    )

    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(sa.String(10))
    set_at: Mapped[datetime] = mapped_column(Instant)
    ends_at: Mapped[datetime] = mapped_column(Instant)
    warn_at: Mapped[datetime | None] = mapped_column(Instant)
    warned_at: Mapped[datetime | None] = mapped_column(Instant)
    next_at: Mapped[datetime | None] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    incident_id: Mapped[UUID | None] = mapped_column()
    stumbles: Mapped[int] = mapped_column(sa.SmallInteger)
    note: Mapped[str | None] = mapped_column(sa.String(2000))
    wrong_pins: Mapped[int | None] = mapped_column(sa.SmallInteger)

    @property
    def open(self) -> bool:
        return self.state == CheckInState.OPEN.value

    def begin(self, *, now: datetime) -> None:
        """A check-in of its own, with nothing left of the one before."""
        self.id, self.state, self.set_at = uuid4(), CheckInState.OPEN.value, now
        self.closed_at = self.incident_id = self.wrong_pins = None
        self.stumbles = 0
        self._forget()

    def run_for(self, length: timedelta, *, now: datetime) -> None:
        """From now on it runs out after this long, and its owner is reminded (again) before."""
        self.ends_at = now + length
        self.warn_at = self.next_at = self.ends_at - min(WARNED_BEFORE, length / SHORT)
        self.warned_at = None

    def warn(self, *, now: datetime) -> None:
        """The owner is being reminded; not a second time."""
        self.warned_at, self.warn_at = now, None
        self.next_at = self.ends_at

    def end(self, *, now: datetime) -> None:
        """The owner is safe."""
        self._close(CheckInState.ENDED, now=now)

    def run_out(self, incident_id: UUID, *, now: datetime) -> None:
        """Nobody was heard of: this case has it now."""
        self._close(CheckInState.RAN_OUT, now=now)
        self.incident_id = incident_id

    def stumble(self, *, now: datetime) -> bool:
        """It could not be run out and is tried again in a moment; True the first time."""
        self.next_at = now + AFTER_STUMBLE
        self.stumbles = min(self.stumbles + 1, STUMBLES_COUNTED)
        return self.stumbles == 1

    def _close(self, state: CheckInState, *, now: datetime) -> None:
        self.state, self.closed_at = state.value, now
        self.warn_at = self.next_at = None
        self._forget()

    def _forget(self) -> None:
        self.note = self.floor = self.position_source = None
        self.latitude = self.longitude = self.accuracy_m = None
        self.position_seq = None
        self.position_at = None
