"""Hushes, in rows."""

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.kernel.aging import AgingRows
from backend.people.duty import SHIFT
from backend.people.hush import Hush


def get(session: Session, account_id: UUID) -> Hush | None:
    return session.get(Hush, account_id, with_for_update=True)


def of_people(session: Session, account_ids: Collection[UUID]) -> dict[UUID, Hush]:
    found = session.scalars(sa.select(Hush).where(Hush.account_id.in_(account_ids)))
    return {one.account_id: one for one in found}


def add(session: Session, hush: Hush) -> None:
    session.add(hush)
    session.flush()


def remove(session: Session, hush: Hush) -> None:
    session.delete(hush)
    session.flush()


#: Hushes of shifts that are over; asked about this moment.
OVER = AgingRows(Hush, Hush.account_id, lambda now: Hush.since <= now - SHIFT)
