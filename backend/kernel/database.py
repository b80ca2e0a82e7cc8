"""The transaction: a write is a function handed over, and the bells ring after its commit."""

from collections.abc import Callable, Collection, Iterable, Set
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from functools import partial
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, OperationalError, TimeoutError as PoolTimeout
from sqlalchemy.orm import DeclarativeBase, Session

from backend.kernel.along import Along
from backend.kernel.engines import APART, is_full
from backend.kernel.errand import Errand, Promise
from backend.kernel.errors import Refusal, Unavailable
from backend.kernel.failpoints import reach
from backend.kernel.group_commit import GroupCommit
from backend.kernel.room import NoRoom, Room
from backend.kernel.scrubbing import empty_log, end_log, lay_anew, vacuum
from backend.kernel.statements import BELLS, finish

P = ParamSpec("P")
T = TypeVar("T")

#: How often PostgreSQL may ask us to try again (deadlock, serialisation) before we say so.
ATTEMPTS = 4

#: What an importer reads while the reserve is given up.
KEPT_FOR_CALLS = (
    "The disk is full: what room is left is kept for calls for help. Free some and do this again (infra/runbook.md)."
)


class Base(DeclarativeBase):
    """Every table; each constraint has a name, so that a migration can find it on both stores."""

    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Instant(sa.types.TypeDecorator[datetime]):
    """An instant: aware going in, UTC coming out, on a store that forgets zones as well."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


#: A counting key: SQLite counts only columns that are called INTEGER.
Counting = sa.BigInteger().with_variant(sa.Integer, "sqlite")

#: For a table whose numbers are told to others: without it SQLite would give a forgotten row's number again.
NEVER_AGAIN = {"sqlite_autoincrement": True}


#: For a row that is locked: what this transaction saw of it before may be old by then.
FRESH = {"populate_existing": True}


class Threads(Protocol):
    """How this process waits for a native thread: plainly, or letting the hub turn meanwhile."""

    def call(self, work: Callable[[], T]) -> T:
        """Run `work` where it may block, and return what it returned or raise what it raised."""
        ...

    def promise(self) -> Promise[Any]:
        """An empty promise that another thread will keep."""
        ...

    def give_way(self, for_s: float = 0.0) -> None:
        """Let whoever was just woken begin, and go on after so long."""
        ...


class Database:
    """
    The store, by two verbs.

    On SQLite every write goes through one writer thread that commits many
    together; on PostgreSQL each has a connection of its own. What a use case
    raises rolls back that use case alone.
    """

    def __init__(
        self,
        *,
        writing: sa.Engine,
        reading: sa.Engine,
        threads: Threads,
        ring: Callable[[Iterable[str]], None],
        keeps: dict[str, Any] | None = None,
        room: Room | None = None,
    ) -> None:
        """
        `ring` is told after each commit which rounds have work; `keeps` is what every session carries (keys).

        `room` is the disk's reserve, for a store whose disk is ours.
        """
        self._writing = writing
        self._reading = reading
        self._threads = threads
        self._ring = ring
        self._keeps = keeps or {}
        self.room: Room = room or NoRoom()
        #: Entered around each write, from its queueing to its commit, with the module of its use case.
        self.watched: Callable[[str], AbstractContextManager[None]] = lambda _module: nullcontext()
        grouped = writing.dialect.name == "sqlite"
        self._group = GroupCommit(writing, self._keeps, self.room.give_up, self._take_along) if grouped else None
        self._along: dict[str, Errand] = {}

    def write(self, use_case: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """
        Run a use case in a transaction, commit it, ring the bells it asked for.

        Raises what the use case raises, or Unavailable when nothing could be
        committed: then nothing happened. It may be run more than once, so it does nothing but read and write rows.
        """
        return self._write(lambda session: use_case(session, *args, **kwargs), of=use_case.__module__)

    def write_behind(self, use_case: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """
        The same for the many small steps of large work: a tap that comes meanwhile goes first (promise I8).

        Whoever taps waits for one such step at most, so keep each short.
        """
        return self._write(lambda session: use_case(session, *args, **kwargs), of=use_case.__module__, behind=True)

    def write_what_can_wait(
        self, use_case: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """
        The same for what takes much room and is nobody's emergency: imports, pictures, messages to thousands.

        Raises Unavailable `no-room` while the disk's last room is kept for calls
        for help, and never costs the reserve.
        """
        if self.room.is_tight():
            raise Unavailable(KEPT_FOR_CALLS, slug="no-room")
        return self._write(lambda session: use_case(session, *args, **kwargs), of=use_case.__module__, can_wait=True)

    def _write(self, use_case: Callable[[Session], T], *, of: str, can_wait: bool = False, behind: bool = False) -> T:
        rung: set[str] = set()

        def job(session: Session) -> T:
            result = use_case(session)
            rung.update(finish(session))
            return result

        try:
            with self.watched(of):
                if self._group is not None:
                    promise: Promise[T] = self._threads.promise()
                    self._group.submit(job, promise, can_wait=can_wait, behind=behind, rung=rung)
                    result = promise.wait()
                else:
                    result = self._threads.call(lambda: self._write_alone(job))
        except (DBAPIError, PoolTimeout) as fault:
            raise unavailable(fault) from fault
        reach("after_commit_before_bell")
        if rung:
            self._ring(rung)
            # Those who were woken hand their work over first; what is left to do here goes on beside it.
            self._threads.give_way()
        return result

    def read(self, query: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a query on a snapshot; what it changes is refused (SQLite) or rolled back."""

        def look() -> T:
            with Session(self._reading, expire_on_commit=False, info=dict(self._keeps)) as session:
                return query(session, *args, **kwargs)

        try:
            return self._threads.call(look)
        except (DBAPIError, PoolTimeout) as fault:
            raise unavailable(fault) from fault

    def scrub(self, tables: Collection[str], *, rewrite: bool = False) -> bool:
        """
        Let what was deleted from these tables leave the files; False when somebody was in the way and it stays a while.

        Holds nobody up, save with `rewrite`, which PostgreSQL needs to be thorough; SQLite lays anew what lies apart.
        """
        try:
            if self._group is None:
                return self._threads.call(lambda: vacuum(self._writing, tables, rewrite=rewrite))
            promise: Promise[bool] = self._threads.promise()
            self._group.submit_chore(partial(lay_anew, place=APART) if rewrite else empty_log, promise)
            return promise.wait()
        except (DBAPIError, PoolTimeout) as fault:
            raise unavailable(fault) from fault

    def end_log(self) -> bool:
        """After a scrub: no need of the log that was written until now; False where this role may not say so."""
        try:
            return self._group is not None or self._threads.call(lambda: end_log(self._writing))
        except (DBAPIError, PoolTimeout) as fault:
            raise unavailable(fault) from fault

    def give_way(self, for_s: float = 0.0) -> None:
        """Between two pieces of work that nobody waits for; `for_s` seconds where others share this process."""
        self._threads.give_way(for_s)

    def close(self) -> None:
        """Finish what is queued, then let go of the files."""
        if self._group is not None:
            self._group.stop()
        self._writing.dispose()
        self._reading.dispose()

    def take_along(self, bell: str, use_case: Callable[[Session], T], along: Along[T]) -> None:
        """
        From now on this use case follows whatever rings this bell into its commit; `along` is told what came of it.

        On SQLite, where it would wait for the same writer. On PostgreSQL nothing
        follows: a tap would wait for rows that others hold.
        """
        self._along[bell] = Errand(lambda session: (use_case(session), finish(session)), along)

    def _take_along(self, bells: Set[str]) -> list[Errand]:
        return [errand for bell, errand in self._along.items() if bell in bells]

    def _write_alone(self, job: Callable[[Session], T]) -> T:
        for attempt in range(ATTEMPTS):
            try:
                with Session(self._writing, expire_on_commit=False, info=dict(self._keeps)) as session:
                    result = job(session)
                    session.commit()
                    return result
            except (OperationalError, sa.exc.IntegrityError) as fault:
                # A deadlock, a serialisation failure or two first-comers: the second try sees what the other wrote.
                if attempt == ATTEMPTS - 1 or not worth_another_try(fault):
                    raise
        raise AssertionError("unreachable")


def worth_another_try(fault: DBAPIError) -> bool:
    """Whether the same use case may well succeed a moment later (PostgreSQL classes 40 and 23505)."""
    code = getattr(fault.orig, "sqlstate", None) or ""
    return code.startswith("40") or code == "23505"


def unavailable(fault: Exception) -> Refusal:
    """A store that cannot be written to: 503, or 507 when its disk is full."""
    full = is_full(fault)
    return Unavailable(
        "There is no room left to write this down." if full else "We cannot write this down just now.",
        slug="no-room" if full else "no-store",
    )


def wants(session: Session, bell: str) -> None:
    """Ask that this bell rings once the transaction is committed."""
    session.info.setdefault(BELLS, set()).add(bell)
