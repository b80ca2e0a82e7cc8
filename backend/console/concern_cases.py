"""The advisers' door to the work on a concern: triage, notes and replies, referral, the end, and the years' numbers."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.concerns import closing, counting, referring, replying, triaging
from backend.concerns.referral_sheet import SHEET, Consent, LegalBasis
from backend.concerns.referring import Decision
from backend.concerns.triaging import Triage
from backend.console import holding_concerns
from backend.console.concern_case_schemas import (
    ConcernAgreeIn,
    ConcernBecauseIn,
    ConcernCaseOut,
    ConcernCloseIn,
    ConcernHeldOut,
    ConcernHoldIn,
    ConcernStatisticsOut,
    ConcernWrittenIn,
    ReferralIn,
    ReferralOut,
    ReferralSentIn,
    ReferralSheetOut,
    ReferralsOut,
    TriageIn,
    WrittenOut,
)
from backend.console.concern_desk import ADVISING, API, adviser
from backend.console.holding_concerns import Held
from backend.kernel.vocabulary import Role
from backend.people.looking import Look, Shown
from backend.web.access import requires
from backend.web.api import Blueprint
from backend.web.context import context, now, read, write
from backend.web.looks import show

bp = Blueprint(
    "console_concern_cases",
    __name__,
    url_prefix=API,
    description="What two advisers do with a concern.",
)

WORKING = "not-assigned, or concern-closed."
WRONG_KEYS = "wrong-keys: sealed to one too few or too many; `missing` and `superfluous` name them."


@bp.post("/<uuid:concern_id>/triage")
@requires(*ADVISING)
@bp.arguments(TriageIn)
@bp.response(200, ConcernCaseOut)
@bp.alt_response(409, description=f"referral-waits, {WORKING}")
@bp.alt_response(422, description=WRONG_KEYS)
def triage(made: Triage, concern_id: UUID) -> Any:
    """Come to an outcome, with both sealed reasons; until it is closed, again with reasons to another."""
    return write(triaging.triage, concern_id, made, **_who())


@bp.post("/<uuid:concern_id>/notes")
@requires(*ADVISING)
@bp.arguments(ConcernWrittenIn)
@bp.response(201, WrittenOut)
@bp.alt_response(409, description=WORKING)
@bp.alt_response(422, description=WRONG_KEYS)
def note(body: dict[str, Any], concern_id: UUID) -> Any:
    """A note for those who work on it."""
    return write(replying.note, concern_id, body["sealed"], **_who())


@bp.post("/<uuid:concern_id>/replies")
@requires(*ADVISING)
@bp.arguments(ConcernWrittenIn)
@bp.response(201, WrittenOut)
@bp.alt_response(409, description=f"mailbox-ended, {WORKING}")
@bp.alt_response(422, description=WRONG_KEYS)
def reply(body: dict[str, Any], concern_id: UUID) -> Any:
    """An answer, a question or a word of support to the reporter; their mailbox's clock begins anew."""
    return write(replying.reply, concern_id, body["sealed"], **_who())


@bp.get("/referral-sheet")
@requires(*ADVISING)
@bp.response(200, ReferralSheetOut)
def referral_sheet() -> Any:
    """The headings of a referral in the order of the national form; every one is optional and in words."""
    return {"headings": SHEET, "consent": list(Consent), "legal_basis": list(LegalBasis)}


@bp.get("/<uuid:concern_id>/referrals")
@requires(*ADVISING)
@bp.response(200, ReferralsOut)
def referrals(concern_id: UUID) -> Any:
    """What was decided about referring it outside; the sheets are among its sealed entries."""
    return show(_referrals, concern_id, **_who())


@bp.post("/<uuid:concern_id>/referrals")
@requires(Role.PREVENT_LEAD, step_up=True)
@bp.arguments(ReferralIn)
@bp.response(201, ReferralOut)
@bp.alt_response(409, description="not-prevent, or concern-closed.")
@bp.alt_response(422, description=WRONG_KEYS)
def refer(decided: Decision, concern_id: UUID) -> Any:
    """Write a referral down, by the Prevent lead alone; a human sends it, and nothing leaves from here."""
    return write(referring.refer, concern_id, decided, **_who())


@bp.post("/<uuid:concern_id>/referrals/<uuid:referral_id>/sent")
@requires(Role.PREVENT_LEAD, step_up=True)
@bp.arguments(ReferralSentIn)
@bp.response(200, ReferralOut)
@bp.alt_response(409, description="referral-sent: on another day.")
def sent(body: dict[str, Any], concern_id: UUID, referral_id: UUID) -> Any:
    """Say on which day a human has sent it."""
    return write(referring.mark_sent, concern_id, referral_id, body["sent_on"], **_who())


@bp.delete("/<uuid:concern_id>/referrals/<uuid:referral_id>")
@requires(Role.PREVENT_LEAD, step_up=True)
@bp.response(204)
@bp.alt_response(409, description="referral-sent.")
def withdraw(concern_id: UUID, referral_id: UUID) -> Any:
    """Take it back before it is sent: sheet and decision are destroyed."""
    write(referring.withdraw, concern_id, referral_id, **_who())


@bp.post("/<uuid:concern_id>/close")
@requires(*ADVISING)
@bp.arguments(ConcernCloseIn)
@bp.response(200, ConcernCaseOut)
@bp.alt_response(409, description=f"not-triaged, outcome-changed, referral-waits, {WORKING}")
def close(body: dict[str, Any], concern_id: UUID) -> Any:
    """Close it as what it was triaged to; what was no concern is destroyed two weeks later, and counted."""
    return write(closing.close, concern_id, body["outcome"], **_who())


@bp.post("/<uuid:concern_id>/reopen")
@requires(*ADVISING)
@bp.arguments(ConcernBecauseIn)
@bp.response(200, ConcernCaseOut)
@bp.alt_response(409, description="concern-open.")
@bp.alt_response(422, description=WRONG_KEYS)
def reopen(body: dict[str, Any], concern_id: UUID) -> Any:
    """Take it up again for a sealed reason, as long as it is there."""
    return write(closing.reopen, concern_id, body["because"], **_who())


@bp.get("/<uuid:concern_id>/hold")
@requires(*ADVISING)
@bp.response(200, ConcernHeldOut)
def hold_of(concern_id: UUID) -> Any:
    """Whether it is held, and what waits for a second person."""
    return show(_hold, concern_id, **_whom())


@bp.post("/<uuid:concern_id>/hold")
@requires(*ADVISING)
@bp.arguments(ConcernHoldIn)
@bp.response(202, ConcernHeldOut)
@bp.alt_response(409, description="already-held, not-held, not-assigned, or approval-waits: a colleague has asked.")
@bp.alt_response(422, description=WRONG_KEYS)
def hold(body: dict[str, Any], concern_id: UUID) -> Any:
    """Ask a second person for a legal hold, or for its release; asked for the first time, it is kept for a week."""
    return write(holding_concerns.ask_second, concern_id, body["because"], held=body["held"], **_whom())


@bp.post("/<uuid:concern_id>/hold/confirm")
@requires(*ADVISING)
@bp.arguments(ConcernAgreeIn)
@bp.response(200, ConcernHeldOut)
@bp.alt_response(403, description="second-person-needed: who asked cannot agree; step-up-needed.")
@bp.alt_response(409, description="hold-not-asked, or approval-changed: another reason was given.")
def agree(body: dict[str, Any], concern_id: UUID) -> Any:
    """Agree as the second person: while it is held no clock destroys it."""
    return write(holding_concerns.agree, concern_id, body["because"], **_whom())


@bp.delete("/<uuid:concern_id>/hold")
@requires(*ADVISING)
@bp.response(200, ConcernHeldOut)
@bp.alt_response(409, description="hold-not-asked.")
def drop(concern_id: UUID) -> Any:
    """Take back what one asked, or refuse what a colleague did: it is as it was."""
    return write(holding_concerns.drop, concern_id, **_whom())


@bp.get("/statistics")
@requires(*ADVISING, Role.AUDITOR)
@bp.response(200, ConcernStatisticsOut)
def statistics() -> Any:
    """How many were closed with which outcome in each academic year that is over; no number below five."""
    years = read(counting.statistics, today=now().date())
    items = [{"year": one.year, **one.counted.cells, "total": one.counted.total} for one in years]
    return {"items": items, "next_cursor": None}


def _referrals(session: Session, concern_id: UUID, /, **who: Any) -> Shown[dict[str, Any]]:
    found = referring.referrals(session, concern_id, **who)
    return Shown({"items": found, "next_cursor": None}, (Look("concern_referrals.viewed", "concern", concern_id),))


def _hold(session: Session, concern_id: UUID, /, **whom: Any) -> Shown[Held]:
    found = holding_concerns.hold_of(session, concern_id, **whom)
    return Shown(found, (Look("concern_hold.viewed", "concern", concern_id),))


def _who() -> dict[str, Any]:
    """Who asks and when, as the slice knows them: an id and no person; in a demo a concern is shown on its own day."""
    return {"by": adviser().id, "now": now(), "at_once": context().demo}


def _whom() -> dict[str, Any]:
    """The same with the person, whom an approval asks for their roles."""
    return {**_who(), "by": adviser()}
