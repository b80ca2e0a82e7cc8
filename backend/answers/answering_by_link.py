"""Answer by the link in an e-mail: whoever has it answers for its person, to its broadcast, and reads no more."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.answers.answer_token import read_token
from backend.answers.answering import KEY, answer
from backend.answers.listing import SHOWN_AFTER, view
from backend.broadcasts import broadcast_store, roll_store
from backend.broadcasts.broadcast import Broadcast, Version
from backend.kernel.vocabulary import Answer, Channel
from backend.people import people_store
from backend.people.account import Account


def read_link(session: Session, token: str, *, now: datetime) -> dict[str, Any] | None:
    """
    The broadcast of this link in its newest words, with what was answered; it changes nothing.

    None for a link that we did not make, that is older than a day after the
    end, or whose person is no longer known: whoever tries learns not which.
    """
    found = _found(session, token, now=now)
    if found is None:
        return None
    broadcast, version, person = found
    entry = roll_store.entry(session, broadcast.id, person.id)
    return view(broadcast, version, entry, language=person.language)


def answer_link(session: Session, token: str, given: Answer, *, now: datetime) -> dict[str, Any] | None:
    """Take the answer as the person's own, and show what stands; None as above."""
    found = _found(session, token, now=now)
    if found is None:
        return None
    broadcast, version, person = found
    entry = answer(session, broadcast.id, person.id, given, channel=Channel.EMAIL.value, now=now)
    return view(broadcast, version, entry, language=person.language)


def _found(session: Session, token: str, *, now: datetime) -> tuple[Broadcast, Version, Account] | None:
    ids: tuple[UUID, UUID] | None = read_token(session.info[KEY], token)
    broadcast = broadcast_store.by_id(session, ids[0]) if ids else None
    person = people_store.by_id(session, ids[1]) if ids else None
    if broadcast is None or person is None or broadcast.exercise != person.exercise:
        return None
    if broadcast.ended_at is not None and broadcast.ended_at < now - SHOWN_AFTER:
        return None
    version = broadcast_store.version(session, broadcast.id, broadcast.version)
    return (broadcast, version, person) if version is not None and version.issued_at is not None else None
