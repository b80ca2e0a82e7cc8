"""The people of an audience, in rows: who belongs to it by the roster, and who is in it now."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from shapely import intersects_xy, prepare
from sqlalchemy.orm import Session

from backend.broadcasts.audience import Audience
from backend.broadcasts.broadcast import Broadcast, BroadcastState
from backend.broadcasts.reach_plan import channels
from backend.broadcasts.reachable import HardToReach, Reachable, Ways, Why
from backend.broadcasts.roll import RollEntry
from backend.campus.campus import Campus
from backend.incidents.check_in import CheckIn, CheckInState
from backend.incidents.incident import Incident
from backend.kernel.vocabulary import Channel, Face, Severity
from backend.people.account import Account, TeamRow
from backend.people.handset import SOCKET_FADES, Handset, Socket
from backend.people.people_store import NOWHERE
from backend.people.player import CANARY

#: Ids in one statement: SQLite allows some thousands of values.
TOGETHER = 500

_TARGET = sa.and_(Handset.account_id == Account.id, Handset.push_value.is_not(None), Handset.push_failed_at.is_(None))
#: JSON's false, as PostgreSQL and as SQLite spell it; what a handset does not say is not off.
_IS_OFF = sa.cast(Handset.permissions["notifications"], sa.String).in_(("false", "0"))
_PUSHABLE = sa.exists().where(_TARGET)
_HEARD = sa.exists().where(_TARGET, sa.or_(_IS_OFF.is_(None), sa.not_(_IS_OFF)))
_HAS_MAIL = Account.email.not_like(f"%{NOWHERE}")
_PERSON = sa.select(
    Account.id,
    Account.name,
    Account.mobile,
    sa.case((_HAS_MAIL, Account.email), else_=None).label("email"),
    Account.language,
    Account.building,
    Account.site,
    _PUSHABLE.label("pushable"),
    sa.and_(_PUSHABLE, sa.not_(_HEARD)).label("silenced"),
)


def page(
    session: Session,
    campus: Campus,
    audience: Audience,
    *,
    exercise: bool,
    after: UUID | None,
    most: int,
    now: datetime,
) -> list[Reachable]:
    """
    So many people of this audience and this world, in the order of their ids, from after this one.

    Fewer than `most` only at the end. Who has left, and the service's own robot, are nobody's audience.
    """
    here = present(session, campus, audience, exercise=exercise, after=after)[:most]
    belongs = _belongs(campus, audience, now=now)
    wanted = (
        _PERSON.where(_in_world(exercise), sa.or_(belongs, Account.id.in_(here)) if here else belongs)
        .order_by(Account.id)
        .limit(most)
    )
    rows = session.execute(wanted if after is None else wanted.where(Account.id > after))
    return [
        Reachable(**{**row, "pushable": bool(row["pushable"]), "silenced": bool(row["silenced"])})
        for row in rows.mappings()
    ]


def present(
    session: Session, campus: Campus, audience: Audience, *, exercise: bool, after: UUID | None = None
) -> Sequence[UUID]:
    """
    Who is in the area now, in the order of their ids.

    Known only of people with a case or a check-in open, or who said where they
    were when they answered a broadcast in force: nobody is tracked to make an audience.
    """
    outline = audience.outline(campus)
    if audience.everyone or not audience.in_now or outline.is_empty:
        return []
    west, south, east, north = outline.bounds
    placed = sa.union_all(*_PLACED).subquery()
    wanted = (
        sa.select(placed.c.person_id, placed.c.longitude, placed.c.latitude)
        .join(Account, Account.id == placed.c.person_id)
        .where(_in_world(exercise), placed.c.latitude.between(south, north), placed.c.longitude.between(west, east))
        .order_by(placed.c.person_id)
    )
    rows = session.execute(wanted if after is None else wanted.where(placed.c.person_id > after)).all()
    prepare(outline)
    inside = intersects_xy(outline, [row.longitude for row in rows], [row.latitude for row in rows]) if rows else ()
    return list(dict.fromkeys(row.person_id for row, is_in in zip(rows, inside, strict=True) if is_in))


def counted(session: Session, campus: Campus, audience: Audience, *, exercise: bool, now: datetime) -> Counter[Ways]:
    """How many people there are with each set of ways to reach them: counted by the store, a row for each set."""
    found: Counter[Ways] = Counter()
    for condition in _parts(session, campus, audience, exercise=exercise, now=now):
        # The offset is a fence: without it each way would be looked up once for every use of it.
        people = sa.select(*_ways(now)).where(_in_world(exercise), condition).offset(0).subquery()
        for *ways, number in session.execute(sa.select(*people.c, sa.func.count()).group_by(*people.c)):
            found[Ways(*(bool(way) for way in ways))] += number
    return found


def hard_to_reach(
    session: Session,
    campus: Campus,
    audience: Audience,
    severity: Severity,
    *,
    exercise: bool,
    most: int,
    now: datetime,
) -> list[HardToReach]:
    """Some of those whom at best a mail would reach, first those whom nothing would; by name."""
    by_number = {Channel.SMS, Channel.VOICE} & set(channels(severity))
    mail = _HAS_MAIL.label("mail")
    found: list[HardToReach] = []
    for condition in _parts(session, campus, audience, exercise=exercise, now=now):
        wanted = (
            sa.select(Account.id, Account.name, mail)
            .where(_in_world(exercise), condition, sa.not_(_HEARD), sa.not_(_connected(now)))
            .order_by(mail, Account.name, Account.id)
            .limit(most)
        )
        rows = session.execute(wanted.where(Account.mobile.is_(None)) if by_number else wanted)
        found += [HardToReach(id_, name, Why.MAIL_ONLY if has else Why.NO_CHANNEL) for id_, name, has in rows]
    return sorted(found, key=lambda one: (one.why is Why.MAIL_ONLY, one.name))[:most]


def _parts(
    session: Session, campus: Campus, audience: Audience, *, exercise: bool, now: datetime
) -> Iterator[sa.ColumnElement[bool]]:
    """The audience in parts that have nobody in common, each of a size that a statement can name."""
    belongs = _belongs(campus, audience, now=now)
    yield belongs
    here = present(session, campus, audience, exercise=exercise)
    for first in range(0, len(here), TOGETHER):
        # A place that is not known is no place, and not "perhaps": a plain NOT would lose them.
        does_not = sa.case((belongs, 1), else_=0) == 0
        yield sa.and_(Account.id.in_(here[first : first + TOGETHER]), does_not)


def _belongs(campus: Campus, audience: Audience, *, now: datetime) -> sa.ColumnElement[bool]:
    """Who belongs to it by the roster."""
    if audience.everyone:
        return sa.true()
    found: list[sa.ColumnElement[bool]] = [sa.false()]
    if audience.of and audience.has_area:
        places = sorted(audience.places(campus))
        found += [Account.building.in_(places), Account.site.in_(places)]
    if audience.teams:
        found.append(sa.exists().where(TeamRow.account_id == Account.id, TeamRow.team_id.in_(audience.teams)))
    if audience.abroad:
        today = campus.local(now).date()
        still = sa.or_(Account.away_until.is_(None), Account.away_until >= today)
        found.append(sa.and_(Account.away_country.is_not(None), still))
    return sa.or_(*found)


def _in_world(exercise: bool) -> sa.ColumnElement[bool]:
    return sa.and_(Account.active, Account.exercise.is_(exercise), Account.email.not_like(f"%{CANARY}"))


def _connected(now: datetime) -> sa.ColumnElement[bool]:
    return sa.exists().where(
        Socket.account_id == Account.id, Socket.face == Face.HANDSET.value, Socket.seen_at > now - SOCKET_FADES
    )


def _ways(now: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        _PUSHABLE.label("pushable"),
        sa.and_(_PUSHABLE, sa.not_(_HEARD)).label("silenced"),
        Account.mobile.is_not(None).label("number"),
        _HAS_MAIL.label("mail"),
        _connected(now).label("connected"),
    )


_PLACED = (
    sa.select(Incident.owner_id.label("person_id"), Incident.latitude, Incident.longitude).where(
        Incident.closed_at.is_(None), Incident.owner_id.is_not(None), Incident.latitude.is_not(None)
    ),
    sa.select(CheckIn.person_id, CheckIn.latitude, CheckIn.longitude).where(
        CheckIn.state == CheckInState.OPEN.value, CheckIn.latitude.is_not(None)
    ),
    sa.select(RollEntry.person_id, RollEntry.latitude, RollEntry.longitude)
    .join(Broadcast, Broadcast.id == RollEntry.broadcast_id)
    .where(Broadcast.state == BroadcastState.IN_FORCE.value, RollEntry.latitude.is_not(None)),
)
