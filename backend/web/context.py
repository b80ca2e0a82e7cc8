"""What a door needs besides the request: the store, the clock, and who is asking."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Concatenate, ParamSpec, TypeVar

from flask import current_app, g
from sqlalchemy.orm import Session

from backend.kernel.database import Database, Threads
from backend.people.account import Principal

P = ParamSpec("P")
T = TypeVar("T")

NAME = "bluelight"


@dataclass(frozen=True)
class Context:
    """
    Handed to the application once, by the composition root.

    `hashing` are the few threads in which passwords are computed: a storm of
    sign-ins must not take the threads that taps need. `imaging` are those in
    which photos are decoded and other authorities' alerts read: they must not
    hold up who signs in. In a `demo` nobody has to take up a second factor. `vapid_key` is the public key that a
    browser subscribes to our pushes with.
    """

    database: Database
    clock: Callable[[], datetime]
    hashing: Threads
    imaging: Threads
    demo: bool = False
    vapid_key: str | None = None


def context() -> Context:
    found = current_app.extensions[NAME]
    assert isinstance(found, Context)
    return found


def now() -> datetime:
    """This moment by the service's clock; use cases are handed it and read none."""
    return context().clock()


def write(use_case: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Give a use case its transaction."""
    return context().database.write(use_case, *args, **kwargs)


def write_what_can_wait(use_case: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The same for what takes much room: refused with 507 while the disk's last room is kept for calls for help."""
    return context().database.write_what_can_wait(use_case, *args, **kwargs)


def read(query: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Give a query its snapshot."""
    return context().database.read(query, *args, **kwargs)


def principal() -> Principal:
    """Who is asking; only inside a door that requires somebody."""
    found = g.principal
    assert isinstance(found, Principal)
    return found
