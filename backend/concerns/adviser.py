"""Advisers as this slice knows them: an id, a name that reporters are told, and public keys."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.concerns.concern import BY_NAME
from backend.kernel.database import Base


class Adviser(Base):
    """A Local Adviser or the Prevent lead; `away_from` … `away_until` are the days of their leave, both counted."""

    __tablename__ = "concern_advisers"
    __table_args__ = (BY_NAME,)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    faculty: Mapped[str | None] = mapped_column(sa.String(120))
    trained_on: Mapped[date | None] = mapped_column(sa.Date)
    away_from: Mapped[date | None] = mapped_column(sa.Date)
    away_until: Mapped[date | None] = mapped_column(sa.Date)

    def is_away(self, day: date) -> bool:
        """An end that is open is leave until further notice."""
        return self.away_from is not None and self.away_from <= day and not (self.away_until and day > self.away_until)

    def is_leaving(self, day: date) -> bool:
        """Away, or about to be: announced and not over."""
        return self.away_from is not None and (self.away_until is None or day <= self.away_until)


class SealingKey(Base):
    """
    A public key that concerns are sealed to; the private half never comes here.

    `adviser_id` is None for the recovery key. A retired key is told to no
    reporter any more; what it opens is opened by whoever still has its half.
    """

    __tablename__ = "concern_keys"
    __table_args__ = (BY_NAME,)

    id: Mapped[str] = mapped_column(sa.String(16), primary_key=True)
    adviser_id: Mapped[UUID | None] = mapped_column(index=True)
    public_key: Mapped[bytes] = mapped_column(sa.LargeBinary)
    made_on: Mapped[date] = mapped_column(sa.Date)
    retired_on: Mapped[date | None] = mapped_column(sa.Date)
