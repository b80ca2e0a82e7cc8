"""What two advisers make of a concern: an outcome, why, and what speaks against it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.concerns import referral_store
from backend.concerns.concern import Concern, EntryKind, Outcome
from backend.concerns.sealing import Envelope
from backend.concerns.working import to_work_on, write_down
from backend.kernel import audit
from backend.kernel.errors import Conflict


@dataclass(frozen=True, slots=True)
class Triage:
    """An outcome with both its reasons; whoever has found nothing that speaks against it has not looked."""

    outcome: Outcome
    rationale: Envelope
    against: Envelope


def triage(session: Session, concern_id: UUID, made: Triage, *, by: UUID, now: datetime, at_once: bool) -> Concern:
    """
    Come to an outcome, or with reasons again to another one, until the concern is closed.

    Raises NotFound, Forbidden for who is not one of its two, Invalid for the wrong
    keys, and Conflict when it is closed, nobody's, or about to be referred as Prevent.
    """
    concern = to_work_on(session, concern_id, by=by, now=now, at_once=at_once)
    if made.outcome is not Outcome.PREVENT and referral_store.unsent(session, concern.id):
        raise Conflict("A referral waits to be sent. The Prevent lead withdraws it first.", slug="referral-waits")
    concern.triage(made.outcome)
    write_down(session, concern, EntryKind.RATIONALE, made.rationale, by=by, now=now)
    write_down(session, concern, EntryKind.AGAINST, made.against, by=by, now=now)
    # Not the outcome: the log outlives the concern, and whoever reads it could count below five.
    audit.record(session, "concern.triaged", actor=by, about="concern", about_id=concern.id, at=now)
    return concern
