"""End sign-ins: one's own, or all of a person's, at once and on every socket."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.kernel import audit, outbox
from backend.kernel.errors import Forbidden, NotFound
from backend.kernel.events import SignedOut
from backend.kernel.vocabulary import Role
from backend.people import handset_store, people_store, sign_in_store
from backend.people.account import Principal
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


def end_sessions(session: Session, person_id: UUID, *, by: Principal, now: datetime) -> int:
    """
    End every sign-in of a person (a lost phone, a taken role); how many there were.

    Raises NotFound for nobody, and for somebody of the other world unless an
    admin asks; Forbidden when an admin who is no controller names themself
    (role table: "never oneself").
    """
    account = people_store.by_id(session, person_id)
    if account is None or (account.exercise != by.exercise and not by.has(Role.ADMIN)):
        raise NotFound("There is no such person.")
    if person_id == by.id and not by.has(Role.CONTROLLER):
        raise Forbidden("Sign out to end your own sign-in.")
    standing = sign_in_store.standing_of(session, person_id)
    for sign_in in standing:
        sign_in.revoke(now=now)
    for handset in handset_store.of_person(session, person_id):
        handset.forget_push()
    leave_duty(session, person_id, now=now)
    audit.record(session, "sign_in.ended_by_other", actor=by.id, about="account", about_id=person_id, at=now)
    outbox.keep(session, SignedOut(person_id), at=now)
    return len(standing)


def _forget_push(session: Session, person_id: UUID, installation_id: str | None) -> None:
    """The handset this sign-in was on; where it never said, all of the person's: rather silent than to a stranger."""
    for handset in handset_store.of_person(session, person_id):
        if installation_id is None or handset.installation_id == installation_id:
            handset.forget_push()
