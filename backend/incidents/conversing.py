"""Speak in a case: the person in trouble, the officers who come, the control room."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.incidents import conversation_store
from backend.incidents.incident import Incident, Said
from backend.kernel import audit, outbox
from backend.kernel.errors import Conflict
from backend.kernel.events import MessageSaid
from backend.kernel.vocabulary import Kind


def say(session: Session, incident: Incident, message_id: UUID, text: str, *, by: UUID, now: datetime) -> Said:
    """
    Add one message; the same id from the same author is the same message.

    Raises Conflict for an id that is somebody else's, or once the case is
    closed and the message is new.
    """
    known = conversation_store.by_id(session, message_id)
    if known is not None:
        if known.author_id != by or known.incident_id != incident.id:
            raise Conflict("This message id is taken. Use a new one.", slug="message-id-taken")
        return known
    incident.must_be_open()
    said = Said(id=message_id, incident_id=incident.id, author_id=by, text=text, at=now)
    conversation_store.add(session, said)
    audit.record(session, "message.said", actor=by, about="incident", about_id=incident.id, at=now)
    outbox.keep(session, MessageSaid(incident.id, Kind(incident.kind), message_id, by), at=now)
    return said
