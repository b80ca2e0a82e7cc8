"""The end of the work on a concern, which can be taken up again for as long as it is there."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.concerns import concern_store, counting, referral_store
from backend.concerns.advising import must_be_assigned
from backend.concerns.concern import BY_REPORTER, FOR_REPORTER, Concern, EntryKind, Outcome
from backend.concerns.sealing import Envelope
from backend.concerns.working import to_read, to_work_on, write_down
from backend.kernel import audit
from backend.kernel.errors import Conflict


def close(session: Session, concern_id: UUID, outcome: Outcome, *, by: UUID, now: datetime, at_once: bool) -> Concern:
    """
    Close it as what it was triaged to; a round destroys it on its day, which is soon for no concern.

    Raises NotFound, Forbidden for who is not one of its two, and Conflict when it
    was not triaged, to something else, is closed, or a referral waits to be sent.
    """
    concern = to_work_on(session, concern_id, by=by, now=now, at_once=at_once)
    if referral_store.unsent(session, concern.id):
        raise Conflict("A referral waits: send it, and say on which day, or withdraw it.", slug="referral-waits")
    concern.close(outcome, today=now.date())
    counting.count(session, outcome, today=now.date())
    audit.record(session, "concern.closed", actor=by, about="concern", about_id=concern.id, at=now)
    return concern


def reopen(session: Session, concern_id: UUID, because: Envelope, *, by: UUID, now: datetime, at_once: bool) -> Concern:
    """
    Take it up again, for a sealed reason; both clocks are what they would be had it never been closed.

    Raises NotFound, also once it was destroyed; Forbidden for who is not one of
    its two, Invalid for the wrong keys, Conflict when it is open.
    """
    concern = to_read(session, concern_id, by=by, now=now, at_once=at_once)
    must_be_assigned(session, concern, by=by)
    closed_on, outcome = concern.closed_on, concern.outcome
    heard = concern_store.last_day(session, concern.id, BY_REPORTER | FOR_REPORTER)
    concern.reopen(last_word=heard or concern.day, today=now.date())
    if closed_on is not None and outcome is not None:
        counting.take_back(session, Outcome(outcome), closed_on=closed_on, today=now.date())
    write_down(session, concern, EntryKind.NOTE, because, by=by, now=now)
    audit.record(session, "concern.reopened", actor=by, about="concern", about_id=concern.id, at=now)
    return concern
