"""How all work on a concern begins and is written: by one of its two, sealed to exactly those who may read it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.concerns import concern_store
from backend.concerns.advising import must_be_assigned, open_to_change, required_keys
from backend.concerns.concern import Concern, Entry, EntryKind
from backend.concerns.sealing import REPORTER, Envelope
from backend.kernel.errors import Invalid


def to_read(session: Session, concern_id: UUID, *, by: UUID, now: datetime, at_once: bool) -> Concern:
    """The concern, for who may open it; nobody else writes in it until the commit. Raises NotFound."""
    return open_to_change(session, concern_id, by=by, today=now.date(), at_once=at_once)


def to_work_on(session: Session, concern_id: UUID, *, by: UUID, now: datetime, at_once: bool) -> Concern:
    """
    The open concern, for one of its two.

    Raises NotFound, Forbidden for who may read it and is not one of them, and
    Conflict while nobody is assigned or when it is closed.
    """
    concern = to_read(session, concern_id, by=by, now=now, at_once=at_once)
    must_be_assigned(session, concern, by=by)
    concern.must_be_open()
    return concern


def write_down(
    session: Session,
    concern: Concern,
    kind: EntryKind,
    envelope: Envelope,
    *,
    to_reporter: bool = False,
    by: UUID,
    now: datetime,
) -> Entry:
    """
    The next entry. Raises Invalid when it is sealed to one too few or too many.

    Their keys may have changed since they were read: the facts name which are
    missing and which are nobody's here.
    """
    wanted = {*required_keys(session, concern), *([REPORTER] if to_reporter else [])}
    given = set(envelope.copies)
    if given != wanted:
        facts = {"missing": sorted(wanted - given), "superfluous": sorted(given - wanted)}
        raise Invalid("Seal it to exactly those who read this concern now.", slug="wrong-keys", facts=facts)
    return concern_store.enter(session, concern.id, kind, envelope, written_by=by, today=now.date())
