"""Call a case off, or under duress let it look so: first the PIN is weighed, then the case ends or goes on."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.dispatch import offer_store
from backend.dispatch.facing import as_known_to, keep_face
from backend.dispatch.standing_down import end, withdraw
from backend.incidents import incident_store
from backend.incidents.going_on import go_on, raise_concealed
from backend.incidents.incident import Incident
from backend.kernel import audit, outbox
from backend.kernel.errors import NotFound, Refusal
from backend.kernel.events import DuressBegan
from backend.kernel.vocabulary import IncidentState, Kind
from backend.people.account import Principal
from backend.people.verdict import Verdict, refusal_of, weigh


def call_off(
    session: Session, incident_id: UUID, reason: str | None, verdict: Verdict, *, by: Principal, now: datetime
) -> Refusal | None:
    """
    The owner calls it off; again is fine, and needs no PIN.

    Returns the refusal of a missing or wrong PIN or of a resolved case, to be
    raised by the door: what was written must be committed all the same. Raises
    NotFound for a case that is not theirs. What is done under duress answers,
    and goes on answering, exactly as what is not.
    """
    incident = incident_store.locked(session, incident_id)
    known = as_known_to(session, incident, by.id)
    if incident is None or known is None or incident.owner_id != by.id:
        raise NotFound("There is no such case.")
    if not known.incident.open:
        return _again(session, incident, known.incident, reason, verdict, by=by, now=now)
    verdict = weigh(incident, verdict)
    refusal = refusal_of(verdict)
    if refusal is not None:
        audit.record(session, "pin.refused", actor=by.id, about="incident", about_id=incident.id, at=now)
    elif verdict is Verdict.DURESS:
        _seemingly(session, incident, reason, by=by.id, now=now)
    else:
        end(session, incident, IncidentState.CANCELLED, by=by.id, words=reason, now=now)
    return refusal


def _seemingly(session: Session, incident: Incident, reason: str | None, *, by: UUID, now: datetime) -> None:
    """The case ends for its owner, and goes on for everybody else."""
    # Told in the lane of the case as it was: its owner hears of the end no sooner and no later than of a real one.
    outbox.keep(session, DuressBegan(incident.id, Kind(incident.kind)), at=now)
    keep_face(session, incident, reason, by=by, now=now)
    for offer in offer_store.of_incident(session, incident.id):
        if offer.waits:
            # They were asked about another case than this now is; the ladder asks anew, and those it asks do not ring.
            withdraw(session, incident, offer, now=now)
    go_on(session, incident, reason, by=by, now=now)


def _again(
    session: Session,
    incident: Incident,
    shown: Incident,
    reason: str | None,
    verdict: Verdict,
    *,
    by: Principal,
    now: datetime,
) -> Refusal | None:
    """It is over, as far as its owner knows: nothing is left to call off, but a duress PIN is heard all the same."""
    if verdict is not Verdict.FREE:
        # Whichever PIN it was: an answer that had nothing to commit would be quicker than one that had.
        audit.record(session, "incident.cancelled_again", actor=by.id, about="incident", about_id=incident.id, at=now)
    if verdict is Verdict.DURESS:
        raise_concealed(session, by, position=shown.position, note=reason, now=now)
    return None if shown.state == IncidentState.CANCELLED.value else shown.closed_already()
