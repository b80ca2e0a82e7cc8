"""Waiting plainly: a process without a hub simply lets the thread that asks stand still."""

import threading
from collections.abc import Callable
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class PlainThreads:
    """For the command line, the workers and the tests; where a hub turns, use the one that lets it turn meanwhile."""

    def call(self, work: Callable[[], T]) -> T:
        """Do it here and now."""
        return work()

    def promise(self) -> "PlainPromise[Any]":
        return PlainPromise()

    def give_way(self, for_s: float = 0.0) -> None:
        """Threads take turns by themselves."""


class PlainPromise(Generic[T]):
    """
    A result another thread brings; only the first one counts.

    `wait` blocks its thread without limit and raises what `break_` was given.
    """

    def __init__(self) -> None:
        self._settled = threading.Event()
        self._lock = threading.Lock()
        self._value: Any = None
        self._fault: BaseException | None = None

    def keep(self, value: T) -> None:
        self._settle(value, None)

    def break_(self, fault: BaseException) -> None:
        self._settle(None, fault)

    def wait(self) -> T:
        self._settled.wait()
        if self._fault is not None:
            raise self._fault
        return self._value  # type: ignore[no-any-return]

    def _settle(self, value: T | None, fault: BaseException | None) -> None:
        with self._lock:
            if not self._settled.is_set():
                self._value, self._fault = value, fault
                self._settled.set()
