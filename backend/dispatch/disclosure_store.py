"""Who was shown whose profile, in rows."""

from collections.abc import Collection, Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.dispatch.disclosure import Disclosure


def add(session: Session, disclosure: Disclosure) -> None:
    session.add(disclosure)


def of_person(session: Session, account_id: UUID, *, before: int | None, most: int) -> Sequence[Disclosure]:
    """The looks at this person's profile, newest first, below this number."""
    wanted = sa.select(Disclosure).where(Disclosure.account_id == account_id).order_by(Disclosure.id.desc()).limit(most)
    return session.scalars(wanted if before is None else wanted.where(Disclosure.id < before)).all()


def forget(session: Session, incident_ids: Collection[UUID]) -> None:
    """Remove what was kept of the looks in these cases."""
    session.execute(sa.delete(Disclosure).where(Disclosure.incident_id.in_(incident_ids)))


def viewers_of(session: Session, incident_ids: Collection[UUID]) -> set[UUID]:
    """Everybody who was shown a profile in these cases."""
    return set(
        session.scalars(sa.select(Disclosure.viewer_id).where(Disclosure.incident_id.in_(incident_ids)).distinct())
    )
