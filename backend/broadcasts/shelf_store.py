"""Broadcasts that are over, in rows: what of them has its day."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.broadcasts.broadcast import Broadcast
from backend.broadcasts.roll import RollEntry
from backend.incidents.whereabouts import Whereabouts
from backend.kernel.aging import AgingRows
from backend.kernel.retention import Count, Spared
from backend.kernel.statements import changed
from backend.people.account import Account

#: The place that came with an answer.
_PLACE = dict.fromkeys(Whereabouts.__annotations__)

Past = Callable[[datetime], sa.ColumnElement[bool]]


def _over(before: datetime) -> sa.ColumnElement[bool]:
    """Ended, or never issued and left lying, before some moment; what is in force stays."""
    return sa.or_(Broadcast.ended_at < before, sa.and_(Broadcast.version == 0, Broadcast.made_at < before))


class AgingEntries:
    """Places on rolls for which `past` holds; they go, or with `forgets_place` stay and tell no place any more."""

    def __init__(self, past: Past, *, forgets_place: bool = False) -> None:
        self._past = past
        self._forgets_place = forgets_place

    def count(self, session: Session, before: datetime, spared: Spared) -> Count:
        counted = sa.select(sa.func.count()).select_from(RollEntry).where(self._past(before))
        return Count(session.scalar(counted) or 0)

    def find(self, session: Session, before: datetime, spared: Spared, most: int) -> Sequence[tuple[UUID, UUID]]:
        wanted = sa.select(RollEntry.broadcast_id, RollEntry.person_id).where(self._past(before)).limit(most)
        return [(broadcast_id, person_id) for broadcast_id, person_id in session.execute(wanted)]

    def forget(self, session: Session, keys: Sequence[Any], *, before: datetime, spared: Spared, now: datetime) -> int:
        these = sa.tuple_(RollEntry.broadcast_id, RollEntry.person_id).in_([tuple(key) for key in keys])
        due = sa.and_(these, self._past(before))
        if self._forgets_place:
            return changed(session, sa.update(RollEntry).where(due).values(_PLACE))
        return changed(session, sa.delete(RollEntry).where(due))


def _of_over(before: datetime) -> sa.ColumnElement[bool]:
    return RollEntry.broadcast_id.in_(sa.select(Broadcast.id).where(_over(before)))


def _placed(before: datetime) -> sa.ColumnElement[bool]:
    ended = sa.select(Broadcast.id).where(Broadcast.ended_at < before)
    return sa.and_(RollEntry.latitude.is_not(None), RollEntry.broadcast_id.in_(ended))


def _left(_before: datetime) -> sa.ColumnElement[bool]:
    return sa.not_(sa.exists().where(Account.id == RollEntry.person_id))


#: Where people were who answered a broadcast that ended before some moment.
PLACED = AgingEntries(_placed, forgets_place=True)

#: The rolls of broadcasts that ended before some moment: they go first, a few people at a time.
ENTRIES = AgingEntries(_of_over)

#: What rolls tell of people whose account is gone.
LEFT = AgingEntries(_left)

_OVER = AgingRows(Broadcast, Broadcast.id, _over)
_OFF_THE_ROLL = AgingRows(
    Broadcast,
    Broadcast.id,
    lambda before: sa.and_(_over(before), sa.not_(sa.exists().where(RollEntry.broadcast_id == Broadcast.id))),
)


class AgingBroadcasts:
    """Broadcasts with their versions, which go when nobody is on their roll any more: that may be thousands."""

    count = staticmethod(_OVER.count)
    find = staticmethod(_OFF_THE_ROLL.find)
    forget = staticmethod(_OFF_THE_ROLL.forget)


BROADCASTS = AgingBroadcasts()
