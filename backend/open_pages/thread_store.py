"""Whole threads as they went out, in rows."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.broadcasts.audience import audience_of
from backend.broadcasts.broadcast import OVER, Broadcast, Version, spoken
from backend.open_pages.thread import Thread

_OUT = sa.select(Broadcast).where(Broadcast.version > 0).order_by(Broadcast.issued_at.desc(), Broadcast.id)
_SAID = sa.select(Version).where(Version.issued_at.is_not(None)).order_by(Version.number)


def in_force(session: Session, *, exercise: bool) -> list[Thread]:
    """What is in force in one world, the newest first."""
    return _threads(session, _OUT.where(Broadcast.exercise == exercise, Broadcast.state == "in_force"))


def over_since(session: Session, since: datetime, *, exercise: bool) -> list[Thread]:
    """What was in force in one world and ended after `since`, the newest first."""
    ended = Broadcast.state.in_(OVER) & (Broadcast.ended_at > since)
    return _threads(session, _OUT.where(Broadcast.exercise == exercise, ended))


def by_id(session: Session, broadcast_id: UUID, *, exercise: bool) -> Thread | None:
    """This thread of one world, whether or not it is over; None for what never went out."""
    found = _threads(session, _OUT.where(Broadcast.id == broadcast_id, Broadcast.exercise == exercise))
    return found[0] if found else None


def _threads(session: Session, wanted: sa.Select[Broadcast]) -> list[Thread]:
    broadcasts = session.scalars(wanted).all()
    said: dict[UUID, list[Version]] = {one.id: [] for one in broadcasts}
    if said:
        for version in session.scalars(_SAID.where(Version.broadcast_id.in_(said))):
            said[version.broadcast_id].append(version)
    return [_thread(one, said[one.id]) for one in broadcasts]


def _thread(broadcast: Broadcast, said: Sequence[Version]) -> Thread:
    return Thread(
        versions=tuple(spoken(broadcast, version) for version in said),
        place=broadcast.place,
        audience=audience_of(broadcast.audience),
        template=said[0].template,
        ended=None if broadcast.in_force else broadcast.state,
        ended_at=broadcast.ended_at,
    )
