"""The approvals, in rows."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.approvals.approval import LIVE, Approval, ApprovalState
from backend.approvals.deed import Deed
from backend.kernel.aging import AgingRows
from backend.kernel.database import FRESH

_LIVE = tuple(state.value for state in LIVE)


def add(session: Session, approval: Approval) -> None:
    session.add(approval)
    session.flush()


def by_id(session: Session, approval_id: UUID) -> Approval | None:
    return session.get(Approval, approval_id)


def locked(session: Session, approval_id: UUID) -> Approval | None:
    """As it is now, and nobody else decides it until the commit."""
    return session.get(Approval, approval_id, with_for_update=True, execution_options=FRESH)


def asked(session: Session, what: str, about_id: str) -> Approval | None:
    """The one that is asked for this, locked; there is never a second."""
    return session.scalars(
        _of(what, about_id).where(Approval.state == ApprovalState.ASKED.value).execution_options(**FRESH)
    ).first()


def question(session: Session, what: str, about_id: str) -> Approval | None:
    """The same to be read alone, not locked; its time may be over."""
    waits = Approval.state == ApprovalState.ASKED.value
    return session.scalars(
        sa.select(Approval).where(Approval.what == what, Approval.about_id == about_id, waits)
    ).first()


def questions(session: Session, what: str, *, now: datetime) -> Sequence[Approval]:
    """Every question of this kind that still can be answered, the oldest first; to be read alone."""
    waits = (Approval.what == what, Approval.state == ApprovalState.ASKED.value, Approval.expires_at > now)
    return session.scalars(sa.select(Approval).where(*waits).order_by(Approval.asked_at, Approval.id)).all()


def confirmed(session: Session, deed: Deed) -> Sequence[Approval]:
    """Those that are confirmed for exactly this and not used, the newest first, locked."""
    wanted = _of(deed.what, deed.about_id).where(
        Approval.digest == deed.digest, Approval.state == ApprovalState.CONFIRMED.value
    )
    return session.scalars(wanted.order_by(Approval.decided_at.desc()).execution_options(**FRESH)).all()


def newest(session: Session, what: str, about_id: str) -> Approval | None:
    """The last that was asked for this, whatever became of it."""
    return session.scalars(
        sa.select(Approval)
        .where(Approval.what == what, Approval.about_id == about_id)
        .order_by(Approval.asked_at.desc(), Approval.id)
        .limit(1)
    ).first()


def waiting(session: Session, *, exercise: bool, now: datetime) -> Sequence[Approval]:
    """What is asked in this world and can still be decided, the oldest first."""
    return session.scalars(
        sa.select(Approval)
        .where(Approval.state == ApprovalState.ASKED.value, Approval.exercise.is_(exercise), Approval.expires_at > now)
        .order_by(Approval.asked_at)
    ).all()


def over(session: Session, *, now: datetime, most: int = 100) -> Sequence[Approval]:
    """Those whose time is over and that do not say so, locked against other rounds on PostgreSQL."""
    return session.scalars(
        sa.select(Approval)
        .where(Approval.state.in_(_LIVE), Approval.expires_at <= now)
        .order_by(Approval.expires_at)
        .limit(most)
        .with_for_update(skip_locked=True)
    ).all()


def _of(what: str, about_id: str) -> sa.Select[Approval]:
    return sa.select(Approval).where(Approval.what == what, Approval.about_id == about_id).with_for_update()


#: Those that can become nothing else, and whose time was over before some moment.
OVER = AgingRows(
    Approval, Approval.id, lambda before: sa.and_(Approval.state.not_in(_LIVE), Approval.expires_at < before)
)
