"""A second person decides: yes to exactly this, or no; and a yes is used once, by the deed itself."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.approvals import approval_store
from backend.approvals.approval import Approval, ApprovalState, Somebody
from backend.approvals.asking_second import of_world, write_line
from backend.approvals.deed import Deed
from backend.kernel.errors import Conflict


def confirm(session: Session, approval_id: UUID, deed: Deed, *, by: Somebody, now: datetime) -> Approval:
    """
    Say yes to the deed as it is now; the same person again is fine.

    Raises NotFound, also in the other world; Forbidden for who asked, lacks the
    role or has not stepped up; Conflict when somebody else decided, it was
    taken back or ran out, or the deed is not the one that was asked for.
    """
    approval = of_world(session, approval_id, by)
    if approval.confirm(deed, by=by, now=now):
        write_line(session, approval, by=by.id, now=now)
    return approval


def refuse(session: Session, approval_id: UUID, *, by: Somebody, now: datetime) -> Approval:
    """Say no. Raises NotFound, Forbidden for who asked or lacks the role, Conflict when it is over."""
    approval = of_world(session, approval_id, by)
    approval.refuse(by=by, now=now)
    write_line(session, approval, by=by.id, now=now)
    return approval


def spend(session: Session, deed: Deed, *, by: Somebody, now: datetime) -> Approval:
    """
    Use the yes to this deed up, in the transaction that does it: twice is never.

    Whoever may do the deed may spend it. Raises Conflict that says what is
    missing: nobody was asked (`second-person-needed`), nobody has confirmed it
    yet, it ran out, was used, or was about something else.
    """
    for approval in approval_store.confirmed(session, deed):
        if approval.exercise == by.exercise and approval.state_at(now) is ApprovalState.CONFIRMED:
            approval.spend(deed, now=now)
            write_line(session, approval, by=by.id, now=now)
            return approval
    last = approval_store.newest(session, deed.what, deed.about_id)
    if last is not None and last.exercise == by.exercise:
        # It raises what is wrong with it: were it good for this deed, it would have been found above.
        last.spend(deed, now=now)
    raise Conflict("A second person has to confirm this.", slug="second-person-needed")
