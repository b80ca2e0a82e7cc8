"""Two persons for a concern's legal hold: one asks for a sealed reason, a second one who has read it agrees."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from backend.approvals import approval_store
from backend.approvals.approval import Approval, ApprovalState
from backend.approvals.asking_second import ask, take_back
from backend.approvals.confirming_second import confirm, refuse, spend
from backend.approvals.deed import Deed, deed
from backend.concerns import concern_store, holding
from backend.concerns.advising import may_open
from backend.concerns.concern import STAY, Concern, EntryKind
from backend.concerns.sealing import Envelope
from backend.console.concern_desk import ADVISING
from backend.kernel.errors import Conflict
from backend.people.account import Principal

#: The deeds that need two, by what the concern is afterwards.
DEEDS = {True: "concern.hold", False: "concern.release"}

#: Advisers are no shift: the question waits as long as the clock does.
GOOD_FOR: timedelta = STAY


@dataclass(frozen=True, slots=True)
class Held:
    """Whether a concern is held, and what waits for a second person: to hold it or to release it, by which entry."""

    held: bool
    data_until: date
    asked: str | None
    because: UUID | None
    mine: bool


def ask_second(
    session: Session, concern_id: UUID, because: Envelope, *, held: bool, by: Principal, now: datetime, at_once: bool
) -> Held:
    """
    Ask a second person that it be held from now on, or no longer; until they agree it is as it was.

    Asking again is for another reason. Raises NotFound, Invalid for the wrong
    keys, Conflict when it is so already, nobody's, or a colleague has asked.
    """
    concern = holding.to_hold(session, concern_id, by=by.id, now=now, at_once=at_once)
    entry = holding.give_reason(session, concern, because, held=held, by=by.id, now=now)
    # Beside the role, the second person must be able to read the concern.
    ask(session, _deed(concern, entry.id), roles=ADVISING, good_for=GOOD_FOR, by=by, now=now)
    return _told(session, concern, by=by, now=now)


def agree(session: Session, concern_id: UUID, because: UUID, *, by: Principal, now: datetime, at_once: bool) -> Held:
    """
    Agree as the second person to the reason they have read, by its entry's id.

    Raises NotFound, Forbidden for who asked or has not given their password again,
    Conflict when nobody has asked, or for another reason meanwhile.
    """
    concern = holding.to_hold(session, concern_id, by=by.id, now=now, at_once=at_once)
    agreed = _deed(concern, because)
    confirm(session, _asked(session, concern, now=now).id, agreed, by=by, now=now)
    spend(session, agreed, by=by, now=now)
    change = holding.release if concern.held else holding.hold
    change(session, concern, by=by.id, now=now)
    return _told(session, concern, by=by, now=now)


def drop(session: Session, concern_id: UUID, *, by: Principal, now: datetime, at_once: bool) -> Held:
    """It stays as it is: who asked takes that back, the other refuses. Raises NotFound; Conflict: nobody has asked."""
    concern = holding.to_hold(session, concern_id, by=by.id, now=now, at_once=at_once)
    asked = _asked(session, concern, now=now)
    decide = take_back if asked.asked_by == by.id else refuse
    decide(session, asked.id, by=by, now=now)
    return _told(session, concern, by=by, now=now)


def hold_of(session: Session, concern_id: UUID, *, by: Principal, now: datetime, at_once: bool) -> Held:
    """As it is now, for who may open it. Raises NotFound."""
    concern = may_open(session, concern_id, by=by.id, today=now.date(), at_once=at_once)
    return _told(session, concern, by=by, now=now)


def _deed(concern: Concern, because: UUID) -> Deed:
    """What is sealed never changes: its entry's id is exactly these words."""
    return deed(DEEDS[not concern.held], concern.id, because=because)


def _asked(session: Session, concern: Concern, *, now: datetime) -> Approval:
    asked = approval_store.asked(session, DEEDS[not concern.held], str(concern.id))
    if asked is None or asked.state_at(now) is not ApprovalState.ASKED:
        raise Conflict("Nobody has asked for this.", slug="hold-not-asked")
    return asked


def _told(session: Session, concern: Concern, *, by: Principal, now: datetime) -> Held:
    what = DEEDS[not concern.held]
    asked = approval_store.question(session, what, str(concern.id))
    waits = asked is not None and asked.state_at(now) is ApprovalState.ASKED
    mine = asked is not None and asked.asked_by == by.id
    because = concern_store.newest_of(session, concern.id, EntryKind.HOLD) if waits else None
    return Held(
        held=concern.held,
        data_until=concern.data_until,
        asked=what.rpartition(".")[2] if waits else None,
        because=because.id if because else None,
        mine=waits and mine,
    )
