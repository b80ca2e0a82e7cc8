"""Who is on duty, who could be recalled, and who is reachable, in rows."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.campus.campus import CANARY
from backend.kernel.aging import AgingRows
from backend.kernel.statements import look
from backend.kernel.vocabulary import DutyState, Role
from backend.people.account import Account, RoleRow, SkillRow, TeamRow
from backend.people.duty import Duty
from backend.people.handset import SOCKET_FADES, Handset, Socket
from backend.people.responder import Responder
from backend.people.sign_in import REACHABLE_FOR, SignIn

#: Where a session keeps the officers its transaction has looked up.
HELD = "responders"


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
    sa.select(
        Account.id,
        Account.name,
        Account.site,
        Account.recall,
        Account.mobile,
        Account.exercise,
        Duty.state,
        Duty.since,
        Duty.ends_at,
        Duty.latitude,
        Duty.longitude,
        Duty.accuracy_m,
        Duty.position_at,
        _REACHABLE.label("reachable"),
    )
    .select_from(Account)
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
        rows = look(session, _OF_TEAM, {**moments, "team": team}).all()
    elif ids is not None:
        rows = look(session, _OF_IDS, {**moments, "ids": list(ids)}).all()
    else:
        rows = look(session, _ALL, moments).all()
    found = [row.id for row in rows]
    teams = _teams(session, found) if details else {}
    skills = _skills(session, found, today) if details else {}
    officers = [_responder(row, teams.get(row.id, ()), skills.get(row.id, ()), now) for row in rows]
    session.info.setdefault(HELD, {}).update({one.id: one for one in officers})
    return officers


def is_on_duty(session: Session, account_id: UUID, *, now: datetime) -> bool:
    """Whether this officer is on duty; who was looked up in this transaction already is not looked up again."""
    held: Responder | None = session.info.get(HELD, {}).get(account_id)
    if held is not None:
        return held.on_duty
    duty = duty_of(session, account_id)
    return duty is not None and duty.on(now=now)


def anybody_on_duty(session: Session, *, exercise: bool, now: datetime) -> bool:
    """Whether any officer of this world is on duty; the canary's robot is nobody."""
    return session.scalar(_on_duty(Duty.account_id, exercise=exercise, now=now).limit(1)) is not None


def on_duty_count(session: Session, *, now: datetime) -> int:
    """How many officers are on duty, exercises apart."""
    return session.scalar(_on_duty(sa.func.count(), exercise=False, now=now)) or 0


def _on_duty(what: Any, *, exercise: bool, now: datetime) -> sa.Select[Any]:
    robots = sa.select(TeamRow.account_id).where(TeamRow.team_id == CANARY)
    return (
        sa.select(what)
        .select_from(Duty)
        .join(Account, Account.id == Duty.account_id)
        .join(RoleRow, sa.and_(RoleRow.account_id == Account.id, RoleRow.role == Role.OFFICER.value))
        .where(
            Account.active,
            Account.exercise.is_(exercise),
            Duty.state != DutyState.OFF_DUTY.value,
            Duty.ends_at > now,
            Account.id.not_in(robots),
        )
    )


def _responder(row: Any, teams: Collection[str], skills: Collection[str], now: datetime) -> Responder:
    on_duty = row.state is not None and Duty(state=row.state, ends_at=row.ends_at).on(now=now)
    return Responder(
        id=row.id,
        name=row.name,
        site=row.site,
        teams=frozenset(teams),
        skills=frozenset(skills),
        state=DutyState(row.state) if on_duty else DutyState.OFF_DUTY,
        on_duty=on_duty,
        reachable=bool(row.reachable),
        recall=row.recall,
        mobile=row.mobile,
        exercise=row.exercise,
        since=row.since,
        latitude=row.latitude,
        longitude=row.longitude,
        accuracy_m=row.accuracy_m,
        position_at=row.position_at,
    )


def _teams(session: Session, ids: Collection[UUID]) -> dict[UUID, list[str]]:
    return _gathered(look(session, _TEAMS, {"ids": list(ids)}))


def _skills(session: Session, ids: Collection[UUID], today: date) -> dict[UUID, list[str]]:
    return _gathered(look(session, _SKILLS, {"ids": list(ids), "today": today}))


def _gathered(pairs: Iterable[Any]) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = {}
    for account_id, word in pairs:
        found.setdefault(account_id, []).append(word)
    return found


_WHEREABOUTS = ("latitude", "longitude", "accuracy_m", "position_seq", "position_at")

#: Where officers were last, before some moment: a duty that nobody ended keeps it.
OLD_WHEREABOUTS = AgingRows(
    Duty, Duty.account_id, lambda before: Duty.position_at < before, instead=dict.fromkeys(_WHEREABOUTS)
)
