"""A handset: an installation of the app, whose it is, and whether it can be pushed to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.kernel.database import Base, Instant
from backend.kernel.vocabulary import Face

#: Why a push would not wake an officer's phone: shown to the control room and to the officer.
NO_PUSH_TARGET = "no_push_target"
NOTIFICATIONS_OFF = "notifications_off"

#: A person's installations that are known; one more takes the place of the one not heard of for the longest time.
MOST_HANDSETS = 20

#: A person's open sockets; one more closes the oldest.
MOST_SOCKETS = 5

#: A socket row that its process has not confirmed for this long is a dead process's.
SOCKET_FADES = timedelta(seconds=30)


class Handset(Base):
    """
    One installation, which belongs to whoever signed in on it last.

    `push_failed_at` is set when a provider says the target is dead; a new target clears it.
    """

    __tablename__ = "handsets"
    __table_args__ = (
        sa.Index("ix_handsets_account_id", "account_id"),
        sa.UniqueConstraint("push_kind", "push_value"),
    )

    installation_id: Mapped[str] = mapped_column(sa.String(200), primary_key=True)
    account_id: Mapped[UUID] = mapped_column(sa.ForeignKey("accounts.id", ondelete="CASCADE"))
    platform: Mapped[str] = mapped_column(sa.String(10))
    push_kind: Mapped[str | None] = mapped_column(sa.String(10))
    push_value: Mapped[str | None] = mapped_column(sa.String(4096))
    push_failed_at: Mapped[datetime | None] = mapped_column(Instant)
    app_version: Mapped[str | None] = mapped_column(sa.String(40))
    permissions: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
    seen_at: Mapped[datetime] = mapped_column(Instant)

    @property
    def pushable(self) -> bool:
        return self.push_value is not None and self.push_failed_at is None

    @property
    def silenced(self) -> bool:
        """Whether its owner has switched the app's notifications off; not said is not off."""
        return self.permissions.get("notifications") is False

    def forget_push(self) -> None:
        """Nothing is pushed to this handset until it says where again."""
        self.push_kind = self.push_value = self.push_failed_at = None


def warnings(handsets: Iterable[Handset]) -> list[str]:
    """Why no push would wake the owner of these; one that can be woken is enough."""
    pushable = [one for one in handsets if one.pushable]
    if not pushable:
        return [NO_PUSH_TARGET]
    return [NOTIFICATIONS_OFF] if all(one.silenced for one in pushable) else []


@dataclass(frozen=True, slots=True)
class OpenSocket:
    """A socket as the process that holds it knows it."""

    sid: str
    person_id: UUID
    face: Face
    token_hash: str


class Socket(Base):
    """An open socket: confirmed every few seconds, so that a dead process's sockets fade by themselves."""

    __tablename__ = "sockets"
    __table_args__ = (sa.Index("ix_sockets_account_id", "account_id"),)

    sid: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    account_id: Mapped[UUID] = mapped_column()
    face: Mapped[str] = mapped_column(sa.String(10))
    process: Mapped[str] = mapped_column(sa.String(40))
    seen_at: Mapped[datetime] = mapped_column(Instant)
    token_hash: Mapped[str | None] = mapped_column(sa.String(64))
    opened_at: Mapped[datetime | None] = mapped_column(Instant)
