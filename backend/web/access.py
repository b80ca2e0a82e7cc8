"""Who may come through a door."""

from collections.abc import Callable, Collection
from datetime import datetime
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import g, request

from backend.kernel.errors import Forbidden, Unauthenticated, step_up_needed
from backend.kernel.vocabulary import Role
from backend.people.account import Principal
from backend.people.sign_in import NOTED_EVERY, console_hash_of
from backend.people.signing_in import UNKNOWN, note_use, recognise, recognise_kept
from backend.web import console_cookie
from backend.web.context import now, read, write

P = ParamSpec("P")
T = TypeVar("T")

EXPIRED = "Your sign-in has ended. Sign in again."

#: What OpenAPI says of a door with a lock; `access` reads it back, so that the document and the lock are one.
ROLES = "x-roles"

#: The same, of those roles that have to have stepped up.
STEP_UP = "x-step-up"


def requires(*roles: Role, step_up: bool | Collection[Role] = False) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """
    Only for people with any of these roles; Role.MEMBER is everybody signed in.

    With `step_up` the password must have been given again a short while ago:
    by everybody, or by those who come by one of the roles named.

    Raises Unauthenticated or Forbidden before the door sees the request.
    """
    stepping = roles if step_up is True else tuple(step_up or ())
    free = tuple(role for role in roles if role not in stepping)

    def guard(door: Callable[P, T]) -> Callable[P, T]:
        @wraps(door)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> T:
            person = signed_in(now=now())
            if not person.has(*roles):
                raise Forbidden("Your account may not do this.")
            if not person.has(*free) and not person.stepped_up(now=now()):
                raise step_up_needed()
            g.principal = person
            return door(*args, **kwargs)

        setattr(guarded, ROLES, tuple(role.value for role in roles))
        setattr(guarded, STEP_UP, tuple(role.value for role in stepping))
        return guarded

    return guard


def opens_to(*roles: Role) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """For a door whose use case itself knows the person: only writes down who may come, for the API's document."""

    def mark(door: Callable[P, T]) -> Callable[P, T]:
        setattr(door, ROLES, tuple(role.value for role in roles))
        return door

    return mark


def signed_in(*, now: datetime) -> Principal:
    """
    The person of a sign-in that stands; notes once a minute that they were heard of.

    By a bearer; at the console's doors else by its cookie, which proves less: a
    browser sends it for whatever page asks.
    """
    token = bearer()
    secret = console_cookie.presented() if token is None and console_cookie.counts_here() else None
    person = recognised(token, now=now) if secret is None else known_by_cookie(secret, now=now)
    if person.expired_at is not None:
        raise Unauthenticated(EXPIRED, slug="sign-in-expired")
    if secret is not None:
        console_cookie.is_meant_by(person)
    if person.used_at is None or now - person.used_at >= NOTED_EVERY:
        write(note_use, person.token_hash, now=now)
    return person


def recognised(token: str | None, *, now: datetime) -> Principal:
    """Whoever holds this token, expired or not. Raises Unauthenticated for one that is unknown or was ended."""
    person = read(recognise, token, now=now) if token else None
    if person is None:
        raise Unauthenticated(UNKNOWN)
    return person


def known_by_cookie(secret: str, *, now: datetime) -> Principal:
    """Whoever holds this console's cookie, expired or not. Raises Unauthenticated as for a token."""
    person = read(recognise_kept, console_hash_of(secret), now=now)
    if person is None:
        raise Unauthenticated(UNKNOWN)
    return person


def bearer() -> str | None:
    """The request's token; never from the address, which proxies write down."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" and token.strip() else None
