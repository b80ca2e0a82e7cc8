"""What of broadcasts belongs on whose open sockets: the newest version, the same bytes for everybody."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.broadcasts import broadcast_store, roll_store
from backend.broadcasts.audience import audience_of
from backend.broadcasts.broadcast import Broadcast
from backend.broadcasts.spoken import Spoken

#: For so long a phone that comes back is told that what it was told of is over.
ENDS_TOLD_FOR = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Airing:
    """
    A broadcast as it is to be shown now.

    `rank` only rises: with each version, with the end, and once the roll of a
    narrower audience is made. `data` is the event `broadcast` of both faces.
    """

    broadcast_id: UUID
    version: int
    rank: int
    exercise: bool
    is_everyones: bool
    ended: bool
    data: dict[str, Any]

    @property
    def shown_rank(self) -> int:
        """As far as a screen tells it: that a roll is made changes nothing for who has been shown the same."""
        return self.rank >> 1


def issued(session: Session, broadcast_id: UUID, version: int) -> Airing | None:
    """The version that was just issued; None when a newer one is out, which has an event of its own."""
    broadcast = broadcast_store.by_id(session, broadcast_id)
    told = broadcast_store.said(session, broadcast_id)
    if broadcast is None or told is None or broadcast.version != version:
        return None
    return _airing(broadcast, told)


def on_air(session: Session, *, worlds: Collection[bool] = (False, True), now: datetime) -> list[Airing]:
    """What is in force, and what ended a short while ago, in the real world, the exercises' or both."""
    standing = [one for exercise in worlds for one in broadcast_store.in_force(session, exercise=exercise)]
    over = broadcast_store.ended_since(session, now - ENDS_TOLD_FOR)
    found = [_airing(broadcast, told) for broadcast, told in (*standing, *over) if broadcast.version]
    return [one for one in found if one.exercise in worlds]


def theirs(session: Session, airing: Airing, people: Collection[UUID]) -> set[UUID]:
    """
    Those of these people of its world to whom it belongs.

    What is in force and for everyone is everybody's, else the roll says. What is
    over is told only to whom an earlier version had set out.
    """
    if airing.is_everyones and not airing.ended:
        return set(people)
    return roll_store.among(session, airing.broadcast_id, people, told=airing.ended)


def for_one(
    session: Session, person_id: UUID, *, exercise: bool, watches: bool, now: datetime
) -> list[tuple[Airing, bool]]:
    """All of this person's world, each with whether it is to be shown to them; to whom `watches`, all of it is."""
    return [
        (airing, watches or person_id in theirs(session, airing, [person_id]))
        for airing in on_air(session, worlds=[exercise], now=now)
    ]


def _airing(broadcast: Broadcast, told: Spoken) -> Airing:
    everyones = audience_of(broadcast.audience).everyone
    ended = not broadcast.in_force
    made = everyones or broadcast.fanned_at is not None
    return Airing(
        broadcast.id,
        told.version,
        4 * told.version + 2 * ended + made,
        broadcast.exercise,
        everyones,
        ended,
        # One that ran out has no last word: it is told as over in its own.
        {**told.on_the_wire(), "ended": ended},
    )
