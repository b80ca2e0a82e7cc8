"""Tick a step of the protocol for a case, or take the tick away."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.campus.protocol import Protocol
from backend.casework import casework_store
from backend.casework.casework import DoneStep
from backend.casework.telling import tell
from backend.incidents.incident import Incident
from backend.kernel.errors import NotFound


def tick(
    session: Session, incident: Incident, protocol: Protocol, step_id: str, done: bool, *, by: UUID, now: datetime
) -> None:
    """
    The step is done, or is not after all; the same again is fine, and the first who did it stays named.

    Raises NotFound for a step that the protocol does not have, Conflict once the
    case is closed.
    """
    step = protocol.step(step_id)
    if step is None:
        raise NotFound("The checklist of this case has no such step.")
    incident.must_be_open()
    known = casework_store.done_step(session, incident.id, step_id)
    if done == (known is not None):
        return
    if known is None:
        made = DoneStep(incident_id=incident.id, step_id=step_id, done_by=by, done_at=now)
        casework_store.add_step(session, made)
    else:
        casework_store.remove_step(session, known)
    action = "incident.step_done" if done else "incident.step_undone"
    words = f"Done: {step.text}" if done else f"Not done after all: {step.text}"
    tell(session, incident, action, words, by=by, now=now, step=step_id)
