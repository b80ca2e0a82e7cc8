"""What a slice says of data that it keeps for so long and no longer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy.orm import Session


class Spared:
    """
    What is left alone however old it is: cases that are open or held, and everybody in them.

    Each is looked up once, when it is asked for, in the transaction that this was made in: most of what is
    forgotten asks for neither.
    """

    def __init__(
        self,
        cases: Callable[[], frozenset[UUID]] = frozenset,
        people: Callable[[], frozenset[UUID]] = frozenset,
    ) -> None:
        self._cases = cases
        self._people = people

    @cached_property
    def cases(self) -> frozenset[UUID]:
        return self._cases()

    @cached_property
    def people(self) -> frozenset[UUID]:
        return self._people()


@dataclass(frozen=True, slots=True)
class Count:
    """How much is past its day: what would go, and what would if it were not spared."""

    due: int
    spared: int = 0


class Aging(Protocol):
    """
    Things that have their day.

    Searching and removing are two steps, so that SQLite's one writer is never
    asked to search: `find` is asked on a snapshot that holds nobody up.
    """

    def count(self, session: Session, before: datetime, spared: Spared) -> Count:
        """How many are from before this moment."""
        ...

    def find(self, session: Session, before: datetime, spared: Spared, most: int) -> Sequence[Any]:
        """The keys of some of those that are due; none when none are."""
        ...

    def forget(self, session: Session, keys: Sequence[Any], *, before: datetime, spared: Spared, now: datetime) -> int:
        """Remove those of these keys that still are due; how many were."""
        ...


@dataclass(frozen=True, slots=True)
class Rule:
    """
    One kind of data and its day.

    `key` names the line of `[keeping]`, and `since` what its time is counted
    from; `tables` are those in which nothing of this kind outlives it. `batch` is
    how many a transaction removes within some milliseconds. What is `dated`
    carries its own last day and has no such line: `before` is then this moment.
    """

    what: str
    key: str
    since: str
    tables: tuple[str, ...]
    things: Aging
    batch: int = 200
    dated: bool = False
