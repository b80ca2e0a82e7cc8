"""The face a case shows its owner: the case as it would be, had it really been called off."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.incidents.incident import Incident, Progress
from backend.kernel.database import Base, Instant
from backend.kernel.plain import plain

T = TypeVar("T", bound=Base)

#: Where a case was: every column that says it, or that compares a further position with it. Gone of a closed case once
#: its positions are forgotten.
PLACE = (
    "latitude",
    "longitude",
    "accuracy_m",
    "floor",
    "position_source",
    "position_seq",
    "position_at",
    "position_told_at",
)


class Face(Base):
    """
    What its owner is shown of a case that goes on under duress.

    Facts, not a rendered view: names, places and numbers to ring are looked up
    when it is shown, as for any other closed case. `told_until` is the last row
    of the outbox that its owner is told of; `place` is where it was, until that
    is forgotten as of any closed case. All else is never changed; it goes with
    its case.
    """

    __tablename__ = "faces"

    incident_id: Mapped[UUID] = mapped_column(sa.ForeignKey("incidents.id", ondelete="CASCADE"), primary_key=True)
    called_off_at: Mapped[datetime] = mapped_column(Instant)
    told_until: Mapped[int] = mapped_column(sa.BigInteger)
    shown: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    place: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))

    @property
    def incident(self) -> Incident:
        """The case as called off; no row of the store."""
        return thawed(Incident, {**self.shown["incident"], **(self.place or {})})

    @property
    def progress(self) -> Sequence[Progress]:
        """Its story, which ends with the calling off."""
        return [thawed(Progress, line) for line in self.shown["progress"]]

    @property
    def said_until(self) -> int:
        """The number of the last message in its conversation."""
        return int(self.shown["said_until"])

    @property
    def fixes_until(self) -> int:
        """The id of the last position in its track."""
        return int(self.shown["fixes_until"])


def frozen(row: Base) -> dict[str, Any]:
    """A row's columns as plain JSON types."""
    return {column.name: plain(getattr(row, column.name)) for column in row.__table__.columns}


def thawed(kind: type[T], facts: dict[str, Any]) -> T:
    """
    What was frozen, as an object that no session knows.

    Columns that came later are empty, columns that have gone are passed over.
    """
    row = kind()
    for column in cast(sa.Table, kind.__table__).columns:
        setattr(row, column.name, _read(column.type, facts.get(column.name)))
    return row


def copied(row: T) -> T:
    """The same columns in an object that no session knows."""
    return thawed(type(row), frozen(row))


def _read(kind: sa.types.TypeEngine[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, Instant):
        return datetime.fromisoformat(value)
    return UUID(value) if isinstance(kind, sa.Uuid) else value
