"""Broadcasts as the journeys put them out, and the roll as a fan-out would have made it."""

from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from backend.broadcasts import broadcast_store, putting_out, roll_store
from backend.broadcasts.audience import Audience
from backend.broadcasts.broadcast import Broadcast, BroadcastState, Version
from backend.broadcasts.roll import RollEntry
from backend.broadcasts.spoken import Part, Purpose
from backend.kernel.vocabulary import Severity
from tests.campus import CampusStage
from tests.campus_people import Person

OWNER = uuid4()

FIRE = {
    "en": {"title": "Fire in Sherfield", "body": "Leave by the nearest exit."},
    "ar": {"title": "حريق في شيرفيلد", "body": "اخرجوا من أقرب مخرج."},
}
EVERYONE = Audience(everyone=True)
SHERFIELD = Audience(zones=("sherfield",))


def warns(
    campus: CampusStage,
    *people: Person,
    audience: Audience = EVERYONE,
    severity: Severity = Severity.SEVERE,
    exercise: bool = False,
    words: dict[str, dict[str, str]] = FIRE,
    fans_out: bool = False,
) -> UUID:
    """A broadcast is out, and these people are on its roll; its id."""
    broadcast = Broadcast(
        id=uuid4(),
        state=BroadcastState.DRAFT.value,
        purpose=Purpose.ALERT.value,
        severity=severity.value,
        exercise=exercise,
        audience=audience.document(),
        made_at=campus.clock(),
        next_update_min=30,
        version=0,
        fanned_version=0,
    )
    campus.database.write(broadcast_store.add, broadcast)
    says(campus, broadcast.id, words, Part.ALERT, fans_out=fans_out)
    for person in people:
        on_the_roll(campus, broadcast.id, person)
    return broadcast.id


def says(
    campus: CampusStage, broadcast_id: UUID, words: dict[str, dict[str, str]], part: Part, *, fans_out: bool = False
) -> None:
    """The next version of the thread is out; only with `fans_out` does the round make its roll."""
    campus.database.write(_say, broadcast_id, words, part, campus.clock(), fans_out)


def on_the_roll(campus: CampusStage, broadcast_id: UUID, person: Person, **marks: Any) -> None:
    """As the fan-out leaves somebody who was reached by push, unless other marks are named."""
    told = {"asked": 2, "sent": 2, "taken": 2, "version": 1, **marks}
    campus.database.write(_enrol, broadcast_id, person.id, told)


def entry_of(campus: CampusStage, broadcast_id: UUID, person: Person) -> RollEntry | None:
    found: RollEntry | None = campus.database.read(roll_store.entry, broadcast_id, person.id)
    return found


def answers(person: Person, broadcast_id: UUID, answer: str, **more: Any) -> dict[str, Any]:
    """Say how one is; what the phone was told."""
    told: dict[str, Any] = person.posts(f"/v1/broadcasts/{broadcast_id}/answer", {"answer": answer, **more})
    return told


def told(person: Person, *, active: bool = True) -> list[dict[str, Any]]:
    """What this person's phone shows of broadcasts."""
    found: list[dict[str, Any]] = person.gets(f"/v1/broadcasts?active={str(active).lower()}")["items"]
    return found


def _say(
    session: Session, broadcast_id: UUID, words: dict[str, dict[str, str]], part: Part, now: Any, fans_out: bool
) -> None:
    broadcast = broadcast_store.locked(session, broadcast_id)
    assert broadcast is not None
    version = Version(
        broadcast_id=broadcast_id,
        number=broadcast.version + 1,
        part=part.value,
        words=words,
        written_by=OWNER,
        written_at=now,
    )
    session.add(version)
    session.flush()
    putting_out.put_out(session, broadcast, version, by=OWNER, now=now)
    if not fans_out:
        # The roll is the journey's own: no round adds to it.
        broadcast.fanned_version, broadcast.fanned_at = broadcast.version, now


def _enrol(session: Session, broadcast_id: UUID, person_id: UUID, marks: dict[str, Any]) -> None:
    defaults = {"asked": 0, "sent": 0, "taken": 0, "failed": 0, "version": 0, "displayed_version": 0}
    session.add(RollEntry(broadcast_id=broadcast_id, person_id=person_id, **{**defaults, **marks}))
