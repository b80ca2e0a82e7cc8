"""Take a person's answer, by whatever channel; the last one wins, and *need help* opens a case at once."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from backend.broadcasts import broadcast_store, roll_store
from backend.broadcasts.broadcast import Broadcast
from backend.broadcasts.roll import RollEntry
from backend.campus.geofence import Position, usable
from backend.incidents import incident_store
from backend.incidents.incident import Incident
from backend.incidents.raising import TapRequest, take_tap
from backend.kernel import audit
from backend.kernel.errors import NotFound
from backend.kernel.vocabulary import Answer, Kind, Severity, Trigger
from backend.people import people_store
from backend.people.standing_in import stand_in_for

#: What a session carries so that the links in e-mails and the keys of calls can be signed and read.
KEY = "answer_key"

#: Said in the case that an answer opens.
NEEDS_HELP = "Answered NEED HELP to: {title}"

#: As long as any note of a case.
LONGEST_NOTE = 2000

#: The channel of an answer that came from the app, by its own door.
APP = "app"

UNKNOWN_BROADCAST = "There is no such broadcast."


@dataclass(frozen=True, slots=True)
class Answered:
    """What stands on the roll now, and the case of somebody who has just said that they need help."""

    entry: RollEntry
    case: Incident | None


def take_answer(
    session: Session,
    broadcast_id: UUID,
    person_id: UUID,
    given: Answer,
    *,
    position: Position | None = None,
    channel: str,
    note: str | None = None,
    now: datetime,
) -> Answered:
    """
    Write the answer down; whoever needs help has a case from this commit on, routed like a tap.

    Of two answers the one that arrived last (`now`) stands, in whatever order
    they are taken; one that arrived earlier still opens its case. No answer
    closes a case; `note` is what was said beside the answer, and goes into it.
    Also when the broadcast is over: somebody who needs help still does. Raises
    NotFound for a broadcast that is not this person's world's, or never went out.
    """
    broadcast = broadcast_store.by_id(session, broadcast_id)
    account = people_store.by_id(session, person_id)
    if broadcast is None or account is None or not broadcast.version or broadcast.exercise != account.exercise:
        raise NotFound(UNKNOWN_BROADCAST)
    entry = roll_store.locked_or_added(session, broadcast_id, account)
    again = given.value == entry.answer
    if entry.answered_at is None or now >= entry.answered_at:
        entry.answer, entry.answered_at, entry.answered_by = given.value, now, channel
    place = usable(position, received_at=now) if position else None
    if place is not None:
        entry.move_to(place, seq=None, received_at=now)
    needs_help = given is Answer.NEED_HELP
    case = _call(session, broadcast, place, note, again=again, person_id=person_id, now=now) if needs_help else None
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
    return Answered(entry, case)


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
    """The same, for a channel that has no use for the case: what stands on the roll now."""
    taken = take_answer(session, broadcast_id, person_id, given, position=position, channel=channel, now=now)
    return taken.entry


def _call(
    session: Session,
    broadcast: Broadcast,
    place: Position | None,
    note: str | None,
    *,
    again: bool,
    person_id: UUID,
    now: datetime,
) -> Incident:
    grave = broadcast.severity in (Severity.EXTREME.value, Severity.SEVERE.value)
    kind = Kind.EMERGENCY if grave else Kind.HELP
    # The person's turn comes before their cases, as it does for every tap: the other way round two could wait for ever.
    people_store.take_turns(session, person_id)
    is_retry = again and bool(incident_store.open_of(session, person_id, kind))
    said = None if is_retry else broadcast_store.said(session, broadcast.id)
    told = NEEDS_HELP.format(title=said.words_in("en").title) if said else None
    tap = TapRequest(
        # Another answer of the same person joins the case that is open: no id has to be the same twice.
        tap_id=uuid4(),
        kind=kind,
        position=place,
        note=": ".join(filter(None, (told, note)))[:LONGEST_NOTE] or None,
        trigger=Trigger.BROADCAST_ANSWER,
    )
    return take_tap(session, tap, by=stand_in_for(session, person_id), now=now)[0]
