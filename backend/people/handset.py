"""A handset: an installation of the app, whose it is, and whether it can be pushed to."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.kernel.database import Base, Instant


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

    def forget_push(self) -> None:
        """Nothing is pushed to this handset until it says where again."""
        self.push_kind = self.push_value = self.push_failed_at = None


class Socket(Base):
    """An open socket: confirmed every few seconds, so that a dead process's sockets fade by themselves."""

    __tablename__ = "sockets"
    __table_args__ = (sa.Index("ix_sockets_account_id", "account_id"),)

    sid: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    account_id: Mapped[UUID] = mapped_column()
    face: Mapped[str] = mapped_column(sa.String(10))
    process: Mapped[str] = mapped_column(sa.String(40))
    seen_at: Mapped[datetime] = mapped_column(Instant)
