"""A disclosure: somebody was shown the profile of the person a case is about."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.kernel.database import NEVER_AGAIN, Base, Counting, Instant


class Disclosure(Base):
    """
    One look, for the person it was at; `side` is how the viewer was in the case.

    The audit has a line of it as well, which outlives this row and holds no
    words: a reason may name somebody or an illness, and goes with its case.
    """

    __tablename__ = "disclosures"
    __table_args__ = (
        sa.Index("ix_disclosures_account_id", "account_id", "id"),
        sa.Index("ix_disclosures_incident_id", "incident_id"),
        NEVER_AGAIN,
    )

    id: Mapped[int] = mapped_column(Counting, primary_key=True, autoincrement=True)
    incident_id: Mapped[UUID] = mapped_column()
    account_id: Mapped[UUID] = mapped_column()
    viewer_id: Mapped[UUID] = mapped_column()
    side: Mapped[str] = mapped_column(sa.String(12))
    reason: Mapped[str | None] = mapped_column(sa.String(500))
    at: Mapped[datetime] = mapped_column(Instant)
