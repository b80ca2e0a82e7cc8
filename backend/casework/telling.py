"""Tell of what was done with a case: a line of its story that only the control room reads, the audit, every console."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.incidents import incident_store
from backend.incidents.incident import Incident
from backend.incidents.noting import NOTE
from backend.kernel import audit, outbox
from backend.kernel.events import CaseWorked
from backend.kernel.vocabulary import Kind


def tell(
    session: Session,
    incident: Incident,
    action: str,
    words: str | None,
    *,
    by: UUID,
    now: datetime,
    **facts: str | int | bool | None,
) -> None:
    """`words` None leaves the story as it is."""
    if words is not None:
        incident_store.add_progress(session, incident.id, NOTE, at=now, by=by, words=words)
    audit.record(session, action, actor=by, about="incident", about_id=incident.id, at=now, **facts)
    outbox.keep(session, CaseWorked(incident.id, Kind(incident.kind)), at=now)
