"""An approval: one person asks for a deed, a second one confirms exactly that, and it is used once."""

from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.approvals.deed import Deed
from backend.kernel.database import Base, Instant
from backend.kernel.errors import Conflict, Forbidden, step_up_needed
from backend.kernel.vocabulary import Role


class ApprovalState(StrEnum):
    """Only what is asked can be decided; only what is confirmed can be spent."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    SPENT = "spent"


#: What can still become something else: after its time it is expired.
LIVE = (ApprovalState.ASKED, ApprovalState.CONFIRMED)


class Somebody(Protocol):
    """Whoever asks or confirms, as a Principal is."""

    @property
    def id(self) -> UUID: ...

    @property
    def exercise(self) -> bool: ...

    def has(self, *roles: Role) -> bool: ...

    def stepped_up(self, *, now: datetime) -> bool: ...


class Approval(Base):
    """
    One deed that waits for a second person, in exactly the form in which it was asked.

    `roles` are those of which the second person needs one. After `expires_at`
    neither the question nor its answer counts, whether or not somebody has
    written that down yet.
    """

    __tablename__ = "approvals"
    __table_args__ = (
        # Two who ask at once for the same: one of them hears that it is asked already.
        sa.Index(
            "uq_approvals_asked",
            "what",
            "about_id",
            unique=True,
            sqlite_where=sa.text("state = 'asked'"),
            postgresql_where=sa.text("state = 'asked'"),
        ),
        sa.Index(
            "ix_approvals_live",
            "expires_at",
            sqlite_where=sa.text("state IN ('asked', 'confirmed')"),
            postgresql_where=sa.text("state IN ('asked', 'confirmed')"),
        ),
        sa.Index("ix_approvals_about", "what", "about_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    what: Mapped[str] = mapped_column(sa.String(40))
    about_id: Mapped[str] = mapped_column(sa.String(60))
    digest: Mapped[str] = mapped_column(sa.String(64))
    roles: Mapped[list[str]] = mapped_column(sa.JSON)
    exercise: Mapped[bool] = mapped_column(sa.Boolean(create_constraint=False))
    state: Mapped[str] = mapped_column(sa.String(10))
    asked_by: Mapped[UUID] = mapped_column()
    asked_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    decided_by: Mapped[UUID | None] = mapped_column()
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    spent_at: Mapped[datetime | None] = mapped_column(Instant)

    def state_at(self, now: datetime) -> ApprovalState:
        """What it is at this moment: the row may not have been told yet that its time is over."""
        state = ApprovalState(self.state)
        return ApprovalState.EXPIRED if state in LIVE and now >= self.expires_at else state

    def is_for(self, deed: Deed) -> bool:
        """Whether this is what was asked, to the letter."""
        return (self.what, self.about_id, self.digest) == (deed.what, deed.about_id, deed.digest)

    def confirm(self, deed: Deed, *, by: Somebody, now: datetime) -> bool:
        """
        The second person says yes; True when that is news: the same person again changes nothing.

        Raises Forbidden for who asked, who lacks the role or has not stepped up,
        Conflict when it was decided or ran out, or is no longer about this deed.
        """
        self._check_second(by)
        if not by.stepped_up(now=now):
            raise step_up_needed()
        if self.state_at(now) is ApprovalState.CONFIRMED and self.decided_by == by.id and self.is_for(deed):
            return False
        self._check_asked(now)
        if not self.is_for(deed):
            raise Conflict("This has changed since it was asked for. Look at it again.", slug="approval-changed")
        self._decide(ApprovalState.CONFIRMED, by.id, now)
        return True

    def refuse(self, *, by: Somebody, now: datetime) -> None:
        """The second person says no. Raises what `confirm` does, but needs no step-up: a no does nothing."""
        self._check_second(by)
        self._check_asked(now)
        self._decide(ApprovalState.REFUSED, by.id, now)

    def take_back(self, *, by: UUID, now: datetime) -> None:
        """Who asked wants it no more, even after the yes. Raises Forbidden for anybody else, Conflict when over."""
        if by != self.asked_by:
            raise Forbidden("Only who asked for it can take it back.")
        if self.state_at(now) not in LIVE:
            raise self._over(now)
        self._decide(ApprovalState.WITHDRAWN, by, now)

    def void(self, *, by: UUID, now: datetime) -> None:
        """What was asked for is not there any more. Raises Conflict when it was over before."""
        if self.state_at(now) not in LIVE:
            raise self._over(now)
        self._decide(ApprovalState.WITHDRAWN, by, now)

    def spend(self, deed: Deed, *, now: datetime) -> None:
        """
        The deed is done: never again with this approval.

        Raises Conflict when it is not confirmed, was used, has run out, or was about something else.
        """
        if self.state_at(now) is not ApprovalState.CONFIRMED:
            raise self._over(now)
        if not self.is_for(deed):
            raise Conflict("This is not what was confirmed. Ask again.", slug="approval-changed")
        self.state, self.spent_at = ApprovalState.SPENT.value, now

    def expire(self, *, now: datetime) -> None:
        """Write down that its time is over. Raises Conflict when it is not."""
        if self.state_at(now) is not ApprovalState.EXPIRED or self.state == ApprovalState.EXPIRED.value:
            raise Conflict("This approval is not over.")
        self.state = ApprovalState.EXPIRED.value

    def _check_second(self, by: Somebody) -> None:
        if by.id == self.asked_by:
            raise Forbidden("You asked for this yourself: a second person decides it.", slug="second-person-needed")
        if not by.has(*(Role(role) for role in self.roles)):
            raise Forbidden("Your account may not decide this.")

    def _check_asked(self, now: datetime) -> None:
        if self.state_at(now) is not ApprovalState.ASKED:
            raise self._over(now)

    def _over(self, now: datetime) -> Conflict:
        state = self.state_at(now)
        return Conflict(_SENTENCES[state], slug=f"approval-{state.value}", facts={"state": state.value})

    def _decide(self, state: ApprovalState, by: UUID, now: datetime) -> None:
        self.state, self.decided_by, self.decided_at = state.value, by, now


_SENTENCES = {
    ApprovalState.ASKED: "A second person has not confirmed this yet.",
    ApprovalState.CONFIRMED: "Somebody else has confirmed this already.",
    ApprovalState.REFUSED: "Somebody else has refused this. Ask again if it is still wanted.",
    ApprovalState.WITHDRAWN: "This was taken back, or changed since it was asked for.",
    ApprovalState.EXPIRED: "This was not confirmed and done in time. Ask again.",
    ApprovalState.SPENT: "This was confirmed and done already.",
}
