"""Broadcasts and their versions, in rows."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.broadcasts.broadcast import OVER, Broadcast, BroadcastState, Version, spoken
from backend.broadcasts.spoken import Part, Spoken, Words
from backend.kernel.statements import changed
from backend.kernel.vocabulary import Severity
from backend.people.account import Account

_NEWEST_WORDS = sa.select(Broadcast, Version).join(
    Version, sa.and_(Version.broadcast_id == Broadcast.id, Version.number == Broadcast.version)
)
# Made once, as every socket that opens asks them.
_IN_FORCE = _NEWEST_WORDS.where(
    Broadcast.state == BroadcastState.IN_FORCE.value, Broadcast.exercise == sa.bindparam("exercise")
).order_by(Broadcast.issued_at.desc())
_ENDED_SINCE = _NEWEST_WORDS.where(Broadcast.ended_at > sa.bindparam("since")).order_by(Broadcast.ended_at)

_FANNING_OUT = (
    Broadcast.version > 0,
    Broadcast.fanned_at.is_(None),
    Broadcast.state != BroadcastState.EXPIRED.value,
)
_WORST_FIRST = sa.case({severity.value: place for place, severity in enumerate(Severity)}, value=Broadcast.severity)


def by_id(session: Session, broadcast_id: UUID) -> Broadcast | None:
    return session.get(Broadcast, broadcast_id)


def locked(session: Session, broadcast_id: UUID) -> Broadcast | None:
    """This thread, with nobody else writing on it beside."""
    return session.get(Broadcast, broadcast_id, with_for_update=True, populate_existing=True)


def add(session: Session, broadcast: Broadcast, version: Version | None = None) -> None:
    session.add(broadcast)
    session.flush()
    if version is not None:
        session.add(version)
        session.flush()


def version(session: Session, broadcast_id: UUID, number: int) -> Version | None:
    return session.get(Version, (broadcast_id, number))


def versions(session: Session, broadcast_id: UUID) -> Sequence[Version]:
    """Every version of this thread, the first first; what has no `issued_at` is a draft."""
    return session.scalars(
        sa.select(Version).where(Version.broadcast_id == broadcast_id).order_by(Version.number)
    ).all()


def said(session: Session, broadcast_id: UUID, number: int | None = None) -> Spoken | None:
    """An issued version of this thread, the newest unless one is named; None when there is none."""
    broadcast = by_id(session, broadcast_id)
    found = version(session, broadcast_id, number or broadcast.version) if broadcast else None
    return spoken(broadcast, found) if broadcast and found and found.issued_at else None


def in_force(session: Session, *, exercise: bool) -> Sequence[tuple[Broadcast, Spoken]]:
    """What is in force in one world, the newest first, each in its newest words."""
    found = session.execute(_IN_FORCE, {"exercise": exercise})
    return [(broadcast, spoken(broadcast, version)) for broadcast, version in found]


def next_version(session: Session, broadcast: Broadcast) -> Version | None:
    """The words that would go out next; None when none are written."""
    return version(session, broadcast.id, broadcast.version + 1)


def write_next(
    session: Session, broadcast: Broadcast, part: Part, words: Mapping[str, Words], *, by: UUID, now: datetime
) -> Version:
    """The words that would go out next, in place of what was written there before."""
    found = next_version(session, broadcast)
    if found is None:
        found = Version(broadcast_id=broadcast.id, number=broadcast.version + 1)
        session.add(found)
    found.part = part.value
    found.words = {language: {"title": one.title, "body": one.body} for language, one in words.items()}
    found.template = found.next_update_min = None
    found.written_by, found.written_at = by, now
    session.flush()
    return found


#: Which control room has a thread: its owner's. A real controller's exercise is theirs; it only reaches others.
_DESK = sa.func.coalesce(Account.exercise, Broadcast.exercise)
_WITH_OWNER = sa.select(Broadcast).outerjoin(Account, Account.id == Broadcast.owner_id)


def desk_of(session: Session, broadcast: Broadcast) -> bool:
    """Whether it is the exercise's control room that has this thread."""
    owner = session.scalar(sa.select(Account.exercise).where(Account.id == broadcast.owner_id))
    return broadcast.exercise if owner is None else owner


def of_desk(
    session: Session, *, exercise: bool, is_open: bool | None, before: Broadcast | None, most: int
) -> Sequence[Broadcast]:
    """The threads of a control room, the newest first: those that can still change, those that are over, or all."""
    wanted = _WITH_OWNER.where(_DESK.is_(exercise)).order_by(Broadcast.made_at.desc(), Broadcast.id).limit(most)
    if is_open is not None:
        over = Broadcast.state.in_(sorted(OVER))
        wanted = wanted.where(sa.not_(over) if is_open else over)
    if before is not None:
        further = sa.and_(Broadcast.made_at == before.made_at, Broadcast.id > before.id)
        wanted = wanted.where(sa.or_(Broadcast.made_at < before.made_at, further))
    return session.scalars(wanted).all()


def promised(session: Session) -> Sequence[Broadcast]:
    """Every thread in force that promised a next word."""
    return session.scalars(
        sa.select(Broadcast).where(
            Broadcast.state == BroadcastState.IN_FORCE.value, Broadcast.next_update_at.is_not(None)
        )
    ).all()


def is_another_overdue(session: Session, broadcast: Broadcast, *, exercise: bool) -> bool:
    """Whether the owner of another thread of this control room was told that it is overdue."""
    wanted = _WITH_OWNER.where(
        _DESK.is_(exercise),
        Broadcast.id != broadcast.id,
        Broadcast.state == BroadcastState.IN_FORCE.value,
        Broadcast.owner_told_at.is_not(None),
    )
    return session.scalars(wanted.limit(1)).first() is not None


def fanning_out(session: Session) -> Broadcast | None:
    """A broadcast of which somebody may not be on the roll yet, the worst first; one that expired is over."""
    wanted = sa.select(Broadcast).where(*_FANNING_OUT)
    return session.scalars(wanted.order_by(_WORST_FIRST, Broadcast.issued_at).limit(1)).first()


def fanning_out_count(session: Session) -> int:
    """How many of them there are."""
    return session.scalar(sa.select(sa.func.count()).select_from(Broadcast).where(*_FANNING_OUT)) or 0


def advance(
    session: Session,
    broadcast_id: UUID,
    version: int,
    *,
    was: tuple[int, UUID | None],
    after: UUID | None,
    done_at: datetime | None,
) -> bool:
    """
    The roll of this version is made up to an account; False when somebody was here before, or a newer version is out.

    `was` is how far it had been: version and account.
    """
    here = (Broadcast.id == broadcast_id, Broadcast.version == version, Broadcast.fanned_at.is_(None))
    there = (Broadcast.fanned_version == was[0], Broadcast.fanned_after.is_not_distinct_from(was[1]))
    moved = sa.update(Broadcast).where(*here, *there)
    return changed(session, moved.values(fanned_version=version, fanned_after=after, fanned_at=done_at)) == 1


def ended_since(session: Session, since: datetime) -> Sequence[tuple[Broadcast, Spoken]]:
    """What is over, in both worlds, and was not before this moment; each in its last words."""
    found = session.execute(_ENDED_SINCE, {"since": since})
    return [(broadcast, spoken(broadcast, version)) for broadcast, version in found]
