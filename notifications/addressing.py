"""Find out who an audience is, and by which channels each of them is reached."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.alarms import alarm_store
from backend.campus.campus import CANARY, CONTROL_ROOM
from backend.dispatch import offer_store
from backend.dispatch.facing import Known, as_known_to, told_to_owner
from backend.inbox.message import Recipient
from backend.incidents import face_store, incident_store
from backend.incidents.incident import Incident
from backend.kernel.plain import plain_members
from backend.kernel.vocabulary import Face, Role
from backend.people import people_store
from notifications.recipes import WITHDRAWN, Audience, Telling
from notifications.replies.sentences import recall

#: Where a session keeps whose consoles there are: asked once a transaction.
CONSOLES = "consoles"


@dataclass(frozen=True, slots=True)
class Carried:
    """One sentence for one person (or mailbox team) by one channel."""

    person_id: UUID | None
    team_id: str | None
    channel: str
    sentence: str
    data: dict[str, Any]
    incident_id: UUID | None


def told_apart(session: Session, tellings: Iterable[Telling]) -> Iterator[Telling]:
    """
    The same, and once more for the owner of a case that goes on under duress.

    If that is a controller, their console shows it called off, like their phone.
    """
    for telling in tellings:
        yield telling
        if telling.to is Audience.CONTROL_ROOM and telling.incident_id is not None:
            incident = incident_store.by_id(session, telling.incident_id)
            if incident is not None and incident.under_duress:
                yield replace(telling, to=Audience.OWNERS_CONSOLE)


def recipients(session: Session, telling: Telling, row_id: int) -> list[Recipient]:
    """Whose streams a telling of this row of the outbox goes to; nobody's when it has no stream message."""
    if telling.type is None:
        return []
    incident = incident_store.by_id(session, telling.incident_id) if telling.incident_id else None
    return _recipients(session, telling, incident, row_id)


def carried(session: Session, telling: Telling, row_id: int) -> Iterator[Carried]:
    """What goes by the other channels."""
    if not telling.by or telling.sentence is None:
        return
    incident = incident_store.by_id(session, telling.incident_id) if telling.incident_id else None
    if telling.to is Audience.OWNER:
        incident = _on_owners_lock_screen(session, incident, row_id)
        if incident is None:
            return
    data = plain_members({"incident_id": telling.incident_id, "alarm_id": telling.alarm_id, **dict(telling.facts)})
    known = {name: value for name, value in data.items() if value is not None}
    if telling.takes_back is not None:
        known[WITHDRAWN] = True
    if telling.takes_back is not None or (incident is not None and incident.silent):
        known["quiet"] = True
    asked_to = incident.reference if incident is not None and "offer_id" in known else None
    for person_id in _called(session, telling, incident):
        for channel in telling.by:
            sentence = recall(telling.sentence, asked_to, channel) if asked_to else telling.sentence
            yield Carried(person_id, telling.team_id, channel.value, sentence, known, telling.incident_id)


def _on_owners_lock_screen(session: Session, incident: Incident | None, row_id: int) -> Incident | None:
    """The case as its owner knows it; None when nothing of it may reach their lock screen, as nothing silent does."""
    if incident is None or not told_to_owner(session, incident, row_id):
        return None
    known = as_known_to(session, incident, incident.owner_id)
    return known.incident if known and not known.incident.silent else None


def _called(session: Session, telling: Telling, incident: Incident | None) -> list[UUID | None]:
    """By whose channels it goes; None stands for the mailbox of the telling's team."""
    if telling.to is Audience.OWNER:
        return [incident.owner_id] if incident and incident.owner_id else []
    if telling.to is Audience.PERSON and telling.person_id and is_hiding(session, telling.person_id):
        return []
    if telling.to in (Audience.OFFICER, Audience.PERSON):
        return [telling.person_id]
    if telling.to is Audience.CONTROL_TEAM:
        # Cleared away after a drill: which world it rang in can no longer be told, so nobody is rung.
        if telling.alarm_id is None or alarm_store.by_id(session, telling.alarm_id) is None:
            return []
        team = people_store.in_team(session, CONTROL_ROOM, exercise=exercise_of(session, telling, incident))
        return [one for one in team if _may_know(session, telling, incident, one)]
    return [None]


def _recipients(session: Session, telling: Telling, incident: Incident | None, row_id: int) -> list[Recipient]:
    if telling.to is Audience.OWNER:
        owned = incident is not None and told_to_owner(session, incident, row_id)
        return [Recipient(incident.owner_id, Face.HANDSET)] if owned and incident and incident.owner_id else []
    if telling.to is Audience.OWNERS_CONSOLE and incident:
        return [one for one in _consoles_of_owner(session, incident) if _at_console(session, telling, incident, row_id)]
    if telling.to in (Audience.OFFICER, Audience.PERSON) and telling.person_id:
        return [Recipient(telling.person_id, Face.HANDSET)]
    if telling.to is Audience.PERSONS_CONSOLE and telling.person_id:
        return [Recipient(telling.person_id, Face.CONSOLE)]
    if telling.to is Audience.RESPONDERS and incident:
        offers = offer_store.of_incident(session, incident.id)
        return [
            Recipient(offer.officer_id, Face.HANDSET)
            for offer in offers
            if (offer.holds or offer.state == "finished") and offer.officer_id != incident.owner_id
        ]
    if telling.to is Audience.CONTROL_ROOM:
        if incident is not None and incident.team_id == CANARY:
            # A press a minute that only proves the way is nothing for anybody's board.
            return []
        everybody = controllers(session, exercise=exercise_of(session, telling, incident))
        if incident is None or not incident.under_duress:
            return everybody
        return [one for one in everybody if one.person_id != incident.owner_id]
    return []


def controllers(session: Session, *, exercise: bool) -> list[Recipient]:
    """The consoles of the world a case belongs to: an exercise never shows on a real board."""
    held: dict[bool, list[Recipient]] = session.info.setdefault(CONSOLES, {})
    if exercise not in held:
        ids = people_store.with_role(session, Role.CONTROLLER, exercise=exercise)
        held[exercise] = [Recipient(id_, Face.CONSOLE) for id_ in ids]
    return held[exercise]


def _consoles_of_owner(session: Session, incident: Incident) -> list[Recipient]:
    return [one for one in controllers(session, exercise=incident.exercise) if one.person_id == incident.owner_id]


def _at_console(session: Session, telling: Telling, incident: Incident, row_id: int) -> bool:
    """An alarm that was raised before goes on sounding; everything else stops with the calling off."""
    if telling.alarm_id is None:
        return told_to_owner(session, incident, row_id)
    face = face_store.of_incident(session, incident.id)
    return face is not None and Known(incident, face).knows_alarm(telling.alarm_id)


def _may_know(session: Session, telling: Telling, incident: Incident | None, person_id: UUID) -> bool:
    known = as_known_to(session, incident, person_id)
    return incident is None or (known is not None and known.knows_alarm(telling.alarm_id))


def exercise_of(session: Session, telling: Telling, incident: Incident | None) -> bool:
    """Which world this is about: the case's, else the officer's, else the alarm's."""
    if incident is not None:
        return incident.exercise
    if telling.person_id is not None:
        account = people_store.by_id(session, telling.person_id)
        return account is not None and account.exercise
    alarm = alarm_store.by_id(session, telling.alarm_id) if telling.alarm_id else None
    return alarm is not None and alarm.exercise


def is_hiding(session: Session, person_id: UUID) -> bool:
    """Whether a silent case of this person is open: then nothing at all makes their phone sound."""
    cases = incident_store.owned_by(session, person_id, open_only=True, before=None, most=20)
    return any(case.silent for case in cases)
