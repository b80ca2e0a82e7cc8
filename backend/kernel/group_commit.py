"""SQLite's one writer: a native thread that takes what has gathered and commits it together."""

import threading
from collections import deque
from collections.abc import Callable
from typing import Any, NamedTuple, Protocol, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.kernel.engines import is_full
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
#: What is done with the driver's own connection while no transaction is open.
Chore = Callable[[Any], Any]
Outcome = tuple[Promise[Any], Any, BaseException | None]


class Errand(NamedTuple):
    """A use case that waits for its commit; one that `can_wait` is refused on a full disk, and frees no reserve."""

    job: Job
    promise: Promise[Any]
    can_wait: bool


class GroupCommit:
    """
    One connection that writes and checkpoints, owned by one thread.

    So nobody ever waits for SQLite's lock, the known write-ahead-log race needs
    a second writer that does not exist, and thirty taps cost one fsync. Each use
    case is behind a savepoint of its own: one that raises takes nobody with it.
    On a full disk `give_up` is asked to free what was reserved, and what cannot
    wait is tried again at once.
    """

    def __init__(self, engine: sa.Engine, keeps: dict[str, Any], give_up: Callable[[], bool] = lambda: False) -> None:
        # Opened here, so that a file that cannot be opened is the caller's fault to hear of, not a silent thread's.
        self._connection = engine.connect()
        self._keeps = keeps
        self._give_up = give_up
        self._queue: deque[Errand] = deque()
        self._behind: deque[Errand] = deque()
        self._chores: deque[tuple[Chore, Promise[Any]]] = deque()
        self._more = threading.Condition()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    def submit(self, job: Job, promise: Promise[Any], *, can_wait: bool = False, behind: bool = False) -> None:
        """
        Queue a use case; its promise is kept after the commit, never before.

        One that goes `behind` waits for whoever stands in the queue proper, and has a commit of its own.
        """
        with self._more:
            if self._stopping:
                raise RuntimeError("the writer has stopped")
            (self._behind if behind else self._queue).append(Errand(job, promise, can_wait))
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
                    self._commit(connection, batch)
                # One after each batch: nobody waits for two of them, and a rush does not hold them up for ever.
                if self._behind:
                    self._commit(connection, [self._behind.popleft()])
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

    def _commit(self, connection: sa.Connection, batch: list[Errand]) -> None:
        try:
            outcomes = self._try(connection, batch)
        except Exception as fault:
            # The commit itself failed, or SQLite gave the transaction up: nothing of the batch happened.
            self._begin_anew(connection)
            if is_full(fault):
                outcomes = self._without_room(connection, batch, fault)
            else:
                outcomes = [(errand.promise, None, fault) for errand in batch]
        for promise, value, failure in outcomes:
            if failure is None:
                promise.keep(value)
            else:
                promise.break_(failure)

    def _try(self, connection: sa.Connection, batch: list[Errand]) -> list[Outcome]:
        return self._alone(connection, batch[0]) if len(batch) == 1 else self._together(connection, batch)

    def _begin_anew(self, connection: sa.Connection) -> None:
        """The connection may still be in the transaction that failed: what comes next gets another."""
        connection.invalidate()
        connection.rollback()

    def _without_room(self, connection: sa.Connection, batch: list[Errand], fault: Exception) -> list[Outcome]:
        """The disk is full: what can wait is refused, the rest is tried again on the reserve, or each by itself."""
        outcomes: list[Outcome] = [(errand.promise, None, fault) for errand in batch if errand.can_wait]
        urgent = [errand for errand in batch if not errand.can_wait]
        if urgent and self._give_up():
            try:
                return outcomes + self._try(connection, urgent)
            except Exception:
                self._begin_anew(connection)
        # One alone may be small enough for what is left.
        for errand in urgent:
            try:
                outcomes += self._alone(connection, errand)
            except Exception as still_full:
                self._begin_anew(connection)
                outcomes.append((errand.promise, None, still_full))
        return outcomes

    def _alone(self, connection: sa.Connection, errand: Errand) -> list[Outcome]:
        """One use case needs no savepoint: its transaction is its own. Raises when there is no room for it."""
        with Session(connection, expire_on_commit=False, info=dict(self._keeps)) as session:
            try:
                result = errand.job(session)
            except Exception as fault:
                session.rollback()
                if is_full(fault):
                    raise
                return [(errand.promise, None, fault)]
            reach("before_commit")
            session.commit()
        reach("after_commit")
        return [(errand.promise, result, None)]

    def _together(self, connection: sa.Connection, batch: list[Errand]) -> list[Outcome]:
        outcomes: list[Outcome] = []
        with connection.begin():
            for errand in batch:
                try:
                    outcomes.append((errand.promise, self._one(connection, errand.job), None))
                except Exception as fault:
                    if is_full(fault) or not _still_open(connection):
                        raise
                    outcomes.append((errand.promise, None, fault))
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
