"""The processes of one service: each says that it lives, so that the others miss it when it does not."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from backend.kernel.database import Base, Instant
from backend.kernel.errors import Unavailable
from backend.kernel.statements import put

WEB, WORKER = "web", "worker"

#: A process says so this often, and is taken for dead when it has not for so long.
BEATS_EVERY_S = 2.0
SILENT = timedelta(seconds=10)

#: Of a process that has ended nothing is known after this.
FORGOTTEN = timedelta(hours=1)

NOT_ALIKE = (
    "Another process of this service has another secret: BLUELIGHT_SECRET_KEY, or the file in the data directory, "
    "must be the same for all."
)
OTHER_KEYS = "Another process of this service seals with keys that are not here: sealing.keys must be the same for all."


class ProcessRow(Base):
    """One process; `secret_mark` and `key_ids` tell whether it can read what the others write, and nothing else."""

    __tablename__ = "processes"

    process: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(10))
    began_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant)
    secret_mark: Mapped[str] = mapped_column(sa.String(32))
    key_ids: Mapped[list[str]] = mapped_column(sa.JSON)


@dataclass(frozen=True, slots=True)
class Process:
    """What a process says of itself."""

    process: str
    kind: str
    began_at: datetime
    secret_mark: str
    key_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pulse:
    """
    Who lives, as one beat found it.

    `leads` is true of one worker: the eldest. `was_missed`: the others have
    taken this process for dead meanwhile.
    """

    webs: int
    workers: int
    leads: bool
    was_missed: bool


_TABLE = cast(sa.Table, ProcessRow.__table__)
_SAY: dict[str, sa.Executable] = {
    name: said.on_conflict_do_update(
        index_elements=["process"], set_={"seen_at": said.excluded.seen_at, "key_ids": said.excluded.key_ids}
    )
    for name, said in (("postgresql", postgresql.insert(_TABLE)), ("sqlite", sqlite.insert(_TABLE)))
}


def beat(session: Session, me: Process, *, now: datetime) -> Pulse:
    """Say that this process lives, and hear who does."""
    before = session.scalar(sa.select(ProcessRow.seen_at).where(ProcessRow.process == me.process))
    _say(session, me, now=now)
    session.execute(sa.delete(ProcessRow).where(ProcessRow.seen_at < now - FORGOTTEN))
    alive = _living(session, now=now)
    workers = [row for row in alive if row.kind == WORKER]
    eldest = min(workers, key=lambda row: (row.began_at, row.process), default=None)
    return Pulse(
        webs=sum(row.kind == WEB for row in alive),
        workers=len(workers),
        leads=eldest is not None and eldest.process == me.process,
        was_missed=before is None or before <= now - SILENT,
    )


def join(session: Session, me: Process, *, now: datetime) -> None:
    """The first beat. Raises Unavailable when this process could not read what the living write, or they not its."""
    for row in _living(session, now=now):
        if row.secret_mark != me.secret_mark:
            raise Unavailable(NOT_ALIKE)
        if not set(row.key_ids) & set(me.key_ids):
            raise Unavailable(OTHER_KEYS)
    _say(session, me, now=now)


def leave(session: Session, process: str) -> None:
    """It has ended in good order, and nobody need miss it."""
    session.execute(sa.delete(ProcessRow).where(ProcessRow.process == process))


def silent(session: Session, *, now: datetime) -> Collection[str]:
    """Those that have stopped saying that they live."""
    return session.scalars(sa.select(ProcessRow.process).where(ProcessRow.seen_at <= now - SILENT)).all()


def counted(session: Session, *, now: datetime) -> dict[str, int]:
    """How many live, of each kind."""
    alive = _living(session, now=now)
    return {kind: sum(row.kind == kind for row in alive) for kind in (WEB, WORKER)}


def _say(session: Session, me: Process, *, now: datetime) -> None:
    row = {
        "process": me.process,
        "kind": me.kind,
        "began_at": me.began_at,
        "seen_at": now,
        "secret_mark": me.secret_mark,
        "key_ids": list(me.key_ids),
    }
    put(session, _SAY[session.get_bind().dialect.name], row)


def _living(session: Session, *, now: datetime) -> Collection[ProcessRow]:
    return session.scalars(sa.select(ProcessRow).where(ProcessRow.seen_at > now - SILENT)).all()
