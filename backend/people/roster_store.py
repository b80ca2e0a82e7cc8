"""Many people's accounts at once, in rows: what an import compares with and what it adds."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.kernel.vocabulary import Role
from backend.people.account import Account, RoleRow, SkillRow, TeamRow
from backend.people.roster_line import RosterLine


@dataclass(frozen=True, slots=True)
class Standing:
    """What an account has before an import; being a member is not among its roles."""

    account: Account
    roles: frozenset[Role]
    teams: frozenset[str]
    skills: dict[str, date | None]


@dataclass(frozen=True, slots=True)
class Belongings:
    """Roles, teams and skills that are to be put in place, by account."""

    roles: dict[UUID, frozenset[Role]] = field(default_factory=dict)
    teams: dict[UUID, frozenset[str]] = field(default_factory=dict)
    skills: dict[UUID, dict[str, date | None]] = field(default_factory=dict)


def standing(session: Session, emails: Collection[str]) -> dict[str, Standing]:
    """Those of these addresses that have an account, locked until the commit; a few hundred at a time."""
    wanted = sa.select(Account).where(Account.email.in_(emails)).order_by(Account.email).with_for_update()
    return {found.account.email: found for found in _with_belongings(session, session.scalars(wanted).all())}


def add_all(session: Session, people: Mapping[UUID, RosterLine], *, password_hash: str | None) -> None:
    """New accounts under these ids, in one statement; what belongs to them is put in place by `place`."""
    rows = [_account(id_, line, password_hash) for id_, line in people.items()]
    if rows:
        session.execute(sa.insert(Account), rows)


def place(session: Session, belongings: Belongings) -> None:
    """Exactly these roles, teams and skills from now on, for the accounts that are named."""
    roles = [{"account_id": id_, "role": role.value} for id_, some in belongings.roles.items() for role in some]
    teams = [{"account_id": id_, "team_id": team} for id_, some in belongings.teams.items() for team in some]
    skills = [
        {"account_id": id_, "skill": skill, "expires_on": day}
        for id_, some in belongings.skills.items()
        for skill, day in some.items()
    ]
    _replace(session, RoleRow, belongings.roles, roles)
    _replace(session, TeamRow, belongings.teams, teams)
    _replace(session, SkillRow, belongings.skills, skills)


def with_password(session: Session, emails: Collection[str]) -> set[str]:
    """Those of these addresses whose account has a password."""
    have = sa.select(Account.email).where(Account.email.in_(emails), Account.password_hash.is_not(None))
    return set(session.scalars(have))


def in_teams(session: Session) -> list[RosterLine]:
    """Everybody active who is in a team, as a roster would have them; but for the people of drills."""
    in_one = sa.exists().where(TeamRow.account_id == Account.id)
    wanted = sa.select(Account).where(Account.active, Account.exercise.is_(False), in_one).order_by(Account.email)
    return [_line(found) for found in _with_belongings(session, session.scalars(wanted).all())]


def _with_belongings(session: Session, accounts: Collection[Account]) -> list[Standing]:
    roles: dict[UUID, set[Role]] = defaultdict(set)
    teams: dict[UUID, set[str]] = defaultdict(set)
    skills: dict[UUID, dict[str, date | None]] = defaultdict(dict)
    ids = [account.id for account in accounts]
    for first in range(0, len(ids), 500):
        some = ids[first : first + 500]
        for id_, role in session.execute(
            sa.select(RoleRow.account_id, RoleRow.role).where(RoleRow.account_id.in_(some))
        ):
            roles[id_].add(Role(role))
        for id_, team in session.execute(
            sa.select(TeamRow.account_id, TeamRow.team_id).where(TeamRow.account_id.in_(some))
        ):
            teams[id_].add(team)
        for id_, skill, day in session.execute(
            sa.select(SkillRow.account_id, SkillRow.skill, SkillRow.expires_on).where(SkillRow.account_id.in_(some))
        ):
            skills[id_][skill] = day
    return [
        Standing(account, frozenset(roles[account.id]), frozenset(teams[account.id]), skills[account.id])
        for account in accounts
    ]


def _replace(
    session: Session, table: type[RoleRow | TeamRow | SkillRow], ids: Collection[UUID], rows: list[dict[str, Any]]
) -> None:
    if ids:
        # Nothing of these tables is held as an object here, so there is nothing to keep in step.
        gone = sa.delete(table).where(table.account_id.in_(ids))
        session.execute(gone, execution_options={"synchronize_session": False})
    if rows:
        session.execute(sa.insert(table), rows)


def _account(id_: UUID, line: RosterLine, password_hash: str | None) -> dict[str, Any]:
    return {
        "id": id_,
        "email": line.email,
        "name": line.name,
        "mobile": line.mobile,
        "language": line.language,
        "site": line.site,
        "building": line.building,
        "away_country": line.away_country,
        "away_until": line.away_until,
        "recall": line.recall,
        "exercise": False,
        "active": True,
        "password_hash": password_hash,
    }


def _line(found: Standing) -> RosterLine:
    account = found.account
    return RosterLine(
        email=account.email,
        name=account.name,
        mobile=account.mobile,
        language=account.language,
        roles=found.roles,
        teams=found.teams,
        site=account.site,
        building=account.building,
        away_country=account.away_country,
        away_until=account.away_until,
        skills=tuple(sorted(found.skills.items())),
        recall=account.recall,
    )
