"""A concern: a random name, a day and no hour, and sealed entries; who wrote it is in none of them."""

from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.kernel.database import Base
from backend.kernel.errors import Conflict

#: Clustered by their random names, on the store that would otherwise number rows as they come.
BY_NAME = {"sqlite_with_rowid": False}

#: The mailbox's clock, from the last word of either side; the data's, from the day it was lodged (both are told).
MAILBOX_KEPT = timedelta(days=90)
DATA_KEPT = timedelta(days=365)

#: What was no concern goes soon (decision 0024): the reporter reads the answer, a colleague who doubts opens it again.
NO_CONCERN_KEPT = timedelta(days=14)

#: Who asks for a legal hold on its last day gains, once, the time in which a second person can agree.
STAY = timedelta(days=7)


class Stage(StrEnum):
    """How far the desk is."""

    WAITING = "waiting"
    ASSIGNED = "assigned"
    TRIAGED = "triaged"
    CLOSED = "closed"


class Outcome(StrEnum):
    """What two advisers made of it; nobody's opinion is a score."""

    PREVENT = "prevent"
    WELFARE = "welfare"
    NO_CONCERN = "no_concern"


class EntryKind(StrEnum):
    """What was written, and by whom."""

    LODGED = "lodged"
    ADDED = "added"
    REPLY = "reply"
    RATIONALE = "rationale"
    AGAINST = "against"
    NOTE = "note"
    REFERRAL = "referral"
    HOLD = "hold"


#: What the reporter wrote, and what they may read.
BY_REPORTER = frozenset({EntryKind.LODGED, EntryKind.ADDED})
FOR_REPORTER = frozenset({EntryKind.REPLY})


class Concern(Base):
    """
    One concern as the server knows it.

    `mailbox` and `reply_key` are made of the receipt by HKDF and lead nowhere
    else. Every time here is a day: no column tells the hour or the order in
    which two of one day arrived.
    """

    __tablename__ = "concerns"
    __table_args__ = (BY_NAME,)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    mailbox: Mapped[str] = mapped_column(sa.String(32), unique=True)
    reply_key: Mapped[bytes] = mapped_column(sa.LargeBinary)
    day: Mapped[date] = mapped_column(sa.Date)
    stage: Mapped[str] = mapped_column(sa.String(10))
    outcome: Mapped[str | None] = mapped_column(sa.String(12))
    closed_on: Mapped[date | None] = mapped_column(sa.Date)
    mailbox_until: Mapped[date] = mapped_column(sa.Date)
    data_until: Mapped[date] = mapped_column(sa.Date)
    held: Mapped[bool] = mapped_column(sa.Boolean(create_constraint=False))

    def must_be_open(self) -> None:
        if self.stage == Stage.CLOSED.value:
            raise Conflict("This concern is closed. Open it again first.", slug="concern-closed")

    def word_came(self, day: date) -> None:
        """The mailbox's clock counts from the last word of either side, and never past the data's own end."""
        self.mailbox_until = min(self.data_until, day + MAILBOX_KEPT)

    def triage(self, outcome: Outcome) -> None:
        """Again as often as its two advisers think better of it. Raises Conflict when it is closed or nobody's."""
        self.must_be_open()
        if self.stage == Stage.WAITING.value:
            raise Conflict("Assign two advisers first: two work on a concern, never one.", slug="not-assigned")
        self.stage, self.outcome = Stage.TRIAGED.value, outcome.value

    def close(self, outcome: Outcome, *, today: date) -> None:
        """
        As what it was triaged to; what was no concern has a short clock from now on.

        Raises Conflict when it is closed already, was not triaged, or to something else.
        """
        self.must_be_open()
        if self.stage != Stage.TRIAGED.value:
            raise Conflict("Say first what you make of it, and what speaks against that.", slug="not-triaged")
        if self.outcome != outcome.value:
            raise Conflict("Your colleague has come to another outcome meanwhile.", slug="outcome-changed")
        self.stage, self.closed_on = Stage.CLOSED.value, today
        if outcome is Outcome.NO_CONCERN:
            self.data_until = min(self.data_until, today + NO_CONCERN_KEPT)
            self.mailbox_until = min(self.mailbox_until, self.data_until)

    def reopen(self, *, last_word: date, today: date) -> None:
        """
        As it was before it was closed, both clocks as well; a mailbox that has ended stays so.

        Raises Conflict when it is open.
        """
        if self.stage != Stage.CLOSED.value:
            raise Conflict("This concern is open.", slug="concern-open")
        self.stage, self.closed_on = Stage.TRIAGED.value, None
        self.data_until = max(self.data_until, self.day + DATA_KEPT)
        if self.mailbox_until >= today:
            self.word_came(last_word)

    def stay(self, *, today: date) -> None:
        """Not destroyed before a second person could have agreed to a hold."""
        self.data_until = max(self.data_until, today + STAY)


class Entry(Base):
    """One sealed thing of a concern; `nth` orders a concern's own entries and says nothing about another's."""

    __tablename__ = "concern_entries"
    __table_args__ = (sa.UniqueConstraint("concern_id", "nth", name="uq_concern_entries_concern_id"), BY_NAME)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    concern_id: Mapped[UUID]
    nth: Mapped[int]
    kind: Mapped[str] = mapped_column(sa.String(10))
    day: Mapped[date] = mapped_column(sa.Date)
    written_by: Mapped[UUID | None]
    box: Mapped[bytes] = mapped_column(sa.LargeBinary)


class Copy(Base):
    """An entry's data key, sealed to one key; without any the entry is gone for everybody."""

    __tablename__ = "concern_copies"
    __table_args__ = (sa.Index("ix_concern_copies_key_id", "key_id"), BY_NAME)

    entry_id: Mapped[UUID] = mapped_column(primary_key=True)
    key_id: Mapped[str] = mapped_column(sa.String(16), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(sa.LargeBinary)


class Assignee(Base):
    """One of the two who work on it."""

    __tablename__ = "concern_assignees"
    __table_args__ = (BY_NAME,)

    concern_id: Mapped[UUID] = mapped_column(primary_key=True)
    adviser_id: Mapped[UUID] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(sa.Date)


class Recusal(Base):
    """Somebody with a conflict of interest: their copies are destroyed, and they are never assigned it."""

    __tablename__ = "concern_recusals"
    __table_args__ = (BY_NAME,)

    concern_id: Mapped[UUID] = mapped_column(primary_key=True)
    adviser_id: Mapped[UUID] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(sa.Date)


class Referral(Base):
    """A referral to an outside body, decided by the Prevent lead; the sheet itself is a sealed entry."""

    __tablename__ = "concern_referrals"
    __table_args__ = (BY_NAME,)

    entry_id: Mapped[UUID] = mapped_column(primary_key=True)
    concern_id: Mapped[UUID] = mapped_column(index=True)
    decided_by: Mapped[UUID]
    day: Mapped[date] = mapped_column(sa.Date)
    consent: Mapped[str] = mapped_column(sa.String(20))
    legal_basis: Mapped[str] = mapped_column(sa.String(30))
    sent_on: Mapped[date | None] = mapped_column(sa.Date)


class OutcomeTally(Base):
    """How many were closed so in an academic year (`2026-27`): all that stays of a concern."""

    __tablename__ = "concern_tallies"
    __table_args__ = (BY_NAME,)

    year: Mapped[str] = mapped_column(sa.String(7), primary_key=True)
    outcome: Mapped[str] = mapped_column(sa.String(12), primary_key=True)
    number: Mapped[int]


class DeskDay(Base):
    """On which day the desk was last reminded, and the files last rewritten."""

    __tablename__ = "concern_days"
    __table_args__ = (BY_NAME,)

    what: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    day: Mapped[date] = mapped_column(sa.Date)
