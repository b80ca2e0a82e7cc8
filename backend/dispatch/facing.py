"""What each person may know of a case: the case, or for an owner who is being forced the face it shows them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.alarms import alarm_store
from backend.alarms.alarm import Alarm
from backend.casework import casework_store
from backend.casework.casework import Casework, DoneStep
from backend.dispatch import disclosure_store, offer_store
from backend.dispatch.offer import Offer
from backend.incidents import conversation_store, face_store, incident_store, track_store
from backend.incidents.face import PLACE, Face, copied, frozen, thawed
from backend.incidents.incident import Fix, Incident, Progress
from backend.incidents.noting import NOTE
from backend.kernel import outbox
from backend.kernel.vocabulary import IncidentState


@dataclass(frozen=True, slots=True)
class Known:
    """
    A case as one person may know it.

    With a `face`, `incident` is no row of the store: what is asked of it is
    answered as of a cancelled case, and nothing may be done to it.
    """

    incident: Incident
    face: Face | None = None

    def offers(self, session: Session) -> Sequence[Offer]:
        if self.face is None:
            return offer_store.of_incident(session, self.incident.id)
        return [thawed(Offer, facts) for facts in self.face.shown["offers"]]

    def progress(self, session: Session) -> Sequence[Progress]:
        return incident_store.progress_of(session, self.incident.id) if self.face is None else self.face.progress

    def casework(self, session: Session) -> Casework | None:
        """What the control room had done with it; nothing that was done since the calling off."""
        if self.face is None:
            return casework_store.of_cases(session, [self.incident.id]).get(self.incident.id)
        facts = self.face.shown.get("casework")
        return thawed(Casework, facts) if facts else None

    def done_steps(self, session: Session) -> Sequence[DoneStep]:
        if self.face is None:
            return casework_store.done_steps(session, self.incident.id)
        return [thawed(DoneStep, facts) for facts in self.face.shown.get("done_steps", ())]

    def own_notes(self, session: Session) -> list[Progress]:
        """A controller's notes in their own case since it was called off, for the face does not have them."""
        if self.face is None:
            return []
        written = incident_store.progress_of(session, self.incident.id)[len(self.face.progress) - 1 :]
        return [line for line in written if line.stage == NOTE and line.by == self.incident.owner_id]

    def alarms(self, session: Session) -> list[Alarm]:
        """Those that had been raised by then; whether somebody has taken them is told as it is."""
        return [one for one in alarm_store.of_incident(session, self.incident.id) if self.knows_alarm(one.id)]

    def knows_alarm(self, alarm_id: UUID | None) -> bool:
        return self.face is None or str(alarm_id) in self.face.shown["alarms"]

    def track(self, session: Session) -> Sequence[Fix]:
        if self.face is not None and self.incident.position is None:
            return []
        until = self.face.fixes_until if self.face else None
        return track_store.track_of(session, self.incident.id, until=until)

    @property
    def said_until(self) -> int | None:
        """The number of the last message they may read; None: all."""
        return self.face.said_until if self.face else None


def offers_of(session: Session, cases: Collection[Known]) -> dict[UUID, Sequence[Offer]]:
    """The offers of several, looked up together; one with a face shows its own."""
    plain = offer_store.of_incidents(session, [one.incident.id for one in cases if one.face is None])
    return {**plain, **{one.incident.id: one.offers(session) for one in cases if one.face is not None}}


def stories_of(session: Session, cases: Collection[Known]) -> dict[UUID, Sequence[Progress]]:
    """Their stories in the same way."""
    plain = incident_store.progress_of_all(session, [one.incident.id for one in cases if one.face is None])
    return {**plain, **{one.incident.id: one.progress(session) for one in cases if one.face is not None}}


def as_known_to(session: Session, incident: Incident | None, person_id: UUID | None) -> Known | None:
    """
    The case as this person may know it, wherever and however they ask.

    None for no case, and for its owner where it was raised under duress. Not a
    question of roles: an owner who is a controller as well knows no more.
    """
    if incident is None:
        return None
    if not incident.under_duress or incident.owner_id is None or incident.owner_id != person_id:
        return Known(incident)
    face = face_store.of_incident(session, incident.id)
    if face is None:
        return None
    return Known(face.incident, face)


def may_know(session: Session, alarm: Alarm, person_id: UUID) -> bool:
    """Whether this person may know of the alarm: not of one that was raised because they are being forced."""
    incident = incident_store.by_id(session, alarm.incident_id) if alarm.incident_id else None
    known = as_known_to(session, incident, person_id)
    return incident is None or (known is not None and known.knows_alarm(alarm.id))


def looks_unknown_to(session: Session, person_id: UUID) -> dict[UUID, int]:
    """Their cases under duress, each with the last look at their profile that they may know of."""
    cases = incident_store.all_under_duress(session, person_id)
    faces = {one.id: face_store.of_incident(session, one.id) for one in cases}
    return {id_: int(face.shown["looks_until"]) if face else 0 for id_, face in faces.items()}


def told_to_owner(session: Session, incident: Incident, row_id: int) -> bool:
    """Whether its owner is told of what this row of the outbox says about it: nothing after the calling off."""
    if not incident.under_duress:
        return True
    face = face_store.of_incident(session, incident.id)
    return face is not None and row_id <= face.told_until


def keep_face(session: Session, incident: Incident, words: str | None, *, by: UUID, now: datetime) -> None:
    """
    Keep the case as it would be, had its owner really called it off at this moment.

    To be called when the last event its owner is told of has been kept, and
    before anything is changed that they must not see.
    """
    called_off = copied(incident)
    called_off.wrong_pins = None
    called_off.close(IncidentState.CANCELLED, by=by, now=now)
    offers = [copied(offer) for offer in offer_store.of_incident(session, incident.id)]
    for offer in offers:
        offer.stand_down(now=now)
    story = list(incident_store.progress_of(session, incident.id))
    last = Progress(incident_id=incident.id, stage=IncidentState.CANCELLED.value, at=now, by=by, words=words)
    facts = frozen(called_off)
    work = casework_store.of_cases(session, [incident.id]).get(incident.id)
    face = Face(
        incident_id=incident.id,
        called_off_at=now,
        told_until=outbox.newest(session),
        place={name: facts.pop(name) for name in PLACE} if incident.position_at else None,
        shown={
            "incident": facts,
            "offers": [frozen(offer) for offer in offers],
            "progress": [frozen(line) for line in (*story, last)],
            "alarms": [str(alarm.id) for alarm in alarm_store.of_incident(session, incident.id)],
            "casework": frozen(work) if work else None,
            "done_steps": [frozen(step) for step in casework_store.done_steps(session, incident.id)],
            "said_until": conversation_store.last_number(session, incident.id),
            "looks_until": disclosure_store.last_in(session, incident.id),
            "fixes_until": track_store.last_fix(session, incident.id),
        },
    )
    face_store.add(session, face)
