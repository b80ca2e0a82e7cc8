"""What the porch needs: the store, the clock, a secret of its own, and whom to ring; nothing that knows a person."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Concatenate, ParamSpec, TypeVar

from flask import current_app
from sqlalchemy.orm import Session

from backend.campus import campus_store
from backend.campus.emergency_numbers import ANYWHERE
from backend.campus.numbers import EMERGENCY_LABEL, call_list
from backend.kernel.database import Database, Threads
from backend.kernel.errors import Unavailable
from mobile_api.anonymous.spent import Spent

P = ParamSpec("P")
T = TypeVar("T")

#: Where the application keeps it.
NAME = "porch"


@dataclass(frozen=True)
class Porch:
    """
    Handed to the application once, by the composition root.

    `secret` signs challenges and nothing else. `imaging` are the few threads in
    which pictures are decoded and concerns sealed: they must not hold up a tap.
    `spent` is all that the porch remembers, and it ends with the process.
    """

    database: Database
    clock: Callable[[], datetime]
    imaging: Threads
    secret: bytes
    demo: bool = False
    spent: Spent = field(default_factory=Spent)

    def today(self) -> date:
        """The day in UTC; the porch keeps no hour."""
        return self.clock().date()

    def read(self, query: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Give a query its snapshot."""
        return self.database.read(query, *args, **kwargs)

    def write(self, use_case: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Give a use case its transaction; on a disk whose last room is kept for calls for help there is none."""
        return self.database.write_what_can_wait(use_case, *args, **kwargs)

    def numbers(self) -> list[dict[str, str | bool]]:
        """Whom to ring, `[{label, number, reach, dialable}]`, the first one first; one of them always."""
        try:
            return call_list(self.read(campus_store.newest), None)
        except Unavailable:
            return [{"label": EMERGENCY_LABEL, "number": ANYWHERE, "reach": "external", "dialable": True}]


def current_porch() -> Porch:
    """The porch of the application that answers this request."""
    found = current_app.extensions[NAME]
    assert isinstance(found, Porch)
    return found
