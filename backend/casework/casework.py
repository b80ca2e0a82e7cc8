"""Casework: who of the control room looks after a case, what they have read of it, and what they have done."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.casework.methane import Methane
from backend.kernel.database import Base, Instant


class Casework(Base):
    """
    One line beside a case, made when the control room first does something with it.

    `read_until` is the number of the last message of the conversation that the
    control room has read; `methane` the newest version of that report.
    """

    __tablename__ = "casework"

    incident_id: Mapped[UUID] = mapped_column(primary_key=True)
    taken_by: Mapped[UUID | None] = mapped_column()
    taken_at: Mapped[datetime | None] = mapped_column(Instant)
    read_until: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    major: Mapped[bool] = mapped_column(sa.Boolean(create_constraint=False), default=False)
    methane: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    methane_version: Mapped[int] = mapped_column(sa.SmallInteger, default=0)
    methane_by: Mapped[UUID | None] = mapped_column()
    methane_at: Mapped[datetime | None] = mapped_column(Instant)

    def take(self, *, by: UUID, now: datetime) -> bool:
        """It is theirs from now on, whosever it was; False when it was theirs already."""
        if self.taken_by == by:
            return False
        self.taken_by, self.taken_at = by, now
        return True

    def declare(self, report: Methane, *, by: UUID, now: datetime) -> bool:
        """The next version; False when it says what the last one says."""
        if self.methane == report.facts:
            return False
        self.methane, self.major = report.facts, report.major_incident
        self.methane_version += 1
        self.methane_by, self.methane_at = by, now
        return True

    def read(self, until: int) -> bool:
        """Read so far; False when as much was read before."""
        if until <= self.read_until:
            return False
        self.read_until = until
        return True


class DoneStep(Base):
    """A step of the protocol that was done for a case, and by whom; the row goes when it was ticked by mistake."""

    __tablename__ = "done_steps"

    incident_id: Mapped[UUID] = mapped_column(primary_key=True)
    step_id: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    done_by: Mapped[UUID] = mapped_column()
    done_at: Mapped[datetime] = mapped_column(Instant)


class CaseLink(Base):
    """Two cases that belong together; a pair has two rows, one from each side."""

    __tablename__ = "case_links"
    __table_args__ = (sa.Index("ix_case_links_other_id", "other_id"),)

    incident_id: Mapped[UUID] = mapped_column(primary_key=True)
    other_id: Mapped[UUID] = mapped_column(primary_key=True)
    linked_by: Mapped[UUID] = mapped_column()
    linked_at: Mapped[datetime] = mapped_column(Instant)
