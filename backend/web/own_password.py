"""Where a password is judged: at every sign-in, and when a person who is signed in gives theirs again."""

from typing import TypeVar
from uuid import UUID

from backend.kernel.errors import Forbidden, Unauthenticated
from backend.people import signing_in
from backend.people.passwords import matches
from backend.web.context import context, now, principal, read, write

T = TypeVar("T")

#: What every door that asks for it answers to a wrong one.
REFUSED = "wrong-password: the sign-in stands."
SLOWED = "Too many wrong passwords; Retry-After says how long."


def whose_password(email: str, password: str) -> UUID:
    """
    The account of this address, if the password is its own; judged off the hub, and a wrong one is counted.

    Raises Unauthenticated for a wrong one, TooMany for one too many.
    """
    tried = read(signing_in.attempt, email, now=now())
    right = context().hashing.call(lambda: matches(tried.password_hash, password))
    if not right or tried.account_id is None:
        write(signing_in.fail, tried, now=now())
        raise Unauthenticated(signing_in.WRONG)
    return tried.account_id


def check_own_password(password: str) -> None:
    """
    Judge it off the hub, and count a wrong one; raises Forbidden for that, TooMany for one too many.

    Not Unauthenticated: a slip of the finger must not look like the end of the sign-in.
    """
    tried = read(signing_in.own_attempt, by=principal(), now=now())
    if not context().hashing.call(lambda: matches(tried.password_hash, password)):
        write(signing_in.fail, tried, now=now())
        raise Forbidden("That is not your password.", slug="wrong-password")


def right_code(outcome: T | None) -> T:
    """What came of a right code; a wrong one has been counted by now. Raises Forbidden `wrong-code`."""
    if outcome is None:
        raise Forbidden("That code is wrong, or was used already.", slug="wrong-code")
    return outcome
