"""A legal hold: nothing about a case is forgotten until a second person agrees that it may be."""

from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.kernel.database import Base, Instant
from backend.kernel.errors import Conflict


class Hold(Base):
    """
    Why a case is kept, who said so, and who released it; a case has one that stands, and perhaps some that did.

    While the hold stands, `released_because` is what was asked last: whether that
    still waits is the approval's to say.
    """

    __tablename__ = "holds"
    __table_args__ = (
        sa.Index("ix_holds_incident_id", "incident_id"),
        sa.Index(
            "ix_holds_standing",
            "incident_id",
            unique=True,
            sqlite_where=sa.text("released_at IS NULL"),
            postgresql_where=sa.text("released_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    incident_id: Mapped[UUID] = mapped_column()
    reason: Mapped[str] = mapped_column(sa.String(500))
    set_by: Mapped[UUID] = mapped_column()
    set_at: Mapped[datetime] = mapped_column(Instant)
    released_by: Mapped[UUID | None] = mapped_column()
    released_at: Mapped[datetime | None] = mapped_column(Instant)
    released_because: Mapped[str | None] = mapped_column(sa.String(500))

    @property
    def stands(self) -> bool:
        return self.released_at is None

    def release(self, because: str, *, by: UUID, now: datetime) -> None:
        """The clock counts on, for the reason that two persons agreed on."""
        if not self.stands:
            raise Conflict("This case is not held.", slug="not-held")
        self.released_by, self.released_at, self.released_because = by, now, because
