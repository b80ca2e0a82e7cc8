"""Who is on duty, who could be recalled, and who is reachable, in rows."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.kernel.vocabulary import DutyState, Role
from backend.people.account import Account, RoleRow, SkillRow, TeamRow
from backend.people.duty import Duty
from backend.people.handset import Handset, Socket
from backend.people.responder import Responder
from backend.people.sign_in import REACHABLE_FOR, SignIn

#: A socket row that its process has not confirmed for this long is a dead process's.
SOCKET_FADES = timedelta(seconds=30)


def duty_of(session: Session, account_id: UUID) -> Duty | None:
    return session.get(Duty, account_id)


def duties_of(session: Session, account_ids: Collection[UUID]) -> dict[UUID, Duty]:
    """The duties of several people; who was never on duty has none."""
    return {row.account_id: row for row in session.scalars(sa.select(Duty).where(Duty.account_id.in_(account_ids)))}


def add_duty(session: Session, duty: Duty) -> None:
    session.add(duty)
    session.flush()


def over(session: Session, *, now: datetime) -> Sequence[Duty]:
    """Duties whose shift has ended without anybody saying so."""
    return session.scalars(sa.select(Duty).where(Duty.ends_at <= now).with_for_update(skip_locked=True)).all()


_REACHABLE = sa.or_(
    sa.exists().where(Socket.account_id == Account.id, Socket.seen_at > sa.bindparam("socket_after")),
    sa.exists().where(
        Handset.account_id == Account.id, Handset.push_value.is_not(None), Handset.push_failed_at.is_(None)
    ),
    sa.exists().where(
        SignIn.account_id == Account.id, SignIn.revoked_at.is_(None), SignIn.used_at > sa.bindparam("request_after")
    ),
)
_ALL = (
    sa.select(Account, Duty, _REACHABLE.label("reachable"))
    .join(RoleRow, sa.and_(RoleRow.account_id == Account.id, RoleRow.role == Role.OFFICER.value))
    .outerjoin(Duty, Duty.account_id == Account.id)
    .where(Account.active)
    .order_by(Account.email)
)
_OF_TEAM = _ALL.join(TeamRow, sa.and_(TeamRow.account_id == Account.id, TeamRow.team_id == sa.bindparam("team")))
_OF_IDS = _ALL.where(Account.id.in_(sa.bindparam("ids", expanding=True)))
_TEAMS = sa.select(TeamRow.account_id, TeamRow.team_id).where(
    TeamRow.account_id.in_(sa.bindparam("ids", expanding=True))
)
_SKILLS = sa.select(SkillRow.account_id, SkillRow.skill).where(
    SkillRow.account_id.in_(sa.bindparam("ids", expanding=True)),
    sa.or_(SkillRow.expires_on.is_(None), SkillRow.expires_on >= sa.bindparam("today")),
)


def responders(
    session: Session,
    *,
    now: datetime,
    today: date,
    team: str | None = None,
    ids: Collection[UUID] | None = None,
    details: bool = True,
) -> list[Responder]:
    """
    Officers as dispatch sees them, of one team or of these ids, in a stable order.

    Without `details` their teams and skills are left out.

    `today` is the institution's date, on which a certificate may have run out.
    """
    moments = {"socket_after": now - SOCKET_FADES, "request_after": now - REACHABLE_FOR}
    if team is not None:
        rows = session.execute(_OF_TEAM, {**moments, "team": team}).all()
    elif ids is not None:
        rows = session.execute(_OF_IDS, {**moments, "ids": list(ids)}).all()
    else:
        rows = session.execute(_ALL, moments).all()
    # Held for this transaction: who is told of an offer is looked at again, and not asked for again.
    session.info.setdefault("responders", []).append(rows)
    found = [account.id for account, _, _ in rows]
    teams = _teams(session, found) if details else {}
    skills = _skills(session, found, today) if details else {}
    return [
        _responder(account, duty, bool(reachable), teams.get(account.id, ()), skills.get(account.id, ()), now)
        for account, duty, reachable in rows
    ]


def _responder(
    account: Account,
    duty: Duty | None,
    reachable: bool,
    teams: Collection[str],
    skills: Collection[str],
    now: datetime,
) -> Responder:
    on_duty = duty is not None and duty.on(now=now)
    return Responder(
        id=account.id,
        name=account.name,
        site=account.site,
        teams=frozenset(teams),
        skills=frozenset(skills),
        state=DutyState(duty.state) if duty is not None and on_duty else DutyState.OFF_DUTY,
        on_duty=on_duty,
        reachable=reachable,
        recall=account.recall,
        mobile=account.mobile,
        exercise=account.exercise,
        since=duty.since if duty else None,
        latitude=duty.latitude if duty else None,
        longitude=duty.longitude if duty else None,
        accuracy_m=duty.accuracy_m if duty else None,
        position_at=duty.position_at if duty else None,
    )


def _teams(session: Session, ids: Collection[UUID]) -> dict[UUID, list[str]]:
    return _gathered(session.execute(_TEAMS, {"ids": list(ids)}))


def _skills(session: Session, ids: Collection[UUID], today: date) -> dict[UUID, list[str]]:
    return _gathered(session.execute(_SKILLS, {"ids": list(ids), "today": today}))


def _gathered(pairs: Iterable[Any]) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = {}
    for account_id, word in pairs:
        found.setdefault(account_id, []).append(word)
    return found
