"""The players, in rows."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.kernel.vocabulary import DutyState, Role
from backend.people.account import Account, RoleRow
from backend.people.duty import Duty
from backend.people.handset import Socket
from backend.people.sign_in import SignIn


def of_domain(session: Session, domain: str) -> Sequence[Account]:
    """The exercise people of this domain; a real person with such an address is none of them."""
    wanted = sa.select(Account).where(Account.exercise.is_(True), Account.email.endswith(domain, autoescape=True))
    return session.scalars(wanted.order_by(Account.email)).all()


def last_used(session: Session, domain: str) -> datetime | None:
    """When somebody of this domain was heard of last."""
    return session.scalar(
        sa.select(sa.func.max(SignIn.used_at))
        .join(Account, Account.id == SignIn.account_id)
        .where(Account.exercise.is_(True), Account.email.endswith(domain, autoescape=True))
    )


def forget_sign_ins(session: Session, account_ids: Collection[UUID]) -> None:
    """Their tokens are nobody's any more."""
    session.execute(sa.delete(SignIn).where(SignIn.account_id.in_(account_ids)))


def remove(session: Session, account_ids: Collection[UUID]) -> None:
    """Remove these accounts; roles, teams, sign-ins, handsets and duty go with them."""
    session.execute(sa.delete(Socket).where(Socket.account_id.in_(account_ids)))
    session.execute(sa.delete(Account).where(Account.id.in_(account_ids), Account.exercise.is_(True)))


def real_among(session: Session, account_ids: Collection[UUID]) -> set[UUID]:
    """Those of them who are no exercise people."""
    return set(session.scalars(sa.select(Account.id).where(Account.id.in_(account_ids), Account.exercise.is_(False))))


def others_on_duty(session: Session, domains: Collection[str], *, now: datetime) -> int:
    """How many exercise officers who are nobody's players are on duty now."""
    wanted = (
        sa.select(sa.func.count())
        .select_from(Account)
        .join(RoleRow, sa.and_(RoleRow.account_id == Account.id, RoleRow.role == Role.OFFICER.value))
        .join(Duty, Duty.account_id == Account.id)
        .where(
            Account.active,
            Account.exercise.is_(True),
            Duty.state != DutyState.OFF_DUTY.value,
            Duty.ends_at > now,
            *(Account.email.not_like(f"%{domain}") for domain in domains),
        )
    )
    return session.scalar(wanted) or 0
