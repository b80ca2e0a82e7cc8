"""Let a case go on under duress, or raise one, so that the person's account knows nothing of it."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from backend.campus import campus_store
from backend.campus.geofence import Position
from backend.incidents import incident_store
from backend.incidents.incident import Incident
from backend.incidents.raising import TapRequest, open_case
from backend.incidents.routing import route
from backend.kernel import audit
from backend.kernel.vocabulary import Kind, Trigger
from backend.people.account import Principal

#: The stage of the line that tells of it; no owner is ever told of this one.
DURESS = "duress"


def go_on(session: Session, incident: Incident, words: str | None, *, by: UUID, now: datetime) -> None:
    """
    An open case goes on as an emergency, silently, whatever it was.

    No bell is rung: the ladders are looked at four times a second anyway, and
    work that begins beside the answer could be told from its time.
    """
    campus = campus_store.newest(session)
    zone = campus.zone(incident.zone_id)
    chosen = route(campus, Kind.EMERGENCY, subtype=None, zone=zone, local_time=campus.local(now))
    policy = campus.policy(Kind.EMERGENCY)
    incident.go_on_under_duress(
        team_id=chosen.team_id, because=chosen.because, wanted=policy.wanted if policy else 1, now=now
    )
    if incident.late_at is not None and policy is not None:
        incident.late_at = min(incident.late_at, now + timedelta(seconds=policy.reask_after_s))
    tell_of(session, incident, words, by=by, now=now)


def raise_concealed(
    session: Session, person: Principal, *, position: Position | None, note: str | None, now: datetime
) -> Incident:
    """
    A silent emergency of this person that to them does not exist.

    The caller answers as if nothing had been raised. Another that is open
    already is returned instead: who types the PIN again needs no second one.
    """
    standing = incident_store.under_duress_of(session, person.id)
    if standing is not None:
        tell_of(session, standing, note, by=person.id, now=now)
        return standing
    press = TapRequest(uuid4(), Kind.EMERGENCY, last_known=position, note=note, silent=True, trigger=Trigger.DURESS_PIN)
    incident = open_case(session, campus_store.newest(session), press, by=person, now=now)
    tell_of(session, incident, None, by=person.id, now=now)
    return incident


def tell_of(session: Session, incident: Incident, words: str | None, *, by: UUID, now: datetime) -> None:
    """A line in the story that officers and the control room read, and one in the log."""
    incident_store.add_progress(session, incident.id, DURESS, at=now, by=by, words=words)
    audit.record(session, "incident.duress", actor=by, about="incident", about_id=incident.id, at=now)
