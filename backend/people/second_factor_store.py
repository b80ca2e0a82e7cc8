"""Second factors and recovery codes, in rows."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.kernel.database import FRESH
from backend.people.second_factor import RecoveryCode, SecondFactor


def of_person(session: Session, account_id: UUID) -> SecondFactor | None:
    return session.get(SecondFactor, account_id)


def locked(session: Session, account_id: UUID) -> SecondFactor | None:
    """As it is now, until the commit: two who send one code are taken one after the other."""
    return session.get(SecondFactor, account_id, with_for_update=True, execution_options=FRESH)


def add(session: Session, factor: SecondFactor) -> None:
    session.add(factor)
    session.flush()


def forget(session: Session, account_id: UUID) -> bool:
    """The factor and its recovery codes; whether there was one."""
    session.execute(sa.delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
    gone = session.execute(sa.delete(SecondFactor).where(SecondFactor.account_id == account_id))
    return bool(getattr(gone, "rowcount", 0))


def set_recovery_codes(session: Session, account_id: UUID, hashes: Collection[str]) -> None:
    """Exactly these from now on."""
    session.execute(sa.delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
    session.add_all(RecoveryCode(account_id=account_id, code_hash=one) for one in hashes)


def use_recovery_code(session: Session, account_id: UUID, code_hash: str, *, now: datetime) -> bool:
    """Use it up, in one statement; whether it was this person's and good."""
    used = session.execute(
        sa.update(RecoveryCode)
        .where(
            RecoveryCode.account_id == account_id, RecoveryCode.code_hash == code_hash, RecoveryCode.used_at.is_(None)
        )
        .values(used_at=now)
    )
    return bool(getattr(used, "rowcount", 0))


def recovery_codes_left(session: Session, account_id: UUID) -> int:
    left = sa.select(sa.func.count()).where(RecoveryCode.account_id == account_id, RecoveryCode.used_at.is_(None))
    return session.scalar(left) or 0
