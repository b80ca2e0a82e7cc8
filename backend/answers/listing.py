"""What one person is told by broadcasts: what is for them, in their language, with what they have said to it."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from backend.answers import own_store
from backend.broadcasts.audience import audience_of
from backend.broadcasts.broadcast import Broadcast, Version, spoken
from backend.broadcasts.roll import RollEntry
from backend.broadcasts.spoken import ENGLISH
from backend.campus.languages import direction
from backend.people import people_store
from backend.people.account import Principal

#: For so long a phone that was off still reads how it ended, and a link in an e-mail can still be answered.
SHOWN_AFTER = timedelta(hours=24)


def told_to(session: Session, *, by: Principal, in_force_only: bool, now: datetime) -> list[dict[str, Any]]:
    """
    What is in force for this person, the newest words first, and what ended in the last 24 hours, marked `ended`.

    One item a thread, in its newest words: of an alert that was cleared only
    the all clear is told. For this person is what they are on the roll of, and
    what is for everybody of their world; an exercise never meets anybody else.
    """
    account = people_store.by_id(session, by.id)
    language = account.language if account else ENGLISH
    rows = own_store.told(session, by.id, exercise=by.exercise, ended_after=now - SHOWN_AFTER)
    return [
        view(broadcast, version, entry, language=language)
        for broadcast, version, entry in rows
        if (broadcast.in_force or not in_force_only) and is_for(broadcast, entry)
    ]


def is_for(broadcast: Broadcast, entry: RollEntry | None) -> bool:
    """Whether somebody with this place on its roll, or with none, is meant by it."""
    return entry is not None or audience_of(broadcast.audience).everyone


def view(broadcast: Broadcast, version: Version, entry: RollEntry | None, *, language: str) -> dict[str, Any]:
    """One broadcast as one person's phone shows it: these words, in this language or its nearest, else in English."""
    said = spoken(broadcast, version)
    read_in = said.language_for(language)
    words = said.words[read_in]
    seen = entry.displayed_version if entry else 0
    return {
        "id": broadcast.id,
        "version": said.version,
        "hash": said.hash,
        "part": said.part,
        "kind": said.purpose,
        "severity": said.severity,
        "title": words.title,
        "body": words.body,
        "language": read_in,
        "direction": direction(read_in),
        "since": broadcast.issued_at,
        "issued_at": said.issued_at,
        "next_update_at": said.next_update_at if broadcast.in_force else None,
        "exercise": said.exercise,
        "ended": not broadcast.in_force,
        "ended_at": broadcast.ended_at,
        "seen_version": seen,
        "unread": seen < said.version,
        "my_answer": entry.answer if entry else None,
        "answered_at": entry.answered_at if entry else None,
    }
