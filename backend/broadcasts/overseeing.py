"""Mind the promises: who said when the next word would come is told when it has not, and then their deputy."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.alarms import alarm_store
from backend.alarms.raising_alarm import raise_alarm
from backend.alarms.taking import take
from backend.broadcasts import broadcast_store
from backend.broadcasts.broadcast import Broadcast
from backend.kernel import audit, outbox
from backend.kernel.events import UpdateOverdue
from backend.kernel.vocabulary import AlarmReason

#: The round that minds promises listens to this bell.
BELL = "overseeing"


@dataclass(frozen=True, slots=True)
class Waiting:
    """Which threads must be looked at now, and when the next one must be (None: none promised anything)."""

    broadcasts: Sequence[UUID]
    next_at: datetime | None


def waiting(session: Session, *, now: datetime) -> Waiting:
    """What is due, the longest overdue first."""
    moments = sorted((one.look_at, one.id) for one in broadcast_store.promised(session) if one.look_at)
    due = [id_ for at, id_ in moments if at <= now]
    return Waiting(due, min((at for at, _ in moments if at > now), default=None))


def oversee(session: Session, broadcast_id: UUID, *, now: datetime) -> None:
    """
    Tell whoever has to be told, once; or let a thread go that nobody has minded for a day.

    Harmless when the word has come meanwhile: then nothing is due.
    """
    broadcast = broadcast_store.locked(session, broadcast_id)
    if broadcast is None:
        return
    if broadcast.expire_if_unminded(now=now):
        audit.record(session, "broadcast.expired", actor=None, about="broadcast", about_id=broadcast.id, at=now)
        return
    person_id = broadcast.overdue_for(now=now)
    if person_id is None:
        return
    exercise = broadcast_store.desk_of(session, broadcast)
    raise_alarm(session, AlarmReason.UPDATE_OVERDUE, exercise=exercise, now=now)
    audit.record(
        session,
        "broadcast.overdue",
        actor=None,
        about="broadcast",
        about_id=broadcast.id,
        at=now,
        told="owner" if person_id == broadcast.owner_id else "deputy",
    )
    outbox.keep(session, UpdateOverdue(broadcast.id, person_id), at=now)


def minded(session: Session, broadcast: Broadcast, *, by: UUID, now: datetime) -> None:
    """
    The next word has come; if no other is overdue, the alarm is answered.

    It is what the alarm asked for, so whoever gave the word is the person who takes it.
    """
    exercise = broadcast_store.desk_of(session, broadcast)
    standing = alarm_store.standing_for(session, AlarmReason.UPDATE_OVERDUE.value, None, exercise=exercise)
    if standing is not None and not broadcast_store.is_another_overdue(session, broadcast, exercise=exercise):
        take(session, standing.id, by=by, exercise=exercise, now=now)
