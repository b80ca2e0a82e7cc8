"""A reply by text or key: taken once, and answered alike however often it is sent."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.kernel.database import Base, Instant


class Reply(Base):
    """
    `key` is the provider's own name for what was texted or pressed; who it was from is not kept here.

    `said` is what it was answered, as it went out.
    """

    __tablename__ = "replies"
    __table_args__ = (sa.Index("ix_replies_at", "at"),)

    key: Mapped[str] = mapped_column(sa.String(200), primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
    said: Mapped[str] = mapped_column(sa.Text)
