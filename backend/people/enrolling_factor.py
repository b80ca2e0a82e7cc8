"""Take up a second factor: a secret is shown, its first code makes it count."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from backend.kernel import audit
from backend.kernel.errors import NotFound, Unauthenticated
from backend.people import people_store, second_factor_store, sign_in_store
from backend.people.account import Principal
from backend.people.checking_code import check, count_failure, digits, not_slowed, seal_secret, unseal_secret
from backend.people.duty import SHIFT
from backend.people.one_time_code import new_secret, step_of, uri
from backend.people.second_factor import (
    SecondFactor,
    has_to_have_one,
    new_recovery_codes,
    not_begun,
    recovery_hash,
)
from backend.people.stepping_up import GOOD_FOR, code_needed


@dataclass(frozen=True, slots=True)
class Begun:
    """What an authenticator takes: shown once."""

    secret: str
    uri: str


def begin(session: Session, code: str | None, *, by: Principal, now: datetime) -> Begun | None:
    """
    A new secret for somebody whose password was right; None when the code was wrong, which is counted.

    Who has a factor already shows one of its codes, or a recovery code, and
    keeps it until the new one has shown its own. Raises Invalid `code-needed`,
    or TooMany.
    """
    account = people_store.by_id(session, by.id)
    if account is None:
        raise Unauthenticated("Sign in again.")
    factor = second_factor_store.locked(session, by.id)
    if factor is not None and factor.is_active:
        if code is None:
            raise code_needed()
        if not check(session, factor, code, now=now):
            return None
    if factor is None:
        factor = SecondFactor(account_id=by.id)
        second_factor_store.add(session, factor)
    secret = new_secret()
    factor.begin(seal_secret(session, by.id, secret), now=now)
    audit.record(session, "second_factor.begun", actor=by.id, about="account", about_id=by.id, at=now)
    return Begun(secret, uri(secret, holder=account.email))


def activate(session: Session, code: str, *, by: Principal, now: datetime) -> list[str] | None:
    """
    The first code of the secret that waits; ten recovery codes, or None when it was wrong, which is counted.

    From now on it is asked for, on every sign-in of this person: what was
    stepped up without it is not any more. Raises Conflict when nothing waits,
    or what waits cannot be opened.
    """
    not_slowed(session, by.id, now=now)
    factor = second_factor_store.locked(session, by.id) or SecondFactor(account_id=by.id)
    secret = unseal_secret(session, by.id, factor.waiting_secret(now=now))
    if secret is None:
        raise not_begun()
    step = step_of(secret, digits(code), after=None, now=now)
    if step is None:
        count_failure(session, by.id, now=now)
        return None
    factor.activate(step, now=now)
    codes = new_recovery_codes()
    second_factor_store.set_recovery_codes(session, by.id, [recovery_hash(one) for one in codes])
    _forget_step_ups(session, by.id)
    audit.record(session, "second_factor.activated", actor=by.id, about="account", about_id=by.id, at=now)
    return codes


def standing(session: Session, *, demo: bool, by: Principal, now: datetime) -> dict[str, Any]:
    """
    Whether one has a second factor and has to, and whether to ask for a step-up now.

    Asked at the start of a shift: when this sign-in has had none for as long as a shift is.
    """
    factor = second_factor_store.of_person(session, by.id)
    required = has_to_have_one(by.roles, demo=demo)
    until = by.stepped_up_until
    return {
        "active": factor is not None and factor.is_active,
        "since": factor.since if factor else None,
        "required": required,
        "recovery_codes_left": second_factor_store.recovery_codes_left(session, by.id),
        "stepped_up_until": until if by.stepped_up(now=now) else None,
        "ask_now": has_to_have_one(by.roles, demo=False) and _long_ago(until, now),
    }


def forget(session: Session, email: str, *, by: UUID | None, now: datetime) -> None:
    """
    Take away a factor whose authenticator and recovery codes are both lost; `by` is None for the operator.

    Raises NotFound for an unknown address, and for somebody who has none.
    """
    account = people_store.by_email(session, email)
    if account is None or not second_factor_store.forget(session, account.id):
        raise NotFound(f"Nobody here with the address {email} has a second factor.")
    _forget_step_ups(session, account.id)
    audit.record(session, "second_factor.forgotten", actor=by, about="account", about_id=account.id, at=now)


def _forget_step_ups(session: Session, account_id: UUID) -> None:
    for sign_in in sign_in_store.standing_of(session, account_id):
        sign_in.stepped_up_until = None


def _long_ago(until: datetime | None, now: datetime) -> bool:
    stepped_up_at = until - GOOD_FOR if until else None
    return stepped_up_at is None or now - stepped_up_at >= SHIFT
