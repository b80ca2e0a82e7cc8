"""Who may speak and listen in a case's conversation, and write into its story."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.dispatch.facing import as_known_to
from backend.dispatch.following import Side, side_of, watchable
from backend.dispatch.watching import watched
from backend.incidents import conversation_store, incident_store
from backend.incidents.conversing import say
from backend.incidents.incident import Incident, Said
from backend.incidents.noting import NOTE, note
from backend.kernel.errors import NotFound
from backend.kernel.vocabulary import Role
from backend.people import people_store
from backend.people.account import Principal


def speak(
    session: Session, incident_id: UUID, message_id: UUID, text: str, *, by: Principal, now: datetime
) -> dict[str, Any]:
    """
    Say something in a case one is in.

    Raises NotFound for anybody else's case, Conflict once it is closed.
    """
    incident = incident_store.locked(session, incident_id)
    known = as_known_to(session, incident, by.id)
    if known is None or not _may_speak(side_of(session, incident, by=by), known.incident, by=by, now=now):
        raise NotFound("There is no such case.")
    said = say(session, known.incident, message_id, text, by=by.id, now=now)
    return _view(said, {by.id: by.name}, by=by)


def conversation(
    session: Session, incident_id: UUID, *, by: Principal, after: int, most: int, now: datetime
) -> dict[str, Any]:
    """
    What was said after this number, in order, with the cursor of the next page.

    Raises NotFound; an officer may listen while they have the case and it is open.
    """
    incident = incident_store.by_id(session, incident_id)
    side = side_of(session, incident, by=by)
    known = as_known_to(session, incident, by.id)
    may_listen = known is not None and _may_speak(side, known.incident, by=by, now=now)
    if known is None or not may_listen or (side is Side.RESPONDER and not known.incident.open):
        raise NotFound("There is no such case.")
    said = conversation_store.of_incident(session, incident_id, after=after, until=known.said_until, most=most)
    names = people_store.names(session, {one.author_id for one in said})
    return {
        "items": [_view(one, names, by=by) for one in said],
        "next_cursor": said[-1].number if len(said) == most else None,
    }


def write_note(session: Session, incident_id: UUID, words: str, *, by: Principal, now: datetime) -> dict[str, Any]:
    """A controller's note in the case's story; the line it makes. Raises NotFound for a case they may not look at."""
    incident = watched(session, incident_id, by=by, now=now).incident
    note(session, incident, words, by=by.id, now=now)
    return {"stage": NOTE, "at": now, "by": by.name, "words": words}


def _may_speak(side: Side | None, incident: Incident, *, by: Principal, now: datetime) -> bool:
    if side in (Side.OWNER, Side.RESPONDER):
        return True
    return by.has(Role.CONTROLLER) and watchable(incident, exercise=by.exercise, now=now)


def _view(said: Said, names: dict[UUID, str], *, by: Principal) -> dict[str, Any]:
    return {
        "id": said.id,
        "author": names.get(said.author_id),
        "mine": said.author_id == by.id,
        "text": said.text,
        "at": said.at,
    }
