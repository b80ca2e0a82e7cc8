"""Accounts, roles, teams and skills, in rows."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.kernel.vocabulary import Role
from backend.people.account import Account, RoleRow, SkillRow, TeamRow


def by_id(session: Session, account_id: UUID) -> Account | None:
    return session.get(Account, account_id)


def by_email(session: Session, email: str) -> Account | None:
    """Addresses are kept in lower case."""
    return session.scalars(sa.select(Account).where(Account.email == email.strip().lower())).first()


def lock(session: Session, account_id: UUID) -> Account:
    """This person's row, held until the commit: one person's taps are taken one after the other."""
    return session.get_one(Account, account_id, with_for_update=True)


def names(session: Session, account_ids: Collection[UUID]) -> dict[UUID, str]:
    """The names behind these ids."""
    if not account_ids:
        return {}
    return {
        id_: name
        for id_, name in session.execute(sa.select(Account.id, Account.name).where(Account.id.in_(account_ids)))
    }


def roles_of(session: Session, account_id: UUID) -> frozenset[Role]:
    found = session.scalars(sa.select(RoleRow.role).where(RoleRow.account_id == account_id))
    return frozenset({Role(role) for role in found}) | {Role.MEMBER}


def with_role(session: Session, role: Role) -> Sequence[UUID]:
    """Everybody active who has this role."""
    return session.scalars(
        sa.select(RoleRow.account_id)
        .join(Account, Account.id == RoleRow.account_id)
        .where(RoleRow.role == role.value, Account.active)
        .order_by(Account.email)
    ).all()


def in_team(session: Session, team_id: str) -> Sequence[UUID]:
    """Everybody active in this team."""
    return session.scalars(
        sa.select(TeamRow.account_id)
        .join(Account, Account.id == TeamRow.account_id)
        .where(TeamRow.team_id == team_id, Account.active)
        .order_by(Account.email)
    ).all()


def teams_of(session: Session, account_id: UUID) -> frozenset[str]:
    return frozenset(session.scalars(sa.select(TeamRow.team_id).where(TeamRow.account_id == account_id)))


def skills_of(session: Session, account_id: UUID) -> dict[str, date | None]:
    found = session.execute(sa.select(SkillRow.skill, SkillRow.expires_on).where(SkillRow.account_id == account_id))
    return {skill: expires_on for skill, expires_on in found}


def add(session: Session, account: Account) -> None:
    session.add(account)
    session.flush()


def set_roles(session: Session, account_id: UUID, roles: Collection[Role]) -> None:
    """Exactly these from now on."""
    session.execute(sa.delete(RoleRow).where(RoleRow.account_id == account_id))
    session.add_all(RoleRow(account_id=account_id, role=role.value) for role in roles if role is not Role.MEMBER)


def set_teams(session: Session, account_id: UUID, teams: Collection[str]) -> None:
    session.execute(sa.delete(TeamRow).where(TeamRow.account_id == account_id))
    session.add_all(TeamRow(account_id=account_id, team_id=team) for team in teams)


def set_skills(session: Session, account_id: UUID, skills: Mapping[str, date | None]) -> None:
    session.execute(sa.delete(SkillRow).where(SkillRow.account_id == account_id))
    session.add_all(SkillRow(account_id=account_id, skill=skill, expires_on=day) for skill, day in skills.items())


def everybody(session: Session, *, after: str, most: int) -> Sequence[Account]:
    """Accounts in the order of their addresses, from after this one."""
    return session.scalars(sa.select(Account).where(Account.email > after).order_by(Account.email).limit(most)).all()
