"""A hush: whose console is silent, and since when; whoever has none hears it."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.kernel.database import Base, Instant
from backend.people.duty import SHIFT


class Hush(Base):
    """A person whose console makes no sound. It lasts a shift at most: nobody comes back to a desk that is silent."""

    __tablename__ = "console_hushes"

    account_id: Mapped[UUID] = mapped_column(sa.ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    since: Mapped[datetime] = mapped_column(Instant)

    def holds(self, *, now: datetime) -> bool:
        return now < self.since + SHIFT
