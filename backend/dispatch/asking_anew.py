"""Ask the officers again from the first rung, because the control room says so."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.casework.telling import tell
from backend.dispatch import offer_store
from backend.dispatch.asking import offer_again
from backend.dispatch.escalating import ladder_of
from backend.dispatch.offer import Offer
from backend.dispatch.standing_down import withdraw
from backend.incidents import incident_store
from backend.incidents.incident import Incident
from backend.incidents.raising import BELL
from backend.kernel.database import wants
from backend.kernel.errors import Conflict
from backend.kernel.vocabulary import OfferState
from backend.people import responder_store


def ask_anew(session: Session, incident: Incident, *, by: UUID, now: datetime) -> None:
    """
    The ladder begins anew: the next round climbs it as it climbs any other.

    Whoever has not answered yet stays asked, and the handsets of those on duty
    ring again; whoever declined may be asked once more. Where enough had said
    yes, those who are not there no longer count, like those who are late.
    Raises Conflict once the case is closed, or when enough are there already.
    """
    incident.must_be_open()
    offers = list(offer_store.of_incident(session, incident.id))
    if ladder_of(incident, offers).staffed:
        _count_on_who_is_there(incident, offers)
    incident.climb += 1
    incident.rung, incident.ladder_from, incident.next_step_at = 0, now, now
    _carry_over(session, incident, [offer for offer in offers if offer.waits], now=now)
    incident_store.add_progress(session, incident.id, "asked_again", at=now, by=None)
    tell(session, incident, "ladder.begun_anew", "Asked the officers again.", by=by, now=now, climb=incident.climb)
    wants(session, BELL)


def _count_on_who_is_there(incident: Incident, offers: list[Offer]) -> None:
    there = [offer for offer in offers if offer.counts and offer.state == OfferState.ON_SCENE.value]
    if len(there) >= incident.wanted:
        raise Conflict("Enough officers are there. Assign one to send another.", slug="enough-there")
    for offer in offers:
        if offer.counts and offer not in there:
            offer.late = True
    incident.late_at = None


def _carry_over(session: Session, incident: Incident, waiting: list[Offer], *, now: datetime) -> None:
    """One question to each officer: the newest goes on, so that nobody is asked twice about the same case."""
    newest = {offer.officer_id: offer for offer in waiting}
    for offer in waiting:
        if newest[offer.officer_id] is not offer:
            withdraw(session, incident, offer, now=now)
            continue
        offer.climb, offer.rung = incident.climb, 0
        # A recall is not sent twice: the message or the call has not been taken back.
        if responder_store.is_on_duty(session, offer.officer_id, now=now):
            offer_again(session, incident, offer, now=now)
