"""Look after a case: the consoles fall silent about it, and everybody there sees whose it is."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.casework import casework_store
from backend.casework.telling import tell
from backend.incidents.incident import Incident
from backend.kernel.errors import Conflict
from backend.people import people_store


def take_over(session: Session, incident: Incident, *, over: bool, by: UUID, now: datetime) -> None:
    """
    It is this controller's from now on, also when a colleague had it; the same again is fine.

    It changes nothing for who is asked: the ladder goes on. Raises Conflict once
    the case is closed, when it is their own, or when it is not to be taken `over`
    and a colleague has it, who is named.
    """
    incident.must_be_open()
    if incident.owner_id == by:
        raise Conflict("This is your own case: a colleague must take it.", slug="own-case")
    work = casework_store.of_case(session, incident.id)
    before = work.taken_by
    if before is not None and before != by and not over:
        has_it = [{"name": name} for name in people_store.names(session, [before]).values()]
        raise Conflict(
            "A colleague has this case. You can take it over.", slug="case-taken", facts={"taken_by": has_it}
        )
    if work.take(by=by, now=now):
        words = "Took the case." if before is None else "Took the case over."
        tell(session, incident, "incident.taken", words, by=by, now=now, before=str(before) if before else None)
