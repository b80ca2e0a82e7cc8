"""The roll: everybody a broadcast is for, how far it got to each of them, and what they answered."""

from collections.abc import Iterable
from datetime import datetime
from enum import IntFlag
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.incidents.whereabouts import Whereabouts
from backend.kernel.database import Base, Instant


class By(IntFlag):
    """Channels as bits, so that a person's whole story is one short row."""

    NONE = 0
    SOCKET = 1
    PUSH = 2
    SMS = 4
    VOICE = 8
    EMAIL = 16


def by(channels: Iterable[str]) -> By:
    """The bits of these channels, named as in the vocabulary; `socket` is the live connection."""
    found = By.NONE
    for channel in channels:
        found |= By[channel.upper()]
    return found


class RollEntry(Whereabouts, Base):
    """
    One person on the roll of one broadcast, across all its versions.

    `asked`, `sent`, `taken` and `failed` are the channels (`By`) by which
    they are to be told, by which it has set out, whose provider took it, and
    which came to nothing. `version` is the newest that set out to them.
    `unreachable` says why no channel was found. The position is the one that
    came with their answer, and nothing else's. `zone_id` and `site_id` are
    where they belong, for the tally.
    """

    __tablename__ = "roll"
    __table_args__ = (sa.Index("ix_roll_person_id", "person_id"),)

    broadcast_id: Mapped[UUID] = mapped_column(sa.ForeignKey("broadcasts.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    zone_id: Mapped[str | None] = mapped_column(sa.String(80))
    site_id: Mapped[str | None] = mapped_column(sa.String(80))
    asked: Mapped[int] = mapped_column(sa.SmallInteger, default=0)
    sent: Mapped[int] = mapped_column(sa.SmallInteger, default=0)
    taken: Mapped[int] = mapped_column(sa.SmallInteger, default=0)
    failed: Mapped[int] = mapped_column(sa.SmallInteger, default=0)
    unreachable: Mapped[str | None] = mapped_column(sa.String(40))
    version: Mapped[int] = mapped_column(sa.Integer, default=0)
    displayed_at: Mapped[datetime | None] = mapped_column(Instant)
    displayed_version: Mapped[int] = mapped_column(sa.Integer, default=0)
    answer: Mapped[str | None] = mapped_column(sa.String(10))
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    answered_by: Mapped[str | None] = mapped_column(sa.String(10))
