"""Referrals to an outside body such as Channel: decided by the Prevent lead, sent by a human, never by us."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.concerns import referral_store
from backend.concerns.advising import may_open
from backend.concerns.concern import Concern, EntryKind, Outcome, Referral, Stage
from backend.concerns.referral_sheet import Consent, LegalBasis
from backend.concerns.sealing import Envelope
from backend.concerns.working import to_read, write_down
from backend.kernel import audit
from backend.kernel.errors import Conflict, FieldFault, Invalid, NotFound


@dataclass(frozen=True, slots=True)
class Decision:
    """What the Prevent lead has decided, and the sheet as their client sealed it."""

    consent: Consent
    legal_basis: LegalBasis
    sheet: Envelope


def refer(session: Session, concern_id: UUID, decided: Decision, *, by: UUID, now: datetime, at_once: bool) -> Referral:
    """
    Write a referral down; whether and how it is sent is the lead's own work.

    The door sees to it that only a Prevent lead comes here; they need not be one
    of its two, but must be able to read it. Raises NotFound, Invalid for a basis
    that is not there or the wrong keys, Conflict unless it is open as Prevent.
    """
    concern = _open_as_prevent(session, concern_id, by=by, now=now, at_once=at_once)
    if not decided.legal_basis.goes_with(decided.consent):
        fault = FieldFault("legal_basis", "Consent was not given: it cannot rest on that.")
        raise Invalid("This referral does not rest on what it says.", [fault])
    entry = write_down(session, concern, EntryKind.REFERRAL, decided.sheet, by=by, now=now)
    referral = Referral(
        entry_id=entry.id,
        concern_id=concern.id,
        decided_by=by,
        day=now.date(),
        consent=decided.consent.value,
        legal_basis=decided.legal_basis.value,
    )
    referral_store.add(session, referral)
    facts = {"consent": referral.consent, "legal_basis": referral.legal_basis}
    audit.record(session, "concern.referred", actor=by, about="concern", about_id=concern.id, at=now, **facts)
    return referral


def mark_sent(
    session: Session, concern_id: UUID, referral_id: UUID, sent_on: date, *, by: UUID, now: datetime, at_once: bool
) -> Referral:
    """
    A human has sent it on this day; the same day again is fine.

    Raises NotFound, Invalid for a day before it was decided or still to come,
    Conflict when it says another day.
    """
    concern, referral = _own(session, concern_id, referral_id, by=by, now=now, at_once=at_once)
    if referral.sent_on == sent_on:
        return referral
    if referral.sent_on is not None:
        raise Conflict("It was sent already.", slug="referral-sent", facts={"sent_on": referral.sent_on.isoformat()})
    if not referral.day <= sent_on <= now.date():
        raise Invalid("No such day.", [FieldFault("sent_on", "A day from its decision until today.")])
    referral.sent_on = sent_on
    audit.record(session, "concern.referral_sent", actor=by, about="concern", about_id=concern.id, at=now)
    return referral


def withdraw(session: Session, concern_id: UUID, referral_id: UUID, *, by: UUID, now: datetime, at_once: bool) -> None:
    """
    It will not be sent: sheet and decision are destroyed, and the audit log alone tells that there were any.

    Raises NotFound, and Conflict once it was sent.
    """
    concern, referral = _own(session, concern_id, referral_id, by=by, now=now, at_once=at_once)
    if referral.sent_on is not None:
        raise Conflict("It was sent: what is out cannot be taken back here.", slug="referral-sent")
    referral_store.destroy(session, referral)
    audit.record(session, "concern.referral_withdrawn", actor=by, about="concern", about_id=concern.id, at=now)


def referrals(session: Session, concern_id: UUID, *, by: UUID, now: datetime, at_once: bool) -> Sequence[Referral]:
    """All of a concern's, for who may open it. Raises NotFound."""
    concern = may_open(session, concern_id, by=by, today=now.date(), at_once=at_once)
    return referral_store.of(session, concern.id)


def _open_as_prevent(session: Session, concern_id: UUID, *, by: UUID, now: datetime, at_once: bool) -> Concern:
    concern = to_read(session, concern_id, by=by, now=now, at_once=at_once)
    concern.must_be_open()
    if concern.stage != Stage.TRIAGED.value or concern.outcome != Outcome.PREVENT.value:
        raise Conflict("Its two advisers have not come to Prevent: there is nothing to refer.", slug="not-prevent")
    return concern


def _own(
    session: Session, concern_id: UUID, referral_id: UUID, *, by: UUID, now: datetime, at_once: bool
) -> tuple[Concern, Referral]:
    """The concern and this referral of it, both locked."""
    concern = to_read(session, concern_id, by=by, now=now, at_once=at_once)
    referral = referral_store.locked(session, referral_id)
    if referral is None or referral.concern_id != concern.id:
        raise NotFound("There is no such referral.")
    return concern, referral
