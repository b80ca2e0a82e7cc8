"""Who was shown whose profile, in rows."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.dispatch.disclosure import Disclosure


def add(session: Session, disclosure: Disclosure) -> None:
    session.add(disclosure)


def of_person(
    session: Session, account_id: UUID, *, but_after: Mapping[UUID, int], before: int | None, most: int
) -> Sequence[Disclosure]:
    """
    The looks at this person's profile, newest first, below this number.

    `but_after` leaves out of each case named the looks with a higher number.
    """
    wanted = sa.select(Disclosure).where(Disclosure.account_id == account_id).order_by(Disclosure.id.desc()).limit(most)
    for incident_id, last in but_after.items():
        wanted = wanted.where(sa.or_(Disclosure.incident_id != incident_id, Disclosure.id <= last))
    return session.scalars(wanted if before is None else wanted.where(Disclosure.id < before)).all()


def last_in(session: Session, incident_id: UUID) -> int:
    """The number of the newest look in this case; 0 when there was none."""
    return session.scalar(sa.select(sa.func.max(Disclosure.id)).where(Disclosure.incident_id == incident_id)) or 0


def forget(session: Session, incident_ids: Collection[UUID]) -> None:
    """Remove what was kept of the looks in these cases."""
    session.execute(sa.delete(Disclosure).where(Disclosure.incident_id.in_(incident_ids)))


def viewers_of(session: Session, incident_ids: Collection[UUID]) -> set[UUID]:
    """Everybody who was shown a profile in these cases."""
    return set(
        session.scalars(sa.select(Disclosure.viewer_id).where(Disclosure.incident_id.in_(incident_ids)).distinct())
    )
