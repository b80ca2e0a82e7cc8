"""A case: guards its own state, which only ever goes forward."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.campus.geofence import MAX_AGE_S, Position
from backend.incidents.whereabouts import Whereabouts
from backend.kernel.database import NEVER_AGAIN, Base, Counting, Instant
from backend.kernel.errors import Conflict
from backend.kernel.vocabulary import IncidentState, Kind, Trigger

#: From first to last; the last two absorb everything.
ORDER = (
    IncidentState.RAISED,
    IncidentState.OFFERED,
    IncidentState.ACCEPTED,
    IncidentState.EN_ROUTE,
    IncidentState.ON_SCENE,
)
CLOSED = frozenset({IncidentState.RESOLVED.value, IncidentState.CANCELLED.value})

#: Followers are told of a new position at most this often: a moving phone must not fill their streams.
TOLD_EVERY = timedelta(seconds=5)


class Incident(Whereabouts, Base):
    """
    One case of one person.

    `number` counts within the database and makes the reference; `rung` is how
    many rungs of the escalation policy have been climbed since `ladder_from`,
    and `next_step_at` when the case must be looked at again (None: never).
    `raised_as` is the kind it was raised as, where duress has made it another;
    `wrong_pins` how many were typed to call it off (None: none).
    """

    __tablename__ = "incidents"
    __table_args__ = (
        sa.Index(
            "ix_incidents_due",
            "next_step_at",
            sqlite_where=sa.text("next_step_at IS NOT NULL"),
            postgresql_where=sa.text("next_step_at IS NOT NULL"),
        ),
        sa.Index(
            "ix_incidents_open",
            "owner_id",
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        ),
        sa.Index("ix_incidents_owner_id", "owner_id"),
        sa.Index("ix_incidents_closed_at", "closed_at"),
        sa.Index(
            "ix_incidents_placed",
            "closed_at",
            sqlite_where=sa.text("closed_at IS NOT NULL AND position_at IS NOT NULL"),
            postgresql_where=sa.text("closed_at IS NOT NULL AND position_at IS NOT NULL"),
        ),
        # The canary presses every minute and is asked for at every look at the figures; no person's tap pays for it.
        sa.Index(
            "ix_incidents_canary",
            "state",
            "number",
            sqlite_where=sa.text("team_id = 'canary'"),
            postgresql_where=sa.text("team_id = 'canary'"),
        ),
        NEVER_AGAIN,
    )

    number: Mapped[int] = mapped_column(Counting, primary_key=True, autoincrement=True)
    id: Mapped[UUID] = mapped_column(unique=True, default=uuid4)
    kind: Mapped[str] = mapped_column(sa.String(12))
    subtype: Mapped[str | None] = mapped_column(sa.String(40))
    state: Mapped[str] = mapped_column(sa.String(12))
    silent: Mapped[bool] = mapped_column(sa.Boolean(create_constraint=False))
    trigger: Mapped[str] = mapped_column(sa.String(20))
    exercise: Mapped[bool] = mapped_column(sa.Boolean(create_constraint=False))
    owner_id: Mapped[UUID | None] = mapped_column()
    raised_by: Mapped[UUID] = mapped_column()
    caller_name: Mapped[str | None] = mapped_column(sa.String(120))
    caller_number: Mapped[str | None] = mapped_column(sa.String(30))
    note: Mapped[str | None] = mapped_column(sa.String(2000))
    received_at: Mapped[datetime] = mapped_column(Instant)
    pressed_at: Mapped[datetime | None] = mapped_column(Instant)

    position_told_at: Mapped[datetime | None] = mapped_column(Instant)
    zone_id: Mapped[str | None] = mapped_column(sa.String(80))
    site_id: Mapped[str | None] = mapped_column(sa.String(80))
    inside: Mapped[bool | None] = mapped_column(sa.Boolean(create_constraint=False))

    team_id: Mapped[str] = mapped_column(sa.String(80))
    routed_because: Mapped[str] = mapped_column(sa.String(300))
    wanted: Mapped[int] = mapped_column(sa.SmallInteger)
    rung: Mapped[int] = mapped_column(sa.SmallInteger, default=0)
    climb: Mapped[int] = mapped_column(sa.SmallInteger, default=0)
    ladder_from: Mapped[datetime] = mapped_column(Instant)
    next_step_at: Mapped[datetime | None] = mapped_column(Instant)
    late_at: Mapped[datetime | None] = mapped_column(Instant)

    seen_at: Mapped[datetime | None] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    closed_by: Mapped[UUID | None] = mapped_column()
    raised_as: Mapped[str | None] = mapped_column(sa.String(12))
    wrong_pins: Mapped[int | None] = mapped_column(sa.SmallInteger)

    @property
    def reference(self) -> str:
        """What people say to each other: the letter of the kind it was raised as, the year, the number; for ever."""
        return f"{Kind(self.raised_as or self.kind).letter}-{self.received_at.year}-{self.number:04d}"

    @property
    def under_duress(self) -> bool:
        """Whether its owner is being forced: then what their account may read of it is not what it is."""
        return self.trigger == Trigger.DURESS_PIN.value

    @property
    def concealed(self) -> bool:
        """Raised under duress: to its owner there is no such case, not even one that is over."""
        return self.under_duress and self.raised_as is None

    @property
    def open(self) -> bool:
        return self.state not in CLOSED

    @property
    def target(self) -> Position | None:
        """
        The newest position that somebody can be sent to.

        One that was old already when the case was raised only tells where the
        person was last: a search from there costs more than asking everybody.
        """
        at = self.position_at
        if at is not None and (self.received_at - at).total_seconds() > MAX_AGE_S:
            return None
        return self.position

    def advance(self, state: IncidentState) -> bool:
        """Move forward to this state; an earlier or equal one changes nothing. Raises Conflict once closed."""
        self.must_be_open()
        if ORDER.index(state) <= ORDER.index(IncidentState(self.state)):
            return False
        self.state = state.value
        return True

    def close(self, state: IncidentState, *, by: UUID | None, now: datetime) -> None:
        """Resolve or cancel it: nothing is due any more, for ever. Raises Conflict once closed."""
        self.must_be_open()
        self.state = state.value
        self.closed_at, self.closed_by = now, by
        self.next_step_at = self.late_at = None

    def must_be_open(self) -> None:
        if not self.open:
            raise self.closed_already()

    def closed_already(self) -> Conflict:
        """How a closed case refuses."""
        return Conflict(f"This case is already {self.state}.", slug="incident-closed", facts={"state": self.state})

    def go_on_under_duress(self, *, team_id: str, because: str, wanted: int, now: datetime) -> None:
        """From now on a silent emergency of this team, asked about from the first rung; who has it keeps it."""
        self.raised_as = self.kind
        if self.kind != Kind.EMERGENCY.value:
            self.kind, self.subtype = Kind.EMERGENCY.value, None
        self.silent, self.trigger = True, Trigger.DURESS_PIN.value
        self.team_id, self.routed_because, self.wanted = team_id, because[:300], wanted
        self.climb += 1
        self.rung, self.ladder_from, self.next_step_at = 0, now, now

    def see(self, *, now: datetime) -> bool:
        """Somebody who can help has it on a screen; True the first time."""
        if self.seen_at is not None:
            return False
        self.seen_at = now
        return True

    def look_again(self, *, now: datetime) -> None:
        """What was nowhere is somewhere: the ladder looks at once, from its foot when nobody has been asked yet."""
        self.next_step_at = now
        if self.state == IncidentState.RAISED.value:
            self.rung, self.ladder_from = 0, now

    def tell_position(self, *, now: datetime) -> bool:
        """Whether followers should be told of the new position now."""
        if self.position_told_at is not None and now - self.position_told_at < TOLD_EVERY:
            return False
        self.position_told_at = now
        return True


class Tap(Base):
    """One press that we answered: its id, its note, and the case it opened or joined."""

    __tablename__ = "taps"
    __table_args__ = (sa.Index("ix_taps_incident_id", "incident_id"),)

    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    tap_id: Mapped[UUID] = mapped_column(primary_key=True)
    incident_id: Mapped[UUID] = mapped_column()
    at: Mapped[datetime] = mapped_column(Instant)
    pressed_at: Mapped[datetime | None] = mapped_column(Instant)
    trigger: Mapped[str] = mapped_column(sa.String(20), default=Trigger.BUTTON.value)
    note: Mapped[str | None] = mapped_column(sa.String(2000))


class Progress(Base):
    """One line of a case's story: what happened, when, by whom. Only ever added to."""

    __tablename__ = "progress"
    __table_args__ = (sa.Index("ix_progress_incident_id", "incident_id"),)

    id: Mapped[int] = mapped_column(Counting, primary_key=True, autoincrement=True)
    incident_id: Mapped[UUID] = mapped_column()
    stage: Mapped[str] = mapped_column(sa.String(30))
    at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[UUID | None] = mapped_column()
    words: Mapped[str | None] = mapped_column(sa.String(2000))


class Fix(Base):
    """One position of a case as it came in, kept for the hours the campus says."""

    __tablename__ = "fixes"
    __table_args__ = (sa.Index("ix_fixes_incident_id", "incident_id"),)

    id: Mapped[int] = mapped_column(Counting, primary_key=True, autoincrement=True)
    incident_id: Mapped[UUID] = mapped_column()
    seq: Mapped[int | None] = mapped_column(sa.BigInteger)
    latitude: Mapped[float] = mapped_column()
    longitude: Mapped[float] = mapped_column()
    accuracy_m: Mapped[float | None] = mapped_column()
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    received_at: Mapped[datetime] = mapped_column(Instant)


class Said(Base):
    """One message of a case's conversation; a tap's note is one too."""

    __tablename__ = "conversation"
    __table_args__ = (sa.Index("ix_conversation_incident_id", "incident_id", "number"), NEVER_AGAIN)

    number: Mapped[int] = mapped_column(Counting, primary_key=True, autoincrement=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    incident_id: Mapped[UUID] = mapped_column()
    author_id: Mapped[UUID] = mapped_column()
    text: Mapped[str] = mapped_column(sa.String(2000))
    at: Mapped[datetime] = mapped_column(Instant)
