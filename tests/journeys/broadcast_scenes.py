"""Broadcasts as journeys issue them, and what became of everybody they were for."""

from collections import Counter
from collections.abc import Collection
from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.answers.tally import Standing, standing_of
from backend.broadcasts import broadcast_store
from backend.broadcasts.audience import Audience
from backend.broadcasts.broadcast import Broadcast, BroadcastState, Version
from backend.broadcasts.putting_out import put_out
from backend.broadcasts.roll import RollEntry
from backend.broadcasts.spoken import Part, Purpose
from backend.kernel.vocabulary import Severity
from backend.people.account import Account
from notifications.wave import Wave
from tests.campus import CampusStage
from tests.campus_people import Person

TITLE, BODY = "Fire at Beit", "Leave Beit now by the nearest exit."


def issues(
    campus: CampusStage,
    by: Person,
    *,
    severity: Severity = Severity.SEVERE,
    audience: Audience | None = None,
    exercise: bool = False,
    settles: bool = True,
) -> UUID:
    """A broadcast to everyone, or to this audience; from the commit on its rounds go."""
    whom = audience or Audience(everyone=True)
    told: UUID = campus.database.write(_begin, by.id, severity, whom, exercise=exercise, now=campus.clock())
    if settles:
        campus.settles()
    return told


def follows(
    campus: CampusStage, by: Person, broadcast_id: UUID, part: Part = Part.UPDATE, *, settles: bool = True
) -> None:
    """The next version of it: an update, the all clear or the retraction."""
    campus.database.write(_follow, broadcast_id, by.id, part, now=campus.clock())
    if settles:
        campus.settles()


def roll(campus: CampusStage, broadcast_id: UUID) -> dict[UUID, RollEntry]:
    found: list[RollEntry] = campus.database.read(_entries, broadcast_id)
    return {entry.person_id: entry for entry in found}


def standings(campus: CampusStage, broadcast_id: UUID) -> Counter[Standing]:
    """How many are in which state; each person is in one."""
    entries = roll(campus, broadcast_id).values()
    return Counter(standing_of(entry, now=campus.clock()) for entry in entries)


def waves(campus: CampusStage, broadcast_id: UUID, *channels: str) -> list[Wave]:
    found: list[Wave] = campus.database.read(_waves, broadcast_id)
    return [wave for wave in found if not channels or wave.channel in channels]


def crowd(campus: CampusStage, number: int, **more: Any) -> list[UUID]:
    """So many members with a mailbox and nothing else, unless more is said."""
    found: list[UUID] = campus.database.write(_crowd, number, more)
    return found


def told(campus: CampusStage, channel: str, people: Collection[UUID]) -> Counter[tuple[UUID, int]]:
    """How often the recorder took each version for each of these people by a channel."""
    parcels = [one.parcel for one in campus.recorder.sent if one.parcel.channel == channel]
    theirs = [one for one in parcels if one.delivery_id in people]
    return Counter((one.delivery_id, one.data["version"]) for one in theirs)


def _begin(session: Session, by: UUID, severity: Severity, audience: Audience, *, exercise: bool, now: Any) -> UUID:
    broadcast = Broadcast(
        state=BroadcastState.DRAFT.value,
        purpose=Purpose.ALERT.value,
        severity=severity.value,
        exercise=exercise,
        place="Beit",
        audience=audience.document(),
        owner_id=by,
        made_at=now,
        next_update_min=30,
        end_condition="The brigade says so",
        version=0,
        fanned_version=0,
    )
    broadcast_store.add(session, broadcast)
    _say(session, broadcast, 1, by, Part.ALERT, now=now)
    return broadcast.id


def _follow(session: Session, broadcast_id: UUID, by: UUID, part: Part, *, now: Any) -> None:
    broadcast = broadcast_store.locked(session, broadcast_id)
    assert broadcast is not None
    _say(session, broadcast, broadcast.version + 1, by, part, now=now)


def _say(session: Session, broadcast: Broadcast, number: int, by: UUID, part: Part, *, now: Any) -> None:
    words = {"en": {"title": TITLE, "body": f"{BODY} ({number})"}, "cy": {"title": "Tân", "body": "Ewch allan."}}
    version = Version(
        broadcast_id=broadcast.id, number=number, part=part.value, words=words, written_by=by, written_at=now
    )
    session.add(version)
    put_out(session, broadcast, version, by=by, now=now)


def _entries(session: Session, broadcast_id: UUID) -> list[RollEntry]:
    return list(session.scalars(sa.select(RollEntry).where(RollEntry.broadcast_id == broadcast_id)))


def _waves(session: Session, broadcast_id: UUID) -> list[Wave]:
    wanted = sa.select(Wave).where(Wave.broadcast_id == broadcast_id)
    return list(session.scalars(wanted.order_by(Wave.version, Wave.due_at, Wave.channel)))


def _crowd(session: Session, number: int, more: dict[str, Any]) -> list[UUID]:
    first = session.scalar(sa.select(sa.func.count()).select_from(Account)) or 0
    people = [
        Account(**{"email": f"crowd{k}@journeys.example", "name": f"Crowd {k}", "language": "en", **more})
        for k in range(first, first + number)
    ]
    session.add_all(people)
    session.flush()
    return [one.id for one in people]


#: Half a minute past the moment at which a mailbox no longer waits for its owner's phone.
PATIENCE_OVER = timedelta(seconds=90)
