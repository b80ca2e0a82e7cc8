"""The SQL of advisers and of the keys that concerns are sealed to."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.concerns.adviser import Adviser, SealingKey


def adviser(session: Session, adviser_id: UUID) -> Adviser | None:
    return session.get(Adviser, adviser_id)


def advisers(session: Session) -> Sequence[Adviser]:
    """By name, so that their order tells nothing of when they came."""
    return session.scalars(sa.select(Adviser).order_by(Adviser.name, Adviser.id)).all()


def key(session: Session, key_id: str) -> SealingKey | None:
    return session.get(SealingKey, key_id)


def active(session: Session) -> list[tuple[SealingKey, str | None]]:
    """The keys in use with their adviser's name; the recovery key's name is None."""
    found = session.execute(
        sa.select(SealingKey, Adviser.name)
        .outerjoin(Adviser, Adviser.id == SealingKey.adviser_id)
        .where(SealingKey.retired_on.is_(None))
        .order_by(Adviser.name, SealingKey.id)
    )
    return [(key, name) for key, name in found]


def keys_of(session: Session, adviser_ids: Collection[UUID]) -> Sequence[SealingKey]:
    """Their keys in use."""
    wanted = sa.select(SealingKey).where(SealingKey.adviser_id.in_(adviser_ids), SealingKey.retired_on.is_(None))
    return session.scalars(wanted.order_by(SealingKey.id)).all()


def all_keys_of(session: Session, adviser_id: UUID) -> Sequence[SealingKey]:
    """Retired ones as well: what they hold copies of, their adviser can still open."""
    return session.scalars(
        sa.select(SealingKey).where(SealingKey.adviser_id == adviser_id).order_by(SealingKey.id)
    ).all()


def recovery(session: Session) -> SealingKey | None:
    """The recovery key in use."""
    return session.scalars(
        sa.select(SealingKey).where(SealingKey.adviser_id.is_(None), SealingKey.retired_on.is_(None))
    ).one_or_none()


def retire(session: Session, keys: Collection[SealingKey], *, today: date) -> None:
    """No reporter is told of them any more."""
    for one in keys:
        one.retired_on = today
