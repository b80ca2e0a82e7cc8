"""Take a text: find out who it is from and what it answers, act on it once, and say what was understood."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from backend.answers.answering import take_answer
from backend.broadcasts import roll_store
from backend.broadcasts.roll_store import Asked
from backend.dispatch import offer_store
from backend.dispatch.offer import Offer
from backend.incidents import incident_store
from backend.incidents.raising import TapRequest, take_tap
from backend.kernel.vocabulary import Answer, Channel, Kind, Trigger
from backend.people import people_store
from backend.people.account import Account
from backend.people.standing_in import stand_in_for
from notifications import reply_store
from notifications.channels.telephone_twiml import text_back
from notifications.replies import sentences
from notifications.replies.answering_offer import answer_offer, was_asked_by_telephone
from notifications.replies.calling_for_a_number import call_for
from notifications.replies.understood import Heard, understand

#: An answer counts for a broadcast for so long after its end: need help is need help.
COUNTS_ON = timedelta(hours=24)

#: A case that is called for by text is that of this text, however often it is sent.
TEXTS = UUID("a7c3f0de-0a86-4b7d-9b53-3f4f1f2f6c21")


def take_text(session: Session, sid: str, number: str, text: str, *, now: datetime) -> str:
    """
    What is texted back, as TwiML; the same text again is answered alike and does nothing.

    Raises nothing for what it says: a text that cannot be read is told how.
    """
    key = f"text/{sid}"
    if not reply_store.begin(session, key, now=now):
        return reply_store.said(session, key)
    said = text_back(_answered(session, sid, number, understand(text), text, now=now))
    reply_store.end(session, key, said)
    return said


def _answered(session: Session, sid: str, number: str, heard: Heard, text: str, *, now: datetime) -> str:
    people = people_store.with_mobile(session, number)
    if not people:
        return sentences.UNKNOWN_NUMBER
    if len(people) > 1:
        # Whose answer it is nobody can tell. That somebody needs help can be told.
        if heard.answer is not Answer.NEED_HELP:
            return sentences.SHARED_NUMBER
        call_for(session, people, number, text, sid=sid, now=now)
        return sentences.HELP_CALLED
    return _answer_of(session, sid, people[0], heard, text, now=now)


def _answer_of(session: Session, sid: str, person: Account, heard: Heard, text: str, *, now: datetime) -> str:
    if heard.case is not None and heard.yes is not None:
        return _about_case(session, person, heard.case, yes=heard.yes, now=now)
    offers = [one for one in offer_store.waiting_for(session, person.id) if was_asked_by_telephone(one)]
    asked = next(iter(roll_store.asked_of(session, person.id, ended_after=now - COUNTS_ON)), None)
    if heard.yes is not None and offers and _is_about_the_offer(offers, asked):
        if len(offers) > 1:
            return sentences.WHICH_CASE
        return answer_offer(session, offers[0], yes=heard.yes, now=now)
    if heard.answer is not None and offers and asked is not None and heard.digit and heard.answer is Answer.SAFE:
        return _asked_twice(session, offers)
    if heard.answer is not None and asked is not None:
        taken = take_answer(
            session, asked.broadcast_id, person.id, heard.answer, channel=Channel.SMS.value, note=heard.rest, now=now
        )
        said = f"{sentences.answered(heard.answer, taken.case.reference if taken.case else None)} {sentences.CHANGE}"
        meant_no = heard.digit and heard.answer is Answer.NEED_HELP and offers
        return f"{said} {sentences.MEANT_NO.format(case=_reference(session, offers[0]))}" if meant_no else said
    if heard.calls_in_words:
        tap = TapRequest(uuid5(TEXTS, sid), Kind.EMERGENCY, note=text[:2000], trigger=Trigger.PHONED_IN)
        take_tap(session, tap, by=stand_in_for(session, person.id), now=now)
        return sentences.HELP_CALLED
    if offers and asked is not None:
        return _asked_twice(session, offers)
    return sentences.HOW if asked is not None else sentences.NOTHING_ASKED


def _is_about_the_offer(offers: Sequence[Offer], asked: Asked | None) -> bool:
    """
    Whether a bare yes or no, or a bare 1 or 2, answers the offer that waits.

    It does when nothing else was asked since. While a broadcast is in force
    both may be meant, and then only words that name one of them will do.
    """
    if asked is None:
        return True
    return not asked.in_force and asked.told_at < max(one.offered_at for one in offers)


def _about_case(session: Session, person: Account, number: int, *, yes: bool, now: datetime) -> str:
    incident = incident_store.by_number(session, number)
    offer = offer_store.latest_of(session, incident.id, person.id) if incident else None
    if offer is None or not was_asked_by_telephone(offer):
        return sentences.UNKNOWN_CASE
    return answer_offer(session, offer, yes=yes, now=now)


def _asked_twice(session: Session, offers: Sequence[Offer]) -> str:
    return sentences.ASKED_TWICE.format(case=_reference(session, offers[-1]))


def _reference(session: Session, offer: Offer) -> str:
    incident = incident_store.by_id(session, offer.incident_id)
    return incident.reference if incident else ""
