"""The SQL of advisers and of the keys that concerns are sealed to."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.concerns.adviser import Adviser, SealingKey
from backend.concerns.concern import Copy


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


def keys_of(session: Session, adviser_ids: Collection[UUID], *, lock: bool = False) -> Sequence[SealingKey]:
    """Their keys in use; with `lock` nobody retires them until this transaction ends."""
    wanted = sa.select(SealingKey).where(SealingKey.adviser_id.in_(adviser_ids), SealingKey.retired_on.is_(None))
    wanted = wanted.order_by(SealingKey.id)
    return session.scalars(wanted.with_for_update() if lock else wanted).all()


def all_keys(session: Session) -> dict[UUID, list[SealingKey]]:
    """Every adviser's, retired ones as well."""
    found: dict[UUID, list[SealingKey]] = {}
    wanted = sa.select(SealingKey).where(SealingKey.adviser_id.is_not(None)).order_by(SealingKey.id)
    for key in session.scalars(wanted):
        if key.adviser_id is not None:
            found.setdefault(key.adviser_id, []).append(key)
    return found


def all_keys_of(session: Session, adviser_id: UUID) -> Sequence[SealingKey]:
    """Retired ones as well: what they hold copies of, their adviser can still open."""
    return session.scalars(
        sa.select(SealingKey).where(SealingKey.adviser_id == adviser_id).order_by(SealingKey.id)
    ).all()


def retired(session: Session) -> dict[str, UUID]:
    """Whose each retired key was; without those of the recovery."""
    wanted = sa.select(SealingKey).where(SealingKey.adviser_id.is_not(None), SealingKey.retired_on.is_not(None))
    return {key.id: key.adviser_id for key in session.scalars(wanted) if key.adviser_id is not None}


def recovery(session: Session) -> SealingKey | None:
    """The recovery key in use."""
    return session.scalars(
        sa.select(SealingKey).where(SealingKey.adviser_id.is_(None), SealingKey.retired_on.is_(None))
    ).one_or_none()


def retire(session: Session, keys: Collection[SealingKey], *, today: date) -> None:
    """No reporter is told of them any more."""
    for one in keys:
        one.retired_on = today
    session.flush()


def recovery_ids(session: Session) -> set[str]:
    """Every recovery key there was: what an old one holds is opened by the old one."""
    return set(session.scalars(sa.select(SealingKey.id).where(SealingKey.adviser_id.is_(None))))


def put_adviser(session: Session, adviser_id: UUID, name: str) -> Adviser:
    """The adviser by this name, whether known before or not."""
    found = session.get(Adviser, adviser_id)
    if found is None:
        found = Adviser(id=adviser_id, name=name)
        session.add(found)
    found.name = name
    session.flush()
    return found


def put(session: Session, key_id: str, public_key: bytes, *, adviser_id: UUID | None, today: date) -> SealingKey:
    made = SealingKey(id=key_id, adviser_id=adviser_id, public_key=public_key, made_on=today)
    session.add(made)
    session.flush()
    return made


def forget(session: Session, adviser: Adviser) -> None:
    """Their name and leave, and the keys that open nothing; one that does stays under a bare id."""
    holds = sa.exists().where(Copy.key_id == SealingKey.id)
    session.execute(sa.delete(SealingKey).where(SealingKey.adviser_id == adviser.id, ~holds))
    session.delete(adviser)
    session.flush()
