"""End sign-ins: one's own, or all of a person's, at once and on every socket."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.kernel import audit, outbox
from backend.kernel.errors import Forbidden, NotFound
from backend.kernel.events import SignedOut
from backend.kernel.vocabulary import Role
from backend.people import handset_store, people_store, sign_in_store
from backend.people.account import Account, Principal
from backend.people.going_on_duty import leave_duty


def sign_out(session: Session, *, by: Principal, now: datetime) -> None:
    """
    End this sign-in, this person's duty, and this handset's push target.

    From the commit on nothing is pushed to the handset (promise I13).
    """
    sign_in = sign_in_store.get(session, by.token_hash)
    if sign_in is not None:
        sign_in.revoke(now=now)
        _forget_push(session, by.id, sign_in.installation_id)
    leave_duty(session, by.id, now=now)
    audit.record(session, "sign_in.ended", actor=by.id, about="account", about_id=by.id, at=now)
    outbox.keep(session, SignedOut(by.id, token_hash=by.token_hash), at=now)


def leave_console(session: Session, *, by: Principal, now: datetime) -> None:
    """End this sign-in and its sockets. Duty and pushes are the phone's: a desk that is left takes neither."""
    sign_in = sign_in_store.get(session, by.token_hash)
    if sign_in is not None:
        sign_in.revoke(now=now)
    audit.record(session, "sign_in.ended", actor=by.id, about="account", about_id=by.id, at=now)
    outbox.keep(session, SignedOut(by.id, token_hash=by.token_hash), at=now)


def end_sessions(session: Session, person_id: UUID, *, only: UUID | None = None, by: Principal, now: datetime) -> int:
    """
    End every sign-in of a person (a lost phone, a taken role), or `only` the one of this id; how many there were.

    Raises NotFound for nobody, for an id that is none of theirs, and for
    somebody of the other world unless an admin asks; Forbidden when an admin
    who is no controller names themself (role table: "never oneself").
    """
    account = reached(session, person_id, by)
    if person_id == by.id and not by.has(Role.CONTROLLER):
        raise Forbidden("Sign out to end your own sign-in.")
    ended = _end(session, account.id, only, now=now)
    line = "sign_in.ended_by_other" if only is None else "sign_in.one_ended_by_other"
    audit.record(session, line, actor=by.id, about="account", about_id=person_id, at=now)
    return ended


def end_own(session: Session, session_id: UUID, *, by: Principal, now: datetime) -> int:
    """End one of one's own sign-ins, from whichever device is at hand. Raises NotFound for an id of none of them."""
    ended = _end(session, by.id, session_id, now=now)
    audit.record(session, "sign_in.one_ended", actor=by.id, about="account", about_id=by.id, at=now)
    return ended


def reached(session: Session, person_id: UUID, by: Principal) -> Account:
    """This person, if the asker may reach them: an admin both worlds, others their own. Raises NotFound."""
    account = people_store.by_id(session, person_id)
    if account is None or (account.exercise != by.exercise and not by.has(Role.ADMIN, Role.AUDITOR)):
        raise NotFound("There is no such person.")
    return account


def _end(session: Session, person_id: UUID, only: UUID | None, *, now: datetime) -> int:
    """
    End one or all, with their push targets.

    Duty ends with the last sign-in that stands: an officer who lost one of two
    handsets is still there. Whether the other one reaches them is not asked
    here, dispatch asks it anew for every case.
    """
    known = sign_in_store.standing_of(session, person_id)
    ending = [one for one in known if only in (None, one.public_id)]
    if only is not None and not ending:
        raise NotFound("There is no such sign-in.")
    for sign_in in ending:
        sign_in.revoke(now=now)
        if only is not None:
            outbox.keep(session, SignedOut(person_id, token_hash=sign_in.token_hash), at=now)
    left = [one for one in known if one.stands(now=now)]
    claimed = {one.installation_id for one in left}
    for handset in handset_store.of_person(session, person_id):
        # Of a sign-in that never named its handset: any that no other sign-in has named may be the one that is lost.
        if handset.installation_id not in claimed:
            handset.forget_push()
    if not left:
        leave_duty(session, person_id, now=now)
    if only is None:
        outbox.keep(session, SignedOut(person_id), at=now)
    return len(ending)


def _forget_push(session: Session, person_id: UUID, installation_id: str | None) -> None:
    """The handset this sign-in was on; where it never said, all of the person's: rather silent than to a stranger."""
    for handset in handset_store.of_person(session, person_id):
        if installation_id is None or handset.installation_id == installation_id:
            handset.forget_push()
