"""Doors that show what is somebody else's: they read, write the look down, and only then show."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy.orm import Session

from backend.people.looking import Shown, write_down
from backend.web.context import now, principal, read, write

P = ParamSpec("P")
T = TypeVar("T")


def show(query: Callable[Concatenate[Session, P], Shown[T]], *args: P.args, **kwargs: P.kwargs) -> T:
    """
    What the query shows, once its looks are committed; what cannot be written down is not shown.

    Read on a snapshot of its own, so that a large board never stands in the way
    of a tap at SQLite's one writer.
    """
    shown = read(query, *args, **kwargs)
    if shown.looks:
        write(write_down, shown.looks, by=principal(), now=now())
    return shown.content
