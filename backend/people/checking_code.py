"""Check a code of a second factor: right, fresh, and not guessed at."""

from datetime import datetime
from math import ceil
from uuid import UUID

from sqlalchemy.orm import Session

from backend.kernel import audit
from backend.kernel.errors import TooMany, Unavailable
from backend.people import second_factor_store, sign_in_store
from backend.people.one_time_code import step_of
from backend.people.sealed import Unreadable, keyring_of, seal, unseal
from backend.people.second_factor import SEALED_AS, SecondFactor, recovery_hash
from backend.people.sign_in import SignInFailures, hash_of


def seal_secret(session: Session, account_id: UUID, secret: str) -> bytes:
    return seal(keyring_of(session), secret.encode(), about=account_id, what=SEALED_AS)


def unseal_secret(session: Session, account_id: UUID, sealed: bytes) -> str | None:
    """None when the key that sealed it is not on the ring, or the ring cannot be read."""
    try:
        return unseal(keyring_of(session), sealed, about=account_id, what=SEALED_AS).decode()
    except (Unreadable, Unavailable):
        return None


def check(session: Session, factor: SecondFactor, code: str, *, now: datetime) -> bool:
    """
    Whether this is a code of the active factor, or one of its recovery codes; it is used up by that.

    A wrong one is counted, so the transaction must be committed in either
    case. Raises TooMany while this person is slowed, and Unavailable for what is
    no recovery code while the factor cannot be opened: nobody can tell whether
    it was wrong.
    """
    not_slowed(session, factor.account_id, now=now)
    assert factor.secret is not None
    secret = unseal_secret(session, factor.account_id, factor.secret)
    step = step_of(secret, digits(code), after=factor.last_step, now=now) if secret is not None else None
    if step is not None:
        factor.take(step)
    elif not _use_recovery_code(session, factor.account_id, code, now=now):
        if secret is None:
            raise Unavailable("Your codes cannot be checked just now: use a recovery code.", slug="no-keys")
        count_failure(session, factor.account_id, now=now)
        return False
    sign_in_store.forget_failures(session, _counted_as(factor.account_id))
    return True


def not_slowed(session: Session, account_id: UUID, *, now: datetime) -> None:
    """Raises TooMany after too many wrong codes. A right password does not end the wait: guessers may have that."""
    failures = sign_in_store.failures_of(session, _counted_as(account_id))
    if failures and failures.slow_until and failures.slow_until > now:
        wait = ceil((failures.slow_until - now).total_seconds())
        raise TooMany(f"Too many wrong codes. Try again in {wait} seconds.", retry_after_s=wait)


def count_failure(session: Session, account_id: UUID, *, now: datetime) -> None:
    """One more wrong code, slowed as passwords are; sign-ins that stand go on."""
    failures = sign_in_store.failures_of(session, _counted_as(account_id))
    if failures is None:
        failures = SignInFailures(email_hash=_counted_as(account_id), failures=0, last_at=now)
        sign_in_store.add_failures(session, failures)
    failures.count_one(now=now)
    audit.record(session, "second_factor.failed", actor=account_id, about="account", about_id=account_id, at=now)


def _use_recovery_code(session: Session, account_id: UUID, code: str, *, now: datetime) -> bool:
    used = second_factor_store.use_recovery_code(session, account_id, recovery_hash(code), now=now)
    if used:
        left = second_factor_store.recovery_codes_left(session, account_id)
        audit.record(
            session, "recovery_code.used", actor=account_id, about="account", about_id=account_id, at=now, left=left
        )
    return used


def digits(code: str) -> str:
    """As typed from a screen that shows it in two groups."""
    return "".join(code.split())


def _counted_as(account_id: UUID) -> str:
    """Beside the failures of passwords, and apart from them: a right password must not forgive a guessed code."""
    return hash_of(f"second factor of {account_id}")
