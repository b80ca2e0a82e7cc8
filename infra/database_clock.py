"""The database's clock, kept here: processes whose machines disagree about the time agree about what is due."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.kernel.database import Database

#: How often it is set anew; a quartz drifts by a millisecond meanwhile.
SET_EVERY_S = 10.0

#: An answer that took longer says too little of when it was given.
LONGEST_LOOK_S = 1.0


class DatabaseClock:
    """
    The instant by the database's clock; between two looks it goes on with this machine's own.

    Leases, dues and what was heard last are compared across processes: a
    machine whose clock is wrong or is put right meanwhile changes none of them.
    """

    def __init__(self, machine: Callable[[], datetime], ticks: Callable[[], float] = time.monotonic) -> None:
        """`machine` tells the time until the first look; `ticks` only ever rise."""
        self._ticks = ticks
        self._known = (machine(), ticks())

    def __call__(self) -> datetime:
        then, ticks = self._known
        return then + timedelta(seconds=self._ticks() - ticks)

    def look(self, database: Database) -> float | None:
        """Set it by the database's; a round. A look that took long is worth nothing and is passed over."""
        began = self._ticks()
        theirs = database.read(_now)
        ended = self._ticks()
        if ended - began <= LONGEST_LOOK_S:
            self._known = (theirs, (began + ended) / 2)
        return None


def _now(session: Session) -> datetime:
    found: datetime = session.scalars(sa.select(sa.func.clock_timestamp(type_=sa.DateTime(timezone=True)))).one()
    return found
