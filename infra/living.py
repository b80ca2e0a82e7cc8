"""The round of one process among several: it says that it lives, and does what follows when another does not."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from backend.alarms.missing_workers import miss_workers
from backend.kernel import process_store
from backend.kernel.database import Database
from backend.kernel.process_store import BEATS_EVERY_S, WEB, Process, Pulse
from backend.people.connecting import bury, reopen
from infra.watch import Round
from notifications.channels.sockets import Sockets

log = structlog.get_logger(__name__)

#: Without a worker for so long, the control room is alarmed: one that is replaced takes a few seconds.
PATIENCE = timedelta(seconds=20)

NOTHING_YET = Pulse(0, 0, leads=False, was_missed=False)


@dataclass
class Living:
    """One process's beat; `pulse` is what the last one found."""

    me: Process
    database: Database
    clock: Callable[[], datetime]
    sockets: Sockets
    pulse: Pulse = NOTHING_YET
    _alone_since: datetime | None = None
    _alarmed: bool = False

    def round(self) -> Round:
        return Round("beating", self.beat, poll_s=BEATS_EVERY_S)

    def join(self) -> None:
        """Before anything else is done. Raises Unavailable for a process that cannot be one of these."""
        self.database.write(process_store.join, self.me, now=self.clock())

    def leave(self) -> None:
        self.database.write(process_store.leave, self.me.process)

    def leads(self) -> bool:
        """Whether this is the worker that does what one alone need do."""
        return self.pulse.leads

    def beat(self) -> float | None:
        now = self.clock()
        self.pulse = self.database.write(process_store.beat, self.me, now=now)
        if self.me.kind == WEB:
            self._as_web(now)
        else:
            self.database.write(bury, now=now)
        return None

    def _as_web(self, now: datetime) -> None:
        if self.pulse.was_missed:
            # It was frozen, and its people were taken for gone.
            self.database.write(reopen, self.me.process, self.sockets.held, now=now)
        if self.pulse.workers:
            self._alone_since, self._alarmed = None, False
            return
        self._alone_since = self._alone_since or now
        if not self._alarmed and now - self._alone_since >= PATIENCE:
            log.error("workers.none_alive")
            self.database.write(miss_workers, now=now)
            self._alarmed = True
