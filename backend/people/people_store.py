"""Accounts, roles, teams and skills, in rows."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.kernel.aging import AgingRows, of
from backend.kernel.statements import look
from backend.kernel.vocabulary import Role
from backend.people.account import Account, RoleRow, SkillRow, TeamRow


def by_id(session: Session, account_id: UUID) -> Account | None:
    return session.get(Account, account_id)


def by_email(session: Session, email: str) -> Account | None:
    """Addresses are kept in lower case."""
    return session.scalars(sa.select(Account).where(Account.email == email.strip().lower())).first()


def with_mobile(session: Session, number: str) -> Sequence[Account]:
    """Everybody active who has exactly this number (E.164)."""
    wanted = sa.select(Account).where(Account.mobile == number, Account.active).order_by(Account.email)
    return session.scalars(wanted).all()


_TURN = sa.select(Account.id).where(Account.id == sa.bindparam("id")).with_for_update()
_NAMES = sa.select(Account.id, Account.name).where(Account.id.in_(sa.bindparam("ids", expanding=True)))


def lock(session: Session, account_id: UUID) -> Account:
    """This person's row, held until the commit."""
    return session.get_one(Account, account_id, with_for_update=True)


def take_turns(session: Session, account_id: UUID) -> None:
    """One person's taps are taken one after the other; on SQLite's one writer they are anyway."""
    if session.get_bind().dialect.name != "sqlite":
        session.execute(_TURN, {"id": account_id})


def names(session: Session, account_ids: Collection[UUID]) -> dict[UUID, str]:
    """The names behind these ids."""
    if not account_ids:
        return {}
    return {id_: name for id_, name in look(session, _NAMES, {"ids": list(account_ids)})}


#: No mail is ever delivered there (RFC 2606).
NOWHERE = ".invalid"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a person is written to and rung, and in which language."""

    email: str | None
    mobile: str | None
    language: str


def addresses(session: Session, account_ids: Collection[UUID], *, exercise: bool) -> dict[UUID, Address]:
    """The active ones of these people of one world, and where they are reached."""
    wanted = sa.select(Account.id, Account.email, Account.mobile, Account.language).where(
        Account.id.in_(account_ids), Account.active, Account.exercise.is_(exercise)
    )
    return {
        id_: Address(None if email.endswith(NOWHERE) else email, mobile, language)
        for id_, email, mobile, language in session.execute(wanted)
    }


def roles_of(session: Session, account_id: UUID) -> frozenset[Role]:
    found = session.scalars(sa.select(RoleRow.role).where(RoleRow.account_id == account_id))
    return frozenset({Role(role) for role in found}) | {Role.MEMBER}


def with_role(session: Session, role: Role, *, exercise: bool) -> Sequence[UUID]:
    """Everybody active of this world (the real one or the exercise's) who has this role."""
    return session.scalars(
        sa.select(RoleRow.account_id)
        .join(Account, Account.id == RoleRow.account_id)
        .where(RoleRow.role == role.value, Account.active, Account.exercise.is_(exercise))
        .order_by(Account.email)
    ).all()


def in_team(session: Session, team_id: str, *, exercise: bool) -> Sequence[UUID]:
    """Everybody active of this world in this team."""
    return session.scalars(
        sa.select(TeamRow.account_id)
        .join(Account, Account.id == TeamRow.account_id)
        .where(TeamRow.team_id == team_id, Account.active, Account.exercise.is_(exercise))
        .order_by(Account.email)
    ).all()


def teams_of(session: Session, account_id: UUID) -> frozenset[str]:
    return frozenset(session.scalars(sa.select(TeamRow.team_id).where(TeamRow.account_id == account_id)))


def skills_of(session: Session, account_id: UUID) -> dict[str, date | None]:
    found = session.execute(sa.select(SkillRow.skill, SkillRow.expires_on).where(SkillRow.account_id == account_id))
    return {skill: expires_on for skill, expires_on in found}


def skills_of_all(session: Session, account_ids: Collection[UUID]) -> dict[UUID, dict[str, date | None]]:
    """The certificates of several people, each with its last day."""
    found: dict[UUID, dict[str, date | None]] = {}
    for row in session.scalars(sa.select(SkillRow).where(SkillRow.account_id.in_(account_ids))):
        found.setdefault(row.account_id, {})[row.skill] = row.expires_on
    return found


def roles_of_all(session: Session, account_ids: Collection[UUID]) -> dict[UUID, set[Role]]:
    """The roles that several people were given; members who are nothing more are left out."""
    found: dict[UUID, set[Role]] = {}
    for row in session.scalars(sa.select(RoleRow).where(RoleRow.account_id.in_(account_ids))):
        found.setdefault(row.account_id, set()).add(Role(row.role))
    return found


def teams_of_all(session: Session, account_ids: Collection[UUID]) -> dict[UUID, set[str]]:
    """The teams that several people are in; who is in none is left out."""
    found: dict[UUID, set[str]] = {}
    for row in session.scalars(sa.select(TeamRow).where(TeamRow.account_id.in_(account_ids))):
        found.setdefault(row.account_id, set()).add(row.team_id)
    return found


def matching(
    session: Session, words: str, *, exercise: bool | None, after: Account | None, most: int
) -> Sequence[Account]:
    """
    People whose name or address holds these words, by name; everybody for no words.

    `exercise` keeps to one world. Letters outside ASCII are told apart by case on SQLite.
    """
    wanted = sa.select(Account).order_by(Account.name, Account.id).limit(most)
    if words:
        held = words.lower()
        wanted = wanted.where(
            sa.or_(
                sa.func.lower(Account.name).contains(held, autoescape=True),
                Account.email.contains(held, autoescape=True),
            )
        )
    if exercise is not None:
        wanted = wanted.where(Account.exercise == exercise)
    if after is not None:
        further = sa.and_(Account.name == after.name, Account.id > after.id)
        wanted = wanted.where(sa.or_(Account.name > after.name, further))
    return session.scalars(wanted).all()


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


def newly_left(session: Session) -> Sequence[UUID]:
    """Accounts that are no longer active, without a day on which they left."""
    return session.scalars(sa.select(Account.id).where(Account.active.is_(False), Account.left_at.is_(None))).all()


def come_back(session: Session) -> Sequence[UUID]:
    """Accounts that had left and are active again."""
    return session.scalars(sa.select(Account.id).where(Account.active, Account.left_at.is_not(None))).all()


def note_left(session: Session, account_ids: Collection[UUID], at: datetime | None) -> None:
    """From this moment they are taken to have left; None for not at all."""
    session.execute(sa.update(Account).where(Account.id.in_(account_ids)).values(left_at=at))


#: Accounts of people who left before some moment; all that hangs on an account goes with it. Who is active again may
#: not have been noticed yet.
LEFT = AgingRows(
    Account,
    Account.id,
    lambda before: sa.and_(Account.left_at < before, Account.active.is_(False)),
    sparing=of(Account.id),
)
