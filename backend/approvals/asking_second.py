"""Ask for a second person: the deed waits until somebody else confirms it, refuses it, or nobody does in time."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from backend.approvals import approval_store
from backend.approvals.approval import Approval, ApprovalState, Somebody
from backend.approvals.deed import Deed
from backend.kernel import audit
from backend.kernel.errors import Conflict, NotFound
from backend.kernel.vocabulary import Role

#: Longer than a shift, so that whoever comes on next can confirm it; shorter than a memory.
GOOD_FOR = timedelta(hours=24)


def ask(
    session: Session,
    deed: Deed,
    *,
    roles: Collection[Role],
    good_for: timedelta = GOOD_FOR,
    by: Somebody,
    now: datetime,
) -> Approval:
    """
    Ask that somebody else with one of these roles confirms exactly this deed.

    The same person asking again for the same gets the same approval; for a
    changed one the earlier question is taken back. Raises Conflict
    `approval-waits` when another person's question about it waits: confirm or
    refuse that.
    """
    standing = approval_store.asked(session, deed.what, deed.about_id)
    if standing is not None and standing.state_at(now) is ApprovalState.EXPIRED:
        _expire(session, standing, now=now)
        standing = None
    if standing is not None and standing.asked_by != by.id:
        facts = {"approval_id": str(standing.id)}
        raise Conflict("Somebody else has asked for this. Confirm or refuse that.", slug="approval-waits", facts=facts)
    if standing is not None and standing.is_for(deed):
        return standing
    if standing is not None:
        standing.take_back(by=by.id, now=now)
        write_line(session, standing, by=by.id, now=now)
    session.flush()
    approval = Approval(
        what=deed.what,
        about_id=deed.about_id,
        digest=deed.digest,
        roles=sorted(role.value for role in roles),
        exercise=by.exercise,
        state=ApprovalState.ASKED.value,
        asked_by=by.id,
        asked_at=now,
        expires_at=now + good_for,
    )
    approval_store.add(session, approval)
    write_line(session, approval, by=by.id, now=now)
    return approval


def take_back(session: Session, approval_id: UUID, *, by: Somebody, now: datetime) -> Approval:
    """Who asked wants it no more. Raises NotFound, Forbidden for anybody else, Conflict when it is over."""
    approval = of_world(session, approval_id, by)
    approval.take_back(by=by.id, now=now)
    write_line(session, approval, by=by.id, now=now)
    return approval


def void(session: Session, what: str, about_id: UUID | str, *, by: UUID, now: datetime) -> None:
    """The thing has changed: nobody can confirm what was asked about it before."""
    standing = approval_store.asked(session, what, str(about_id))
    if standing is None:
        return
    if standing.state_at(now) is ApprovalState.EXPIRED:
        _expire(session, standing, now=now)
    else:
        standing.void(by=by, now=now)
        write_line(session, standing, by=by, now=now)
    session.flush()


def expire_due(session: Session, *, now: datetime) -> int:
    """Write down what ran out; how many did. Whoever comes too late is refused without waiting for this."""
    over = approval_store.over(session, now=now)
    for approval in over:
        _expire(session, approval, now=now)
    return len(over)


def of_world(session: Session, approval_id: UUID, by: Somebody) -> Approval:
    """This approval, locked, if it belongs to the asker's world. Raises NotFound."""
    approval = approval_store.locked(session, approval_id)
    if approval is None or approval.exercise != by.exercise:
        raise NotFound("There is no such approval.")
    return approval


def write_line(session: Session, approval: Approval, *, by: UUID | None, now: datetime) -> None:
    """One audit line with what became of it, under the word of its state."""
    facts = {"what": approval.what, "of": approval.about_id}
    audit.record(
        session, f"approval.{approval.state}", actor=by, about="approval", about_id=approval.id, at=now, **facts
    )


def _expire(session: Session, approval: Approval, *, now: datetime) -> None:
    approval.expire(now=now)
    write_line(session, approval, by=None, now=now)
