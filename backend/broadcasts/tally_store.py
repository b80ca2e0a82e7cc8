"""A roll, counted and paged, in rows."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.broadcasts.roll import RollEntry
from backend.broadcasts.tally import SILENT_AFTER, Group, Marks
from backend.kernel.database import look

#: Whom nobody was to tell and who has said nothing: it was on their screen, and does not concern them.
_BYSTANDER = sa.and_(
    RollEntry.asked == 0,
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
).label("shown")
_SENT_NEWEST = sa.case((RollEntry.version == 0, None), (RollEntry.version >= sa.bindparam("newest"), 1), else_=0).label(
    "sent_newest"
)
_SHOWN_NEWEST = sa.case(
    (RollEntry.displayed_version == 0, None), (RollEntry.displayed_version >= sa.bindparam("newest"), 1), else_=0
).label("shown_newest")
_ALIKE = (
    RollEntry.zone_id,
    RollEntry.site_id,
    RollEntry.asked,
    RollEntry.sent,
    RollEntry.taken,
    RollEntry.failed,
    RollEntry.answer,
    _SHOWN,
    _SENT_NEWEST,
    _SHOWN_NEWEST,
)
_SAME = sa.select(*_ALIKE).where(RollEntry.broadcast_id == sa.bindparam("broadcast_id"), sa.not_(_BYSTANDER)).subquery()
_GROUPS = sa.select(*_SAME.c, sa.func.count().label("people")).group_by(*_SAME.c)

_UNACCOUNTED = (
    sa.select(RollEntry)
    .where(
        RollEntry.broadcast_id == sa.bindparam("broadcast_id"),
        RollEntry.answer.is_(None),
        sa.not_(_BYSTANDER),
    )
    .order_by(RollEntry.person_id)
)


def groups(session: Session, broadcast_id: UUID, *, newest: int, now: datetime) -> list[Group]:
    """
    Everybody on this roll by what is alike in them, in one statement.

    `newest` is the version against which the others are older.
    """
    shown_at = {_NOT_SHOWN: None, _JUST_SHOWN: now, _SHOWN_LONG_AGO: now - SILENT_AFTER}
    values = {"broadcast_id": broadcast_id, "silent_since": now - SILENT_AFTER, "newest": newest}
    return [
        Group(
            row.people,
            row.zone_id,
            row.site_id,
            Marks(row.asked, row.sent, row.taken, row.failed, shown_at[row.shown], row.answer),
            None if row.sent_newest is None else bool(row.sent_newest),
            None if row.shown_newest is None else bool(row.shown_newest),
        )
        for row in look(session, _GROUPS, values)
    ]


def unaccounted(session: Session, broadcast_id: UUID, *, after: UUID | None, most: int) -> Sequence[RollEntry]:
    """Those of this roll who have said nothing, in the order of their ids, from after this one."""
    wanted = _UNACCOUNTED.limit(most)
    if after is not None:
        wanted = wanted.where(RollEntry.person_id > after)
    return session.scalars(wanted, {"broadcast_id": broadcast_id}).all()
