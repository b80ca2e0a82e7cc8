"""Write the METHANE report of a case: a major incident declared, or not yet, and what is known of it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.casework import casework_store
from backend.casework.methane import Methane
from backend.casework.telling import tell
from backend.incidents.incident import Incident


def declare(session: Session, incident: Incident, report: Methane, *, by: UUID, now: datetime) -> None:
    """
    The newest version stands beside the case, each version stays in its story; the same again is none.

    It asks nobody by itself: the report is for those whom the control room rings.
    Raises Conflict once the case is closed.
    """
    incident.must_be_open()
    work = casework_store.of_case(session, incident.id)
    if work.declare(report, by=by, now=now):
        words = report.in_words(work.methane_version)
        facts = {"version": work.methane_version, "major": report.major_incident}
        tell(session, incident, "incident.methane", words, by=by, now=now, **facts)
