"""Every night what the store's files keep of the order of arrival is destroyed, whether anything came or not."""

from collections.abc import Sequence
from datetime import datetime, time
from random import SystemRandom

from sqlalchemy.orm import Session

from backend.concerns import desk_day_store, rewrite_store
from backend.concerns.rewrite_store import Rows

#: By the clock on the wall; a server that was off then does it once it is on.
NIGHT = time(3)

#: The rows have been written anew on this day, and the files without what was there before.
SHUFFLED, REWRITTEN = "shuffled", "rewritten"

TABLES = tuple(rewrite_store.TABLES)

#: Of the operating system's own randomness: an order that can be computed again hides nothing.
CHANCE = SystemRandom()


def is_due(session: Session, *, local: datetime) -> bool:
    """Whether this day's is still to be done; `local` is the time on the wall."""
    return local.time() >= NIGHT and not desk_day_store.was_done(session, REWRITTEN, local.date())


def to_write_anew(session: Session, *, local: datetime) -> Sequence[Rows]:
    """Every row of the desk in random order, some at a time; none where that was done today, or has no meaning."""
    if not rewrite_store.remembers_order(session) or desk_day_store.was_done(session, SHUFFLED, local.date()):
        return []
    return rewrite_store.every_row(session, CHANCE)


def write_anew(session: Session, rows: Rows) -> int:
    """
    These rows once more, as if they had come just now.

    Deleted and inserted in one transaction: a crash loses none and doubles
    none, and what has been destroyed meanwhile stays so.
    """
    return rewrite_store.write_anew(session, rows, CHANCE)


def note(session: Session, what: str, *, local: datetime) -> bool:
    """That this day's is done."""
    return desk_day_store.take(session, what, local.date())
