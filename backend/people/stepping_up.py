"""Step up: the password again, and a code, before something that a found or borrowed screen must not do."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from backend.kernel import audit
from backend.kernel.errors import FieldFault, Forbidden, Invalid, Unauthenticated
from backend.people import second_factor_store, sign_in_store
from backend.people.account import Principal
from backend.people.checking_code import check
from backend.people.second_factor import has_to_have_one

#: How long it is good for (contract, "Roles").
GOOD_FOR = timedelta(minutes=15)


def step_up(session: Session, code: str | None, *, demo: bool, by: Principal, now: datetime) -> datetime | None:
    """
    Make this sign-in, and no other, good for what asks for a step-up; until when.

    For somebody whose password was right. None when the code was wrong, which
    is counted. Raises Invalid `code-needed` for who has a second factor and
    gave no code, Forbidden `second-factor-needed` for who has none and must,
    TooMany for who guesses.
    """
    factor = second_factor_store.locked(session, by.id)
    if factor is not None and factor.is_active:
        if code is None:
            raise code_needed()
        if not check(session, factor, code, now=now):
            return None
    elif has_to_have_one(by.roles, demo=demo):
        raise Forbidden(
            "Take up a second factor first: an app on your own phone that shows codes.", slug="second-factor-needed"
        )
    sign_in = sign_in_store.get(session, by.token_hash)
    if sign_in is None or not sign_in.stands(now=now):
        raise Unauthenticated("Sign in again.")
    sign_in.stepped_up_until = now + GOOD_FOR
    audit.record(session, "sign_in.stepped_up", actor=by.id, about="account", about_id=by.id, at=now)
    return sign_in.stepped_up_until


def code_needed() -> Invalid:
    """Told to who has a second factor and gave none of its codes."""
    fault = FieldFault("code", "The six digits of your authenticator, or a recovery code.")
    return Invalid("Your second factor is needed as well.", [fault], slug="code-needed")
