"""What a commit takes along: work that it rings a bell for, done before it, where one writer does everything."""

from collections import deque
from collections.abc import Set
from typing import Generic, TypeVar

import structlog

log = structlog.get_logger(__name__)

T = TypeVar("T")


class Along(Generic[T]):
    """
    What came of the use case that follows others into their commit, until the round of their bell takes that.

    The use case is behind a savepoint of its own: when it fails, the others are
    committed without it, and the round does it as if nobody had tried.
    """

    def __init__(self) -> None:
        self._done: deque[tuple[T, Set[str]]] = deque()

    def keep(self, value: tuple[T, Set[str]]) -> None:
        """It has been committed, and rang these bells. From any thread, as all here."""
        self._done.append(value)

    def break_(self, fault: BaseException) -> None:
        log.warning("along.failed", exc_info=fault)

    def take(self) -> tuple[list[T], set[str]]:
        """What came of each commit since this was asked last, and their bells."""
        done: list[T] = []
        bells: set[str] = set()
        while self._done:
            value, rung = self._done.popleft()
            done.append(value)
            bells |= rung
        return done, bells
