"""A roll, counted and paged, in rows."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.answers.tally import SCREEN, SILENT_AFTER, Group, Marks, Reading
from backend.broadcasts.broadcast import Broadcast, BroadcastState
from backend.broadcasts.roll import By, RollEntry
from backend.kernel.statements import look

CHANNELS = {bit.name.lower(): int(bit) for bit in By if bit.name}

#: Whom nobody was to tell and who has said nothing: it was on their screen, and does not concern them.
_BYSTANDER = sa.and_(
    RollEntry.asked == 0,
    RollEntry.sent == 0,
    RollEntry.unreachable.is_(None),
    RollEntry.displayed_at.is_not(None),
    RollEntry.answer.is_(None),
)

#: Nothing is shown, it was shown a short while ago, or so long ago that no answer is silence.
_NOT_SHOWN, _JUST_SHOWN, _SHOWN_LONG_AGO = 0, 1, 2
_SHOWN = sa.case(
    (RollEntry.displayed_at.is_(None), _NOT_SHOWN),
    (RollEntry.displayed_at > sa.bindparam("silent_since", type_=RollEntry.displayed_at.type), _JUST_SHOWN),
    else_=_SHOWN_LONG_AGO,
)
_WORKS = RollEntry.failed.bitwise_not()


def _whether(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.case((condition, 1), else_=0)


#: Which channels they are makes no difference to the state: leaving it out leaves a few groups of each place.
_SAME = (
    sa.select(
        RollEntry.zone_id,
        RollEntry.site_id,
        RollEntry.answer,
        _SHOWN.label("shown"),
        _whether(RollEntry.asked != 0).label("asked"),
        _whether(RollEntry.asked.bitwise_and(_WORKS) != 0).label("may_still"),
        _whether(RollEntry.sent.bitwise_and(_WORKS) != 0).label("sent"),
        _whether(RollEntry.taken != 0).label("taken"),
    )
    .where(RollEntry.broadcast_id == sa.bindparam("broadcast_id"), sa.not_(_BYSTANDER))
    .subquery()
)
_GROUPS = sa.select(*_SAME.c, sa.func.count().label("people")).group_by(*_SAME.c)

#: As if there were two channels: one that came to nothing, or may still reach them, and one that has not failed.
_FIRST, _SECOND = 1, 2


def _how_many(condition: sa.ColumnElement[bool], label: str) -> sa.ColumnElement[int]:
    return sa.func.coalesce(sa.func.sum(_whether(condition)), 0).label(label)


_NEWEST: sa.BindParameter[int] = sa.bindparam("newest")
_READINGS = sa.select(
    _how_many(RollEntry.displayed_version >= _NEWEST, f"{SCREEN}_newest"),
    _how_many(sa.and_(RollEntry.displayed_version > 0, RollEntry.displayed_version < _NEWEST), f"{SCREEN}_older"),
    *(
        how_many
        for name, bit in CHANNELS.items()
        for has_it in [RollEntry.sent.bitwise_and(bit) != 0]
        for how_many in (
            _how_many(sa.and_(has_it, RollEntry.version >= _NEWEST), f"{name}_newest"),
            _how_many(sa.and_(has_it, RollEntry.version > 0, RollEntry.version < _NEWEST), f"{name}_older"),
        )
    ),
).where(RollEntry.broadcast_id == sa.bindparam("broadcast_id"), sa.not_(_BYSTANDER))

_WORLDS = sa.select(Broadcast.exercise).where(Broadcast.state == BroadcastState.IN_FORCE.value).distinct()

_UNACCOUNTED = (
    sa.select(RollEntry)
    .where(
        RollEntry.broadcast_id == sa.bindparam("broadcast_id"),
        RollEntry.answer.is_(None),
        sa.not_(_BYSTANDER),
    )
    .order_by(RollEntry.person_id)
)


def worlds_in_force(session: Session) -> set[bool]:
    """In which worlds anything is in force, the exercise's (True) or the real one; one look at an index."""
    return set(session.scalars(_WORLDS))


def groups(session: Session, broadcast_id: UUID, *, now: datetime) -> list[Group]:
    """Everybody on this roll by what is alike in them, in one statement; their marks are reduced to what counts."""
    shown_at = {_NOT_SHOWN: None, _JUST_SHOWN: now, _SHOWN_LONG_AGO: now - SILENT_AFTER}
    values = {"broadcast_id": broadcast_id, "silent_since": now - SILENT_AFTER}
    return [
        Group(
            row.people,
            row.zone_id,
            row.site_id,
            Marks(
                asked=_FIRST if row.asked else 0,
                sent=_SECOND if row.sent else 0,
                taken=row.taken,
                failed=0 if row.may_still else _FIRST,
                displayed_at=shown_at[row.shown],
                answer=row.answer,
            ),
        )
        for row in look(session, _GROUPS, values)
    ]


def readings(session: Session, broadcast_id: UUID, *, newest: int) -> dict[str, Reading]:
    """By channel, and of the screens themselves, how many have the newest version and how many an older one."""
    row = look(session, _READINGS, {"broadcast_id": broadcast_id, "newest": newest}).one()._mapping
    return {name: Reading(row[f"{name}_newest"], row[f"{name}_older"]) for name in (*CHANNELS, SCREEN)}


def unaccounted(session: Session, broadcast_id: UUID, *, after: UUID | None, most: int) -> Sequence[RollEntry]:
    """Those of this roll who have said nothing, in the order of their ids, from after this one."""
    wanted = _UNACCOUNTED.limit(most)
    if after is not None:
        wanted = wanted.where(RollEntry.person_id > after)
    return session.scalars(wanted, {"broadcast_id": broadcast_id}).all()
