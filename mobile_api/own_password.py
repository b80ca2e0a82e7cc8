"""The one place where a person who is signed in gives their password again."""

from backend.kernel.errors import Forbidden
from backend.people import signing_in
from backend.people.passwords import matches
from backend.web.context import context, now, principal, read, write

#: What every door that asks for it answers to a wrong one.
REFUSED = "wrong-password: the sign-in stands."
SLOWED = "Too many wrong passwords; Retry-After says how long."


def check_own_password(password: str) -> None:
    """
    Judge it off the hub, and count a wrong one; raises Forbidden for that, TooMany for one too many.

    Not Unauthenticated: a slip of the finger must not look like the end of the sign-in.
    """
    tried = read(signing_in.own_attempt, by=principal(), now=now())
    if not context().hashing.call(lambda: matches(tried.password_hash, password)):
        write(signing_in.fail, tried, now=now())
        raise Forbidden("That is not your password.", slug="wrong-password")
