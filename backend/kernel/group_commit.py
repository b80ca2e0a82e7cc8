"""SQLite's one writer: a native thread that takes what has gathered and commits it together."""

import threading
from collections import deque
from collections.abc import Callable, Set
from typing import Any

import sqlalchemy as sa

from backend.kernel.errand import Errand, Job, Promise, TakeAlong, nothing
from backend.kernel.retried_commit import RetriedCommit

#: A batch shares one fsync; more than this would only make the first wait for the last.
MOST_TOGETHER = 64

#: What is done with the driver's own connection while no transaction is open.
Chore = Callable[[Any], Any]


class GroupCommit:
    """
    One connection that writes and checkpoints, owned by one thread.

    So nobody ever waits for SQLite's lock, the known write-ahead-log race needs
    a second writer that does not exist, and thirty taps cost one fsync.
    On a full disk `give_up` is asked to free what was reserved. `take_along` is told which bells a batch will ring,
    and says what is to be done in the same commit: behind all of them, and not on a full disk.
    """

    def __init__(
        self,
        engine: sa.Engine,
        keeps: dict[str, Any],
        give_up: Callable[[], bool] = lambda: False,
        take_along: TakeAlong = nothing,
    ) -> None:
        # Opened here, so that a file that cannot be opened is the caller's fault to hear of, not a silent thread's.
        self._connection = engine.connect()
        self._commit = RetriedCommit(self._connection, keeps, give_up, take_along)
        self._queue: deque[Errand] = deque()
        self._behind: deque[Errand] = deque()
        self._chores: deque[tuple[Chore, Promise[Any]]] = deque()
        self._more = threading.Condition()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    def submit(
        self,
        job: Job,
        promise: Promise[Any],
        *,
        can_wait: bool = False,
        behind: bool = False,
        rung: Set[str] = frozenset(),
    ) -> None:
        """
        Queue a use case; its promise is kept after the commit, never before.

        One that goes `behind` waits for whoever stands in the queue proper, and has a commit of its own.
        """
        with self._more:
            if self._stopping:
                raise RuntimeError("the writer has stopped")
            (self._behind if behind else self._queue).append(Errand(job, promise, can_wait, rung))
            self._more.notify()

    def submit_chore(self, chore: Chore, promise: Promise[Any]) -> None:
        """Queue something that must not be in a transaction; use cases that wait go first."""
        with self._more:
            if self._stopping:
                raise RuntimeError("the writer has stopped")
            self._chores.append((chore, promise))
            self._more.notify()

    def stop(self) -> None:
        """Commit what is queued, then end the thread."""
        with self._more:
            self._stopping = True
            self._more.notify()
        self._thread.join()

    def _run(self) -> None:
        with self._connection as connection:
            while self._waits_for_work():
                if batch := self._gather():
                    self._write(batch)
                # One after each batch: nobody waits for two of them, and a rush does not hold them up for ever.
                if self._behind:
                    self._write([self._behind.popleft()])
                elif not batch and self._chores:
                    self._do(connection, *self._chores.popleft())

    def _waits_for_work(self) -> bool:
        """True once there is some, False at the end."""
        with self._more:
            while not (self._queue or self._behind or self._chores or self._stopping):
                self._more.wait()
            return bool(self._queue or self._behind or self._chores)

    def _do(self, connection: sa.Connection, chore: Chore, promise: Promise[Any]) -> None:
        try:
            promise.keep(chore(connection.connection.driver_connection))
        except Exception as fault:
            promise.break_(fault)

    def _gather(self) -> list[Errand]:
        with self._more:
            return [self._queue.popleft() for _ in range(min(len(self._queue), MOST_TOGETHER))]

    def _write(self, errands: list[Errand]) -> None:
        for outcome in self._commit.outcomes(errands):
            outcome.tell()
