"""Sign in, renew, accept an invitation, change a password."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import ceil
from uuid import UUID

from sqlalchemy.orm import Session

from backend.kernel import audit, outbox
from backend.kernel.errors import Forbidden, Invalid, TooMany, Unauthenticated
from backend.kernel.events import SignedOut
from backend.kernel.vocabulary import DESK_ROLES
from backend.people import handset_store, people_store, sign_in_store
from backend.people.account import Account, Principal
from backend.people.duty import SHIFT
from backend.people.losing_targets import telling_of_reach
from backend.people.sign_in import GOOD_FOR, NOTED_EVERY, SignIn, SignInFailures, console_hash_of, hash_of, new_secret

WRONG = "That address and password do not go together."
UNKNOWN = "Sign in first."
NO_DESK = "The console is for the control room, advisers, administrators and auditors: yours is the phone, at /app."


@dataclass(frozen=True, slots=True)
class Attempt:
    """What is needed to check a password away from the database."""

    email: str
    account_id: UUID | None
    password_hash: str | None


@dataclass(frozen=True, slots=True)
class Welcome:
    """A new or renewed sign-in; `token` is known to its holder alone."""

    token: str
    expires_at: datetime
    person: Principal


def attempt(session: Session, email: str, *, now: datetime) -> Attempt:
    """Whose password is to be checked. Raises TooMany while this address is slowed."""
    email = email.strip().lower()
    failures = sign_in_store.failures_of(session, hash_of(email))
    if failures and failures.slow_until and failures.slow_until > now:
        wait = ceil((failures.slow_until - now).total_seconds())
        raise TooMany(f"Too many wrong passwords. Try again in {wait} seconds.", retry_after_s=wait)
    account = people_store.by_email(session, email)
    if account is None or not account.active:
        return Attempt(email, None, None)
    return Attempt(email, account.id, account.password_hash)


def fail(session: Session, tried: Attempt, *, now: datetime) -> None:
    """Count a wrong password. Sign-ins that stand are never ended by it."""
    email_hash = hash_of(tried.email)
    failures = sign_in_store.failures_of(session, email_hash)
    if failures is None:
        failures = SignInFailures(email_hash=email_hash, failures=0, last_at=now)
        sign_in_store.add_failures(session, failures)
    failures.count_one(now=now)
    audit.record(session, "sign_in.failed", actor=None, about="account", about_id=tried.account_id, at=now)


def sign_in(session: Session, account_id: UUID, *, now: datetime) -> Welcome:
    """Give a person whose password was right a new sign-in."""
    account = people_store.by_id(session, account_id)
    if account is None or not account.active:
        raise Unauthenticated(WRONG)
    sign_in_store.forget_failures(session, hash_of(account.email))
    return _welcome(session, account, now=now)


def sign_in_at_console(session: Session, account_id: UUID, *, instead_of: str | None = None, now: datetime) -> Welcome:
    """
    The same for the console's cookie: it ends with the shift, and the sign-in whose secret it replaces ends now.

    Raises Forbidden for who has nothing to do there; then nothing stays behind.
    """
    account = people_store.by_id(session, account_id)
    if account is None or not account.active:
        raise Unauthenticated(WRONG)
    if not people_store.roles_of(session, account_id) & DESK_ROLES:
        raise Forbidden(NO_DESK, slug="no-console-role")
    sign_in_store.forget_failures(session, hash_of(account.email))
    if instead_of is not None:
        _end_replaced(session, console_hash_of(instead_of), now=now)
    return _welcome(session, account, as_kept=console_hash_of, good_for=SHIFT, now=now)


def renew(session: Session, token: str, *, by: Principal, now: datetime) -> Welcome:
    """Slide the sign-in on. The token stays the same, so that an answer lost on the way signs nobody out."""
    sign_in = sign_in_store.get(session, by.token_hash)
    if sign_in is None or not sign_in.stands(now=now):
        raise Unauthenticated("Sign in again.")
    sign_in.renew(now=now)
    audit.record(session, "sign_in.renewed", actor=by.id, about="account", about_id=by.id, at=now)
    return Welcome(token, sign_in.expires_at, by)


def accept_invitation(session: Session, code: str, password_hash: str, *, now: datetime) -> Welcome:
    """Set the first password and sign in. Raises Invalid for a code that is unknown, used or too old."""
    invitation = sign_in_store.invitation(session, hash_of(code))
    if invitation is None or invitation.accepted_at or invitation.expires_at <= now:
        raise Invalid("This invitation is no longer good. Ask for a new one.", slug="invitation-not-good")
    account = people_store.by_id(session, invitation.account_id)
    if account is None or not account.active:
        raise Invalid("This invitation is no longer good. Ask for a new one.", slug="invitation-not-good")
    invitation.accepted_at = now
    account.password_hash = password_hash
    audit.record(session, "invitation.accepted", actor=account.id, about="account", about_id=account.id, at=now)
    return _welcome(session, account, now=now)


def own_attempt(session: Session, *, by: Principal, now: datetime) -> Attempt:
    """The same for one's own password, before it may be changed. Raises TooMany while one is slowed."""
    account = people_store.by_id(session, by.id)
    return attempt(session, account.email if account else "", now=now)


def change_password(session: Session, password_hash: str, *, by: Principal, now: datetime) -> None:
    """A new password ends every other sign-in of this person, and keeps this one."""
    account = people_store.lock(session, by.id)
    account.password_hash = password_hash
    for sign_in in sign_in_store.standing_of(session, by.id):
        if sign_in.token_hash != by.token_hash:
            sign_in.revoke(now=now)
    with telling_of_reach(session, [by.id], now=now):
        for handset in handset_store.of_person(session, by.id):
            # A signed-out handset gets nothing (promise I13).
            if handset.installation_id != by.installation_id:
                handset.forget_push()
    audit.record(session, "password.changed", actor=by.id, about="account", about_id=by.id, at=now)


def recognise(session: Session, token: str, *, now: datetime) -> Principal | None:
    """
    The person behind a token, or None when it is unknown, ended or long expired.

    One that ran out less than 30 days ago is recognised with `expired_at`; only a tap accepts it.
    """
    return recognise_kept(session, hash_of(token), now=now)


def recognise_kept(session: Session, token_hash: str, *, now: datetime) -> Principal | None:
    """The same by what is kept of it."""
    found = sign_in_store.by_hash(session, token_hash)
    if found is None:
        return None
    sign_in, person = found
    if not sign_in.can_tap(now=now):
        return None
    return person if sign_in.stands(now=now) else replace(person, expired_at=sign_in.expires_at)


def note_use(session: Session, token_hash: str, *, now: datetime) -> None:
    """Remember that a request came: it keeps an officer reachable for ten minutes."""
    sign_in = sign_in_store.get(session, token_hash)
    if sign_in is not None and now - sign_in.used_at >= NOTED_EVERY:
        sign_in_store.note_use(session, token_hash, now=now)


def _end_replaced(session: Session, token_hash: str, *, now: datetime) -> None:
    replaced = sign_in_store.get(session, token_hash)
    if replaced is not None and replaced.stands(now=now):
        replaced.revoke(now=now)
        owner = replaced.account_id
        audit.record(session, "sign_in.ended", actor=owner, about="account", about_id=owner, at=now)
        outbox.keep(session, SignedOut(owner, token_hash=token_hash), at=now)


def _welcome(
    session: Session,
    account: Account,
    *,
    as_kept: Callable[[str], str] = hash_of,
    good_for: timedelta = GOOD_FOR,
    now: datetime,
) -> Welcome:
    token = new_secret()
    sign_in = SignIn(
        token_hash=as_kept(token), account_id=account.id, created_at=now, expires_at=now + good_for, used_at=now
    )
    sign_in_store.add(session, sign_in)
    audit.record(session, "sign_in.begun", actor=account.id, about="account", about_id=account.id, at=now)
    person = Principal(
        account.id, account.name, people_store.roles_of(session, account.id), account.exercise, sign_in.token_hash
    )
    return Welcome(token, sign_in.expires_at, person)
