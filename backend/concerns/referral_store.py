"""The SQL of referrals to outside bodies."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.concerns.concern import Copy, Entry, Referral
from backend.kernel.database import FRESH
from backend.kernel.statements import changed


def add(session: Session, referral: Referral) -> None:
    session.add(referral)
    session.flush()


def locked(session: Session, referral_id: UUID) -> Referral | None:
    """As it is now, and nobody else changes it until the commit."""
    return session.get(Referral, referral_id, with_for_update=True, execution_options=FRESH)


def of(session: Session, concern_id: UUID) -> Sequence[Referral]:
    """In the order in which they were decided."""
    wanted = sa.select(Referral).join(Entry, Entry.id == Referral.entry_id).where(Referral.concern_id == concern_id)
    return session.scalars(wanted.order_by(Entry.nth)).all()


def unsent(session: Session, concern_id: UUID) -> bool:
    """Whether one waits for somebody to send it."""
    waiting = sa.select(Referral.entry_id).where(Referral.concern_id == concern_id, Referral.sent_on.is_(None))
    return session.scalars(waiting.limit(1)).first() is not None


def destroy(session: Session, referral: Referral) -> None:
    """With its sheet and every copy of the key to it."""
    changed(session, sa.delete(Copy).where(Copy.entry_id == referral.entry_id))
    changed(session, sa.delete(Entry).where(Entry.id == referral.entry_id))
    session.delete(referral)
    session.flush()
