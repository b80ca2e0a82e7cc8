"""Who may speak and listen in a case's conversation."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.dispatch.following import Side, side_of
from backend.incidents import conversation_store, incident_store
from backend.incidents.conversing import say
from backend.incidents.incident import Said
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
    if incident is None or not _may_speak(side_of(session, incident, by=by), by):
        raise NotFound("There is no such case.")
    said = say(session, incident, message_id, text, by=by.id, now=now)
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
    if incident is None or not _may_speak(side, by) or (side is Side.RESPONDER and not incident.open):
        raise NotFound("There is no such case.")
    said = conversation_store.of_incident(session, incident_id, after=after, most=most)
    names = people_store.names(session, {one.author_id for one in said})
    return {
        "items": [_view(one, names, by=by) for one in said],
        "next_cursor": said[-1].number if len(said) == most else None,
    }


def _may_speak(side: Side | None, by: Principal) -> bool:
    return side in (Side.OWNER, Side.RESPONDER) or by.has(Role.CONTROLLER)


def _view(said: Said, names: dict[UUID, str], *, by: Principal) -> dict[str, Any]:
    return {
        "id": said.id,
        "author": names.get(said.author_id),
        "mine": said.author_id == by.id,
        "text": said.text,
        "at": said.at,
    }
