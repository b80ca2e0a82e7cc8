"""The SQL of what ends: concerns and mailboxes past their day."""

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.concerns.concern import Assignee, Concern, Copy, Entry, Recusal, Referral
from backend.kernel.database import changed


def remove(session: Session, concern_ids: Collection[UUID]) -> int:
    """Every row of these, in every table; how many concerns that were."""
    session.flush()
    own = sa.select(Entry.id).where(Entry.concern_id.in_(concern_ids))
    changed(session, sa.delete(Copy).where(Copy.entry_id.in_(own)))
    for part in (Entry, Referral, Assignee, Recusal):
        changed(session, sa.delete(part).where(part.concern_id.in_(concern_ids)))
    gone = changed(session, sa.delete(Concern).where(Concern.id.in_(concern_ids)))
    # What this session has read of them is no more either.
    session.expire_all()
    return gone
