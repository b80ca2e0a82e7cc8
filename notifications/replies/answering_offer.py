"""Answer an offer by text or by key: the same yes and the same no as by the app, for somebody who was rung."""

from datetime import datetime

from sqlalchemy.orm import Session

from backend.dispatch.acknowledging import acknowledge, decline
from backend.dispatch.offer import Offer
from backend.incidents import incident_store
from backend.kernel.errors import Conflict, Refusal
from backend.kernel.vocabulary import Channel, Role
from backend.people import people_store
from backend.people.standing_in import stand_in_for
from notifications.replies import sentences

#: Only who was asked by telephone may answer by it: a number can be feigned, and an app cannot.
BY_TELEPHONE = frozenset({Channel.SMS.value, Channel.VOICE.value})

TAKEN = "offer-taken"


def was_asked_by_telephone(offer: Offer) -> bool:
    return bool(BY_TELEPHONE.intersection(offer.by))


def answer_offer(session: Session, offer: Offer, *, yes: bool, now: datetime, spoken: bool = False) -> str:
    """
    What is said back; a yes puts its officer on duty first, and one that comes too late stands them down.

    An officer who is none any more takes no case.
    """
    officer = stand_in_for(session, offer.officer_id)
    account = people_store.by_id(session, offer.officer_id)
    incident = incident_store.by_id(session, offer.incident_id)
    reference = incident.reference if incident else ""
    case = sentences.spelt(reference) if spoken else reference
    if account is None or not account.active or not officer.has(Role.OFFICER):
        return sentences.OVER.format(case=case)
    try:
        if yes:
            acknowledge(session, offer.id, by=officer, now=now)
            return sentences.COMING.format(case=case)
        decline(session, offer.id, "by telephone", by=officer, now=now)
    except Refusal as refusal:
        taken = isinstance(refusal, Conflict) and refusal.kind == TAKEN
        return (sentences.STAND_DOWN if taken else sentences.OVER).format(case=case)
    return sentences.NOT_COMING.format(case=case)
