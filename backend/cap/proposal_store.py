"""What others proposed, in rows."""

from collections.abc import Collection, Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.broadcasts.broadcast import Broadcast, BroadcastState

#: How many that wait are looked through for what follows one of them.
MOST_WAITING = 1000

_WAITING = (
    sa.select(Broadcast)
    .where(Broadcast.state == BroadcastState.PROPOSED.value)
    .order_by(Broadcast.made_at.desc(), Broadcast.id.desc())
)


def waiting(session: Session, *, worlds: Collection[bool], after: UUID | None, most: int) -> Sequence[Broadcast]:
    """What nobody has adopted or dismissed yet, the newest first, from after this one."""
    wanted = _WAITING.where(Broadcast.exercise.in_(worlds)).limit(most)
    last = session.get(Broadcast, after) if after else None
    if last is not None:
        before = sa.tuple_(Broadcast.made_at, Broadcast.id) < sa.tuple_(sa.literal(last.made_at), sa.literal(last.id))
        wanted = wanted.where(before)
    return session.scalars(wanted).all()


def all_waiting(session: Session, *, worlds: Collection[bool]) -> Sequence[Broadcast]:
    """All that waits, for whoever looks for what follows what."""
    return waiting(session, worlds=worlds, after=None, most=MOST_WAITING)


def known(session: Session, ids: Collection[UUID]) -> dict[UUID, Broadcast]:
    """Those of these ids that there are, adopted ones as well."""
    found = session.scalars(sa.select(Broadcast).where(Broadcast.id.in_(ids))).all() if ids else ()
    return {one.id: one for one in found}
