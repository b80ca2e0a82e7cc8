"""What advisers write in a case: notes among themselves, and answers and support to whoever reported it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.concerns.concern import Entry, EntryKind
from backend.concerns.sealing import Envelope
from backend.concerns.working import to_work_on, write_down
from backend.kernel import audit
from backend.kernel.errors import Conflict


def note(session: Session, concern_id: UUID, envelope: Envelope, *, by: UUID, now: datetime, at_once: bool) -> Entry:
    """For those who work on it. Raises as `to_work_on` does, and Invalid for the wrong keys."""
    concern = to_work_on(session, concern_id, by=by, now=now, at_once=at_once)
    entry = write_down(session, concern, EntryKind.NOTE, envelope, by=by, now=now)
    audit.record(session, "concern.noted", actor=by, about="concern", about_id=concern.id, at=now)
    return entry


def reply(session: Session, concern_id: UUID, envelope: Envelope, *, by: UUID, now: datetime, at_once: bool) -> Entry:
    """
    An answer, a question or a word of support in the reporter's mailbox, whose clock begins anew.

    Raises as `to_work_on` does, Invalid for the wrong keys, and Conflict when the
    mailbox has ended: nobody could read it there.
    """
    concern = to_work_on(session, concern_id, by=by, now=now, at_once=at_once)
    if concern.mailbox_until < now.date():
        raise Conflict("The reporter's mailbox has ended: nobody would read this.", slug="mailbox-ended")
    entry = write_down(session, concern, EntryKind.REPLY, envelope, to_reporter=True, by=by, now=now)
    concern.word_came(now.date())
    audit.record(session, "concern.replied", actor=by, about="concern", about_id=concern.id, at=now)
    return entry
