"""A broadcast: one thread of versions about one thing, from its draft until it is cleared, and what it promised."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.broadcasts.spoken import Part, Purpose, Spoken, Words
from backend.kernel.database import Base, Instant
from backend.kernel.errors import Conflict
from backend.kernel.vocabulary import Severity


class BroadcastState(StrEnum):
    """
    How far it is.

    PROPOSED came from elsewhere and is nobody's draft yet; DROPPED was never
    issued; the last three absorb everything.
    """

    PROPOSED = "proposed"
    DRAFT = "draft"
    IN_FORCE = "in_force"
    DROPPED = "dropped"
    CLEARED = "cleared"
    RETRACTED = "retracted"
    EXPIRED = "expired"


#: Nothing of these is issued any more.
OVER = frozenset(
    {
        BroadcastState.DROPPED.value,
        BroadcastState.CLEARED.value,
        BroadcastState.RETRACTED.value,
        BroadcastState.EXPIRED.value,
    }
)


#: The deputy is told so long after the owner was.
DEPUTY_AFTER = timedelta(minutes=2)

#: A broadcast that nobody has minded for so long after its promise is no longer live.
UNMINDED = timedelta(hours=24)


class Broadcast(Base):
    """
    One thread.

    `version` is the newest that was issued, 0 for none; `audience` the document
    of `audience.Audience`, which is about whom to tell and not where it
    happens: that is `place`, a zone's or a site's id, or words. `source` is what a proposal came from. `fanned_version`
    is the version whose fan-out is under way or done, `fanned_after` the
    account up to which the roll has been made for it, and `fanned_at` when it
    was done. `owner_told_at` and `deputy_told_at` are for the promise that is
    overdue now.
    """

    __tablename__ = "broadcasts"
    __table_args__ = (
        sa.Index(
            "ix_broadcasts_in_force",
            "exercise",
            sqlite_where=sa.text("state = 'in_force'"),
            postgresql_where=sa.text("state = 'in_force'"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    state: Mapped[str] = mapped_column(sa.String(10))
    purpose: Mapped[str] = mapped_column(sa.String(10))
    severity: Mapped[str] = mapped_column(sa.String(10))
    exercise: Mapped[bool] = mapped_column(sa.Boolean(create_constraint=False))
    place: Mapped[str | None] = mapped_column(sa.String(200))
    audience: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    owner_id: Mapped[UUID | None] = mapped_column()
    deputy_id: Mapped[UUID | None] = mapped_column()
    made_at: Mapped[datetime] = mapped_column(Instant)
    next_update_min: Mapped[int | None] = mapped_column(sa.Integer)
    end_condition: Mapped[str | None] = mapped_column(sa.String(500))
    source: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON)

    version: Mapped[int] = mapped_column(sa.Integer, default=0)
    issued_at: Mapped[datetime | None] = mapped_column(Instant)
    next_update_at: Mapped[datetime | None] = mapped_column(Instant)
    owner_told_at: Mapped[datetime | None] = mapped_column(Instant)
    deputy_told_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)

    fanned_version: Mapped[int] = mapped_column(sa.Integer, default=0)
    fanned_after: Mapped[UUID | None] = mapped_column()
    fanned_at: Mapped[datetime | None] = mapped_column(Instant)

    @property
    def in_force(self) -> bool:
        return self.state == BroadcastState.IN_FORCE.value

    @property
    def is_over(self) -> bool:
        return self.state in OVER

    @property
    def is_fanning_out(self) -> bool:
        """Whether a version was issued of which somebody may not have been put on the roll yet."""
        return self.version > self.fanned_version or (self.version > 0 and self.fanned_at is None)

    def is_overdue(self, *, now: datetime) -> bool:
        """Whether a word was promised by now and has not come."""
        return self.in_force and self.next_update_at is not None and now >= self.next_update_at

    @property
    def look_at(self) -> datetime | None:
        """When somebody must be told that the promise is overdue, or that it is no longer live; None for never."""
        if not self.in_force or self.next_update_at is None:
            return None
        if self.owner_told_at is None:
            return self.next_update_at
        over = self.next_update_at + UNMINDED
        return min(over, self.owner_told_at + DEPUTY_AFTER) if self._deputy_waits else over

    def overdue_for(self, *, now: datetime) -> UUID | None:
        """
        Whom to tell now that the promised word has not come: its owner, and a while later its deputy; each once.

        None when nobody is due.
        """
        if self.look_at is None or now < self.look_at or self._is_unminded(now):
            return None
        if self.owner_told_at is None:
            self.owner_told_at = now
            return self.owner_id
        self.deputy_told_at = now
        return self.deputy_id

    def expire_if_unminded(self, *, now: datetime) -> bool:
        """Nobody has minded it for a day; True when it is over by that."""
        if not self._is_unminded(now):
            return False
        self.expire(now=now)
        return True

    @property
    def _deputy_waits(self) -> bool:
        return self.deputy_id not in (None, self.owner_id) and self.deputy_told_at is None

    def _is_unminded(self, now: datetime) -> bool:
        # After an outage the owner hears of it first: nothing ends without anybody knowing.
        told = self.owner_told_at is not None and self.next_update_at is not None
        return self.in_force and told and now >= (self.next_update_at or now) + UNMINDED

    def issue(self, version: "Version", *, by: UUID, second: UUID | None, now: datetime) -> None:
        """
        These words are out; every clock counts from now.

        Raises Conflict for a thread that is over, or for words that do not fit
        where it is: an alert begins, everything else follows.
        """
        self._must_take(Part(version.part))
        version.issued_at, version.issued_by, version.seconded_by = now, by, second
        self.next_update_min = version.next_update_min or self.next_update_min
        version.next_update_at = self._next_update(Part(version.part), now=now)
        self.version = version.number
        self.next_update_at = version.next_update_at
        self.owner_told_at = self.deputy_told_at = None
        self.fanned_at = None
        self.issued_at = self.issued_at or now
        part = Part(version.part)
        self.state = {
            Part.ALL_CLEAR: BroadcastState.CLEARED,
            Part.RETRACTION: BroadcastState.RETRACTED,
        }.get(part, BroadcastState.IN_FORCE)
        if part.ends:
            self.ended_at = now

    def expire(self, *, now: datetime) -> None:
        """Nobody minded it any more: it is no longer shown as live. Raises Conflict when it is not in force."""
        if not self.in_force:
            raise Conflict("This broadcast is not in force.", slug="broadcast-not-in-force")
        self.state, self.ended_at, self.next_update_at = BroadcastState.EXPIRED.value, now, None

    def drop(self) -> None:
        """It will not be issued. Raises Conflict when it was."""
        if self.version or self.is_over:
            raise Conflict("This broadcast was issued: retract it instead.", slug="broadcast-issued")
        self.state = BroadcastState.DROPPED.value

    def _must_take(self, part: Part) -> None:
        if self.state == BroadcastState.PROPOSED.value:
            raise Conflict("This was proposed by somebody else: adopt it first.", slug="broadcast-proposed")
        if self.is_over:
            raise Conflict("This broadcast is over. Begin a new one.", slug="broadcast-over")
        if part is Part.ALERT and self.version:
            raise Conflict("This broadcast is out already: send an update.", slug="broadcast-issued")
        if part is not Part.ALERT and not self.version:
            raise Conflict("This broadcast was never issued.", slug="broadcast-not-in-force")

    def _next_update(self, part: Part, *, now: datetime) -> datetime | None:
        return None if part.ends or self.next_update_min is None else now + timedelta(minutes=self.next_update_min)


class Version(Base):
    """
    Words on a thread, numbered from 1; a draft until `issued_at`, and never changed after it.

    `words` are `{language: {title, body}}`. `template` names the campus's own
    words they are, None for free text. `next_update_min` is the promise that
    comes with these words, None where the thread's own stays. `seconded_by` is
    the second person, and `hash` that of `Spoken`, written when it is issued.
    """

    __tablename__ = "broadcast_versions"

    broadcast_id: Mapped[UUID] = mapped_column(sa.ForeignKey("broadcasts.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(sa.Integer, primary_key=True, autoincrement=False)
    part: Mapped[str] = mapped_column(sa.String(12))
    words: Mapped[dict[str, dict[str, str]]] = mapped_column(sa.JSON)
    template: Mapped[str | None] = mapped_column(sa.String(80))
    written_by: Mapped[UUID] = mapped_column()
    written_at: Mapped[datetime] = mapped_column(Instant)
    next_update_min: Mapped[int | None] = mapped_column(sa.Integer)
    issued_at: Mapped[datetime | None] = mapped_column(Instant)
    issued_by: Mapped[UUID | None] = mapped_column()
    seconded_by: Mapped[UUID | None] = mapped_column()
    next_update_at: Mapped[datetime | None] = mapped_column(Instant)
    hash: Mapped[str | None] = mapped_column(sa.String(64))


def spoken(broadcast: Broadcast, version: Version) -> Spoken:
    """What everybody is told by this version, which was issued."""
    assert version.issued_at is not None
    return Spoken(
        broadcast_id=broadcast.id,
        version=version.number,
        part=Part(version.part),
        purpose=Purpose(broadcast.purpose),
        severity=Severity(broadcast.severity),
        exercise=broadcast.exercise,
        words={language: Words(**one) for language, one in version.words.items()},
        issued_at=version.issued_at,
        next_update_at=version.next_update_at,
    )
