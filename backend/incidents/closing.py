"""Close a case: resolved or cancelled, once and for ever."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.incidents import incident_store
from backend.incidents.incident import Incident
from backend.kernel import audit, outbox
from backend.kernel.events import IncidentClosed
from backend.kernel.vocabulary import IncidentState, Kind


def close(
    session: Session,
    incident: Incident,
    state: IncidentState,
    *,
    by: UUID | None,
    words: str | None = None,
    now: datetime,
) -> None:
    """Close it; a closed case never escalates again. Raises Conflict when it is closed already."""
    incident.close(state, by=by, now=now)
    incident_store.add_progress(session, incident.id, state.value, at=now, by=by, words=words)
    audit.record(session, f"incident.{state.value}", actor=by, about="incident", about_id=incident.id, at=now)
    outbox.keep(session, IncidentClosed(incident.id, Kind(incident.kind), state.value), at=now)
