"""Take a key that was pressed on the telephone: act on it once, and say back what was understood."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.answers.answer_token import read_token
from backend.answers.answering import KEY, take_answer
from backend.broadcasts import broadcast_store
from backend.dispatch import offer_store
from backend.incidents import incident_store
from backend.kernel.errors import NotFound
from backend.kernel.vocabulary import Answer, Channel, Kind
from backend.people import people_store
from notifications import reply_store
from notifications.channels.telephone_account import TelephoneAccount
from notifications.channels.telephone_twiml import read_out, say_back
from notifications.offer_token import read_offer_token
from notifications.recipes import SENTENCES
from notifications.replies import sentences
from notifications.replies.answering_offer import answer_offer, was_asked_by_telephone
from notifications.wording import as_call

ANSWERS = {"1": Answer.SAFE, "2": Answer.NEED_HELP, "3": Answer.NOT_HERE}
YES, NO, AGAIN = "1", "2", "9"


@dataclass(frozen=True, slots=True)
class Pressed:
    """
    A key in a call; `about` are the parts of the address that we gave with it.

    `turn` counts the keys of one call: pressing 1, 2 and 1 again is three answers.
    """

    call: str
    key: str
    turn: int
    about: dict[str, str]


def take_key(session: Session, pressed: Pressed, account: TelephoneAccount, *, now: datetime) -> str:
    """
    What the caller hears next, as TwiML; the same key of the same call again is heard alike and does nothing.

    Raises NotFound for an address that we did not give.
    """
    asked = _about(session, pressed.about)
    again = account.keys_url_of(pressed.about, turn=pressed.turn + 1)
    if pressed.key == AGAIN:
        return asked.read_again(session, again)
    if pressed.key not in asked.keys:
        return say_back(sentences.NOT_A_KEY, keys_url=again)
    key = f"key/{pressed.call}/{asked.id}/{pressed.turn}/{pressed.key}"
    if not reply_store.begin(session, key, now=now):
        return reply_store.said(session, key)
    said = asked.take(session, pressed.key, again, now=now)
    reply_store.end(session, key, said)
    return said


@dataclass(frozen=True, slots=True)
class _Broadcast:
    """Asked how they are."""

    id: UUID
    person_id: UUID
    keys = frozenset(ANSWERS)

    def take(self, session: Session, key: str, again: str, *, now: datetime) -> str:
        given = ANSWERS[key]
        taken = take_answer(session, self.id, self.person_id, given, channel=Channel.VOICE.value, now=now)
        said = sentences.answered(given, sentences.spelt(taken.case.reference) if taken.case else None)
        return say_back(f"{said} {sentences.CHANGE_BY_KEY}", keys_url=again)

    def read_again(self, session: Session, again: str) -> str:
        """In its newest words, which may be others than those they were rung with."""
        person = people_store.by_id(session, self.person_id)
        said = broadcast_store.said(session, self.id)
        if person is None or said is None:
            return say_back(sentences.NOT_ANY_MORE)
        language = said.language_for(person.language)
        return read_out(as_call(said, language), language, keys_url=again)


@dataclass(frozen=True, slots=True)
class _Offer:
    """Asked to come."""

    id: UUID
    keys = frozenset({YES, NO})

    def take(self, session: Session, key: str, again: str, *, now: datetime) -> str:
        offer = offer_store.by_id(session, self.id)
        if offer is None or not was_asked_by_telephone(offer):
            return say_back(sentences.NOT_ANY_MORE)
        return say_back(answer_offer(session, offer, yes=key == YES, now=now, spoken=True))

    def read_again(self, session: Session, again: str) -> str:
        offer = offer_store.by_id(session, self.id)
        incident = incident_store.by_id(session, offer.incident_id) if offer else None
        if offer is None or incident is None or not offer.waits:
            return say_back(sentences.NOT_ANY_MORE)
        asked = sentences.recall(SENTENCES[Kind(incident.kind)], incident.reference, Channel.VOICE)
        return read_out(asked, keys_url=again)


def _about(session: Session, about: dict[str, str]) -> _Broadcast | _Offer:
    """What the address says was asked. Raises NotFound for one that we did not give."""
    signed_by = session.info[KEY]
    if (answered := read_token(signed_by, about.get("answer", ""))) is not None:
        return _Broadcast(*answered)
    if (offer_id := read_offer_token(signed_by, about.get("offer", ""))) is not None:
        return _Offer(offer_id)
    raise NotFound("Nobody was asked that.")
