"""Add a note to a case's story: the control room's own memory, which nobody else ever reads."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.incidents import incident_store
from backend.incidents.incident import Incident
from backend.kernel import audit, outbox
from backend.kernel.events import NoteAdded
from backend.kernel.vocabulary import Kind

#: The stage of such a line; every view but the control room's leaves it out.
NOTE = "note"


def note(session: Session, incident: Incident, words: str, *, by: UUID, now: datetime) -> None:
    """Write the words down. Also for a closed case: what came of it is often known only later."""
    incident_store.add_progress(session, incident.id, NOTE, at=now, by=by, words=words)
    audit.record(session, "incident.noted", actor=by, about="incident", about_id=incident.id, at=now)
    outbox.keep(session, NoteAdded(incident.id, Kind(incident.kind)), at=now)
