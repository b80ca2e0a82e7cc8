"""Waiting on the hub: native threads do the blocking work, and the hub goes on turning meanwhile."""

from collections import deque
from collections.abc import Callable
from typing import Any, Generic, TypeVar

import gevent
from gevent.event import AsyncResult
from gevent.threadpool import ThreadPool

T = TypeVar("T")

#: Enough for the readers' connections and a few who wait for one.
THREADS = 12


class HubThreads:
    """
    `call` runs work in one of a few native threads; `promise` is kept from any thread.

    Only greenlets of the hub that made it may wait.
    """

    def __init__(self, most: int = THREADS) -> None:
        self._pool = ThreadPool(most)
        self._mail = Mail()

    def call(self, work: Callable[[], T]) -> T:
        """Run it elsewhere, let others turn, return what it returned or raise what it raised."""
        value, fault = self._pool.spawn(_caught, work).get()
        if fault is not None:
            raise fault
        return value  # type: ignore[no-any-return]

    def promise(self) -> "HubPromise[Any]":
        return HubPromise(self._mail)

    def give_way(self, for_s: float = 0.0) -> None:
        """Greenlets that are ready run now; this one goes on right after them, or so many seconds later."""
        gevent.sleep(for_s)


class Mail:
    """
    Results on their way from native threads to greenlets of this hub.

    Its watcher also tells the hub that somebody may still write: without one a
    hub in which all wait would take itself for finished.
    """

    def __init__(self) -> None:
        self._letters: deque[Callable[[], None]] = deque()
        self._watcher: Any = gevent.get_hub().loop.async_()
        self._watcher.start(self._deliver)

    def post(self, letter: Callable[[], None]) -> None:
        """From any thread; `letter` is opened on the hub."""
        self._letters.append(letter)
        self._watcher.send()

    def _deliver(self) -> None:
        while self._letters:
            self._letters.popleft()()


class HubPromise(Generic[T]):
    """A result that a native thread brings to a greenlet."""

    __slots__ = ("_mail", "_result")

    def __init__(self, mail: Mail) -> None:
        self._mail = mail
        self._result: Any = AsyncResult()

    def keep(self, value: T) -> None:
        self._mail.post(lambda: self._result.set(value))

    def break_(self, fault: BaseException) -> None:
        self._mail.post(lambda: self._result.set_exception(fault))

    def wait(self) -> T:
        return self._result.get()  # type: ignore[no-any-return]


def _caught(work: Callable[[], T]) -> tuple[T | None, BaseException | None]:
    """Carried back as a value: the pool would print a raised one before its waiter sees it."""
    try:
        return work(), None
    except BaseException as fault:  # noqa: BLE001 - raised again where it is waited for
        return None, fault
