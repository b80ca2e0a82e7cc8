"""An offer: one officer's side of a case, from being asked to having been there."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.kernel.database import Base, Instant
from backend.kernel.errors import Conflict
from backend.kernel.vocabulary import OfferState

#: The moves a responder may make from each state (contract: "Moves are each responder's own").
LEGAL: dict[OfferState, tuple[str, ...]] = {
    OfferState.ACCEPTED: ("en_route", "on_scene", "resolved"),
    OfferState.EN_ROUTE: ("on_scene", "resolved"),
    OfferState.ON_SCENE: ("resolved",),
}

#: An officer in one of these has the case.
HOLDING = frozenset({OfferState.ACCEPTED.value, OfferState.EN_ROUTE.value, OfferState.ON_SCENE.value})


class Offer(Base):
    """
    One officer asked about one case on one climb of its ladder.

    `late` marks a yes that did not bring anybody in time: the officer may still
    come, but no longer counts towards how many are wanted.
    """

    __tablename__ = "offers"
    __table_args__ = (
        sa.UniqueConstraint("incident_id", "officer_id", "climb"),
        sa.Index("ix_offers_officer_id", "officer_id", "state"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    incident_id: Mapped[UUID] = mapped_column()
    officer_id: Mapped[UUID] = mapped_column()
    climb: Mapped[int] = mapped_column(sa.SmallInteger)
    rung: Mapped[int] = mapped_column(sa.SmallInteger)
    state: Mapped[str] = mapped_column(sa.String(12))
    by: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    reachable: Mapped[bool] = mapped_column(sa.Boolean(create_constraint=False))
    late: Mapped[bool] = mapped_column(sa.Boolean(create_constraint=False), default=False)
    asked_because: Mapped[str] = mapped_column(sa.String(200))
    distance_m: Mapped[int | None] = mapped_column()
    offered_at: Mapped[datetime] = mapped_column(Instant)
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    moved_at: Mapped[datetime | None] = mapped_column(Instant)
    declined_because: Mapped[str | None] = mapped_column(sa.String(200))

    @property
    def holds(self) -> bool:
        return self.state in HOLDING

    @property
    def counts(self) -> bool:
        """Whether this officer is one of those wanted."""
        return self.holds and not self.late

    @property
    def waits(self) -> bool:
        return self.state == OfferState.OFFERED.value

    def accept(self, *, now: datetime) -> None:
        self.state, self.answered_at, self.moved_at = OfferState.ACCEPTED.value, now, now

    def decline(self, reason: str | None, *, now: datetime) -> None:
        """Say no. The same again is fine; raises Conflict once it was accepted or withdrawn."""
        if self.state == OfferState.DECLINED.value:
            return
        if not self.waits:
            raise Conflict("This offer can no longer be declined.", slug="offer-not-open", facts={"state": self.state})
        self.state, self.answered_at, self.declined_because = OfferState.DECLINED.value, now, reason

    def withdraw(self, *, now: datetime) -> None:
        self.state, self.answered_at = OfferState.WITHDRAWN.value, now

    def finish(self, *, now: datetime) -> None:
        """The case is closed: who held it has done with it."""
        self.state = OfferState.FINISHED.value
        self.moved_at = now

    def stand_down(self, *, now: datetime) -> None:
        """The case is over: who was asked no longer is, who held it has done with it."""
        if self.waits:
            self.withdraw(now=now)
        elif self.holds:
            self.finish(now=now)

    def move(self, move: str, *, now: datetime) -> bool:
        """Go on to this move; False when already there. Raises Conflict that names the legal ones."""
        if self.state == move:
            return False
        legal = LEGAL.get(OfferState(self.state), ())
        if move not in legal:
            told = ", ".join(legal) if legal else "none: accept an offer first"
            raise Conflict(
                f"That move is not possible now. Possible: {told}.",
                slug="illegal-move",
                facts={"state": self.state, "legal": list(legal)},
            )
        if move != "resolved":
            self.state, self.moved_at = move, now
        return True
