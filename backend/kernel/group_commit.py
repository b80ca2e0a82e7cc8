"""SQLite's one writer: a native thread that takes what has gathered and commits it together."""

import threading
from collections import deque
from collections.abc import Callable, Set
from typing import Any, NamedTuple, Protocol, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.kernel.engines import is_full
from backend.kernel.failpoints import reach

T = TypeVar("T")
T_contra = TypeVar("T_contra", contravariant=True)

#: A batch shares one fsync; more than this would only make the first wait for the last.
MOST_TOGETHER = 64


class Receiver(Protocol[T_contra]):
    """Who is told what came of a use case, once."""

    def keep(self, value: T_contra) -> None: ...

    def break_(self, fault: BaseException) -> None: ...


class Promise(Receiver[T], Protocol[T]):
    """A result that another thread will bring; waited for once."""

    def wait(self) -> T: ...


Job = Callable[[Session], Any]
#: What is done with the driver's own connection while no transaction is open.
Chore = Callable[[Any], Any]
Outcome = tuple[Receiver[Any], Any, BaseException | None]


class Errand(NamedTuple):
    """
    A use case that waits for its commit; one that `can_wait` is refused on a full disk, and frees no reserve.

    `rung` are the bells it asked for, known once it has run.
    """

    job: Job
    promise: Receiver[Any]
    can_wait: bool = False
    rung: Set[str] = frozenset()


#: What the use cases that have just run ask for in their own commit.
TakeAlong = Callable[[Set[str]], list[Errand]]


class GroupCommit:
    """
    One connection that writes and checkpoints, owned by one thread.

    So nobody ever waits for SQLite's lock, the known write-ahead-log race needs
    a second writer that does not exist, and thirty taps cost one fsync. Each use
    case is behind a savepoint of its own: one that raises takes nobody with it.
    On a full disk `give_up` is asked to free what was reserved, and what cannot
    wait is tried again at once. `take_along` is told which bells a batch will ring,
    and says what is to be done in the same commit: behind all of them, and not on a full disk.
    """

    def __init__(
        self,
        engine: sa.Engine,
        keeps: dict[str, Any],
        give_up: Callable[[], bool] = lambda: False,
        take_along: TakeAlong = lambda _bells: [],
    ) -> None:
        # Opened here, so that a file that cannot be opened is the caller's fault to hear of, not a silent thread's.
        self._connection = engine.connect()
        self._keeps = keeps
        self._give_up = give_up
        self._take_along = take_along
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
        for promise, value, failure in self._outcomes(connection, batch, along=[]):
            if failure is None:
                promise.keep(value)
            else:
                promise.break_(failure)

    def _outcomes(self, connection: sa.Connection, batch: list[Errand], along: list[Errand] | None) -> list[Outcome]:
        try:
            return self._try(connection, batch, along)
        except Exception as fault:
            # The commit itself failed, or SQLite gave the transaction up: nothing of the batch happened.
            self._begin_anew(connection)
            if along:
                # What was taken along may be to blame, and nobody's tap is refused for that.
                broken: list[Outcome] = [(one.promise, None, fault) for one in along]
                return broken + self._outcomes(connection, batch, None)
            if is_full(fault):
                return self._without_room(connection, batch, fault)
            return [(errand.promise, None, fault) for errand in batch]

    def _try(self, connection: sa.Connection, batch: list[Errand], along: list[Errand] | None = None) -> list[Outcome]:
        return self._alone(connection, batch[0], along) if len(batch) == 1 else self._together(connection, batch, along)

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

    def _alone(self, connection: sa.Connection, errand: Errand, along: list[Errand] | None = None) -> list[Outcome]:
        """One use case needs no savepoint: its transaction is its own. Raises when there is no room for it."""
        with Session(connection, expire_on_commit=False, info=dict(self._keeps)) as session:
            try:
                result = errand.job(session)
            except Exception as fault:
                session.rollback()
                if is_full(fault):
                    raise
                return [(errand.promise, None, fault)]
            outcomes = self._what_follows(connection, [errand], along)
            reach("before_commit")
            session.commit()
        reach("after_commit")
        return [*outcomes, (errand.promise, result, None)]

    def _together(self, connection: sa.Connection, batch: list[Errand], along: list[Errand] | None) -> list[Outcome]:
        with connection.begin():
            outcomes = self._each(connection, batch)
            outcomes = self._what_follows(connection, batch, along) + outcomes
            reach("before_commit")
        reach("after_commit")
        return outcomes

    def _what_follows(
        self, connection: sa.Connection, batch: list[Errand], along: list[Errand] | None
    ) -> list[Outcome]:
        """
        What is taken along, noted in `along` before it is tried; None takes nothing.

        Its outcomes are told before the batch's: the bells that make somebody look for them ring after those.
        """
        if along is None:
            return []
        along += self._take_along(set().union(*(errand.rung for errand in batch)))
        return self._each(connection, along)

    def _each(self, connection: sa.Connection, batch: list[Errand]) -> list[Outcome]:
        outcomes: list[Outcome] = []
        for errand in batch:
            try:
                outcomes.append((errand.promise, self._one(connection, errand.job), None))
            except Exception as fault:
                if is_full(fault) or not _still_open(connection):
                    raise
                outcomes.append((errand.promise, None, fault))
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
