"""Take a person's answer, by whatever channel; the last one wins, and *need help* opens a case at once."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from backend.broadcasts import broadcast_store, roll_store
from backend.broadcasts.broadcast import Broadcast
from backend.broadcasts.roll import RollEntry
from backend.campus.geofence import Position, usable
from backend.incidents.raising import TapRequest, take_tap
from backend.kernel import audit
from backend.kernel.errors import NotFound
from backend.kernel.vocabulary import Answer, Kind, Severity, Trigger
from backend.people.standing_in import stand_in_for

#: Said in the case that an answer opens.
NEEDS_HELP = "Answered NEED HELP to: {title}"


def answer(
    session: Session,
    broadcast_id: UUID,
    person_id: UUID,
    given: Answer,
    *,
    position: Position | None = None,
    channel: str,
    now: datetime,
) -> RollEntry:
    """
    Write the answer down; whoever needs help has a case from this commit on, routed like a tap.

    Also when the broadcast is over: somebody who needs help still does. Raises
    NotFound for a broadcast that is not this person's world's, or never went
    out.
    """
    broadcast = broadcast_store.by_id(session, broadcast_id)
    somebody = stand_in_for(session, person_id)
    if broadcast is None or not broadcast.version or broadcast.exercise != somebody.exercise:
        raise NotFound("There is no such broadcast.")
    entry = roll_store.locked_or_added(session, broadcast_id, person_id)
    entry.answer, entry.answered_at, entry.answered_by = given.value, now, channel
    place = usable(position, received_at=now) if position else None
    if place is not None:
        entry.move_to(place, seq=None, received_at=now)
    if given is Answer.NEED_HELP:
        _call(session, broadcast, place, person_id=person_id, now=now)
    audit.record(
        session,
        "broadcast.answered",
        actor=person_id,
        about="broadcast",
        about_id=broadcast_id,
        at=now,
        answer=given.value,
        by=channel,
    )
    return entry


def _call(session: Session, broadcast: Broadcast, place: Position | None, *, person_id: UUID, now: datetime) -> None:
    said = broadcast_store.said(session, broadcast.id)
    grave = broadcast.severity in (Severity.EXTREME.value, Severity.SEVERE.value)
    tap = TapRequest(
        # Another answer of the same person joins the case that is open: no id has to be the same twice.
        tap_id=uuid4(),
        kind=Kind.EMERGENCY if grave else Kind.HELP,
        position=place,
        note=NEEDS_HELP.format(title=said.words_in("en").title) if said else None,
        trigger=Trigger.BROADCAST_ANSWER,
    )
    take_tap(session, tap, by=stand_in_for(session, person_id), now=now)
