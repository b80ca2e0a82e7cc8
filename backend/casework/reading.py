"""Mark a case's conversation as read by the control room, so far."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.casework import casework_store
from backend.casework.telling import tell
from backend.incidents.incident import Incident, Said


def read_up_to(session: Session, incident: Incident, said: Said, *, by: UUID, now: datetime) -> None:
    """Up to this message somebody of the control room has read everything; a mark never goes back."""
    work = casework_store.of_case(session, incident.id)
    if work.read(said.number):
        tell(session, incident, "conversation.read", None, by=by, now=now)
