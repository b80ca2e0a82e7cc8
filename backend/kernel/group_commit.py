"""SQLite's one writer: a native thread that takes what has gathered and commits it together."""

import threading
from collections import deque
from collections.abc import Callable
from typing import Any, Protocol, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.kernel.failpoints import reach

T = TypeVar("T")
T_co = TypeVar("T_co")

#: A batch shares one fsync; more than this would only make the first wait for the last.
MOST_TOGETHER = 64


class Promise(Protocol[T]):
    """A result that another thread will bring; waited for once."""

    def keep(self, value: T) -> None: ...

    def break_(self, fault: BaseException) -> None: ...

    def wait(self) -> T: ...


Job = Callable[[Session], Any]
Outcome = tuple[Promise[Any], Any, BaseException | None]


class GroupCommit:
    """
    One connection that writes and checkpoints, owned by one thread.

    So nobody ever waits for SQLite's lock, the known write-ahead-log race needs
    a second writer that does not exist, and thirty taps cost one fsync. Each use
    case is behind a savepoint of its own: one that raises takes nobody with it.
    """

    def __init__(self, engine: sa.Engine, keeps: dict[str, Any]) -> None:
        # Opened here, so that a file that cannot be opened is the caller's fault to hear of, not a silent thread's.
        self._connection = engine.connect()
        self._keeps = keeps
        self._queue: deque[tuple[Job, Promise[Any]]] = deque()
        self._more = threading.Condition()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    def submit(self, job: Job, promise: Promise[Any]) -> None:
        """Queue a use case; its promise is kept after the commit, never before."""
        with self._more:
            if self._stopping:
                raise RuntimeError("the writer has stopped")
            self._queue.append((job, promise))
            self._more.notify()

    def stop(self) -> None:
        """Commit what is queued, then end the thread."""
        with self._more:
            self._stopping = True
            self._more.notify()
        self._thread.join()

    def _run(self) -> None:
        with self._connection as connection:
            while batch := self._gather():
                self._commit(connection, batch)

    def _gather(self) -> list[tuple[Job, Promise[Any]]]:
        with self._more:
            while not self._queue and not self._stopping:
                self._more.wait()
            return [self._queue.popleft() for _ in range(min(len(self._queue), MOST_TOGETHER))]

    def _commit(self, connection: sa.Connection, batch: list[tuple[Job, Promise[Any]]]) -> None:
        try:
            outcomes = self._alone(connection, *batch[0]) if len(batch) == 1 else self._together(connection, batch)
        except Exception as fault:
            # The commit itself failed, or SQLite gave the transaction up (a full disk): nothing of the batch happened,
            # and everybody is told so. The connection may still be in that transaction: the next batch gets another.
            connection.invalidate()
            connection.rollback()
            outcomes = [(promise, None, fault) for _, promise in batch]
        for promise, value, failure in outcomes:
            if failure is None:
                promise.keep(value)
            else:
                promise.break_(failure)

    def _alone(self, connection: sa.Connection, job: Job, promise: Promise[Any]) -> list[Outcome]:
        """One use case needs no savepoint: its transaction is its own."""
        with Session(connection, expire_on_commit=False, info=dict(self._keeps)) as session:
            try:
                result = job(session)
            except Exception as fault:
                session.rollback()
                return [(promise, None, fault)]
            reach("before_commit")
            session.commit()
        reach("after_commit")
        return [(promise, result, None)]

    def _together(self, connection: sa.Connection, batch: list[tuple[Job, Promise[Any]]]) -> list[Outcome]:
        outcomes: list[Outcome] = []
        with connection.begin():
            for job, promise in batch:
                try:
                    outcomes.append((promise, self._one(connection, job), None))
                except Exception as fault:
                    if not _still_open(connection):
                        raise
                    outcomes.append((promise, None, fault))
            reach("before_commit")
        reach("after_commit")
        return outcomes

    def _one(self, connection: sa.Connection, job: Job) -> Any:
        with Session(
            connection, expire_on_commit=False, join_transaction_mode="create_savepoint", info=dict(self._keeps)
        ) as session:
            result = job(session)
            session.commit()
            return result


def _still_open(connection: sa.Connection) -> bool:
    """Whether the transaction outlived a fault: some end it, and every savepoint after that would commit by itself."""
    driver: Any = connection.connection.driver_connection
    return bool(driver.in_transaction)
