"""Who may work on a case: a controller of its world, while it is open and in some things for a month after."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.alarms import alarm_store
from backend.alarms.taking import take
from backend.campus import campus_store
from backend.casework import casework_store
from backend.casework.declaring import declare
from backend.casework.linking import link, unlink
from backend.casework.methane import Methane
from backend.casework.reading import read_up_to
from backend.casework.taking_over import take_over
from backend.casework.ticking import tick
from backend.dispatch.asking_anew import ask_anew
from backend.dispatch.facing import Known, as_known_to
from backend.dispatch.following import watchable
from backend.incidents import conversation_store, incident_store
from backend.incidents.incident import Incident
from backend.kernel.errors import NotFound
from backend.kernel.vocabulary import Kind
from backend.people.account import Principal


def take_case(session: Session, incident_id: UUID, *, over: bool, by: Principal, now: datetime) -> Incident:
    """
    This controller looks after the case, and after the alarms that stand about it now; a later one sounds anew.

    Raises NotFound, or Conflict: once it is closed, when it is their own, or
    when a colleague has it and it is not to be taken `over`.
    """
    incident = _locked(session, incident_id, by=by, now=now).incident
    take_over(session, incident, over=over, by=by.id, now=now)
    for standing in alarm_store.of_incident(session, incident.id):
        alarm = alarm_store.by_id(session, standing.id)
        # Asked under its lock: a colleague may have taken it a moment ago, and then it is theirs.
        if alarm is not None and alarm.taken_at is None:
            take(session, alarm.id, by=by.id, exercise=by.exercise, now=now)
    return incident


def ask_officers_again(session: Session, incident_id: UUID, *, by: Principal, now: datetime) -> Incident:
    """Begin the ladder anew. Raises NotFound, or Conflict once it is closed or when enough officers are there."""
    incident = _locked(session, incident_id, by=by, now=now).incident
    ask_anew(session, incident, by=by.id, now=now)
    return incident


def tick_step(
    session: Session, incident_id: UUID, step_id: str, *, done: bool, by: Principal, now: datetime
) -> Incident:
    """Of the protocol that the campus has for it today. Raises NotFound, Conflict once the case is closed."""
    incident = _locked(session, incident_id, by=by, now=now).incident
    protocol = campus_store.newest(session).protocol(Kind(incident.kind), incident.subtype)
    tick(session, incident, protocol, step_id, done, by=by.id, now=now)
    return incident


def report_methane(session: Session, incident_id: UUID, report: Methane, *, by: Principal, now: datetime) -> Incident:
    """The report's next version. Raises NotFound, Conflict once the case is closed."""
    incident = _locked(session, incident_id, by=by, now=now).incident
    declare(session, incident, report, by=by.id, now=now)
    return incident


def link_cases(session: Session, incident_id: UUID, other_id: UUID, *, by: Principal, now: datetime) -> Incident:
    """Both open or closed within a month, of one world. Raises NotFound for either, Invalid, Conflict."""
    one, other = _both(session, incident_id, other_id, by=by, now=now)
    link(session, one, other, by=by.id, now=now)
    return one


def unlink_cases(session: Session, incident_id: UUID, other_id: UUID, *, by: Principal, now: datetime) -> Incident:
    """
    Take them apart again, also from a case that may no longer be looked at: the other one still names it.

    Raises NotFound for a case the control room may not look at, and for such a
    one that this one does not name.
    """
    rows = _rows(session, incident_id, other_id)
    one = _watched(session, rows[incident_id], by=by, now=now).incident
    known = as_known_to(session, rows[other_id], by.id)
    other = known.incident if known is not None else None
    seen = watchable(other, exercise=by.exercise, now=now)
    if other is None or (not seen and casework_store.link_of(session, one.id, other.id) is None):
        raise NotFound("There is no such case.")
    unlink(session, one, other, of_both=seen, by=by.id, now=now)
    return one


def mark_read(session: Session, incident_id: UUID, up_to: UUID, *, by: Principal, now: datetime) -> Incident:
    """
    The control room has read the conversation up to this message; also once the case is closed.

    In their own case a controller is the person in trouble: their reading marks
    nothing. Raises NotFound, also for a message of another case.
    """
    known = _locked(session, incident_id, by=by, now=now)
    said = conversation_store.by_id(session, up_to)
    until = known.said_until
    if said is None or said.incident_id != incident_id or (until is not None and said.number > until):
        raise NotFound("There is no such message in this case.")
    if known.incident.owner_id != by.id:
        read_up_to(session, known.incident, said, by=by.id, now=now)
    return known.incident


def _both(
    session: Session, incident_id: UUID, other_id: UUID, *, by: Principal, now: datetime
) -> tuple[Incident, Incident]:
    rows = _rows(session, incident_id, other_id)
    found = {id_: _watched(session, row, by=by, now=now).incident for id_, row in rows.items()}
    return found[incident_id], found[other_id]


def _rows(session: Session, *incident_ids: UUID) -> dict[UUID, Incident | None]:
    # Always in the same order: two who link the same pair from either side take turns.
    return {id_: incident_store.locked(session, id_) for id_ in sorted(set(incident_ids))}


def _locked(session: Session, incident_id: UUID, *, by: Principal, now: datetime) -> Known:
    return _watched(session, incident_store.locked(session, incident_id), by=by, now=now)


def _watched(session: Session, incident: Incident | None, *, by: Principal, now: datetime) -> Known:
    known = as_known_to(session, incident, by.id)
    if known is None or not watchable(known.incident, exercise=by.exercise, now=now):
        raise NotFound("There is no such case.")
    return known
