"""People who play, from the muster to the last row they left: for the drill and for the canary."""

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from backend.broadcasts import clearing as clearing_broadcasts
from backend.dispatch import clearing
from backend.inbox import played_stream_store
from backend.incidents import played_case_store
from backend.kernel import outbox
from backend.kernel.database import Database
from backend.people import mustering, player_store
from backend.people.player import Mustered, Player
from notifications import delivery_store, wave_store

T = TypeVar("T")

#: People in one transaction, and cases: short ones, since the server presses its taps in between.
TOGETHER = 25

#: How long a server that runs may take to tell what it was told of last.
SETTLED_WITHIN_S = 5.0

Clock = Callable[[], datetime]


def muster(database: Database, players: Sequence[Player], clock: Clock) -> Iterator[Mustered]:
    """Everybody signed in, a few at a time."""
    for some in portions(players):
        yield from database.write(mustering.muster, some, now=clock())


def of_domain(database: Database, domain: str) -> list[UUID]:
    """The players of this domain who are there now."""
    return [account.id for account in database.read(player_store.of_domain, domain)]


def dismiss(database: Database, ids: Sequence[UUID], clock: Clock) -> int:
    """
    End what these people do, wait until the server has told the last of it, and remove all they left.

    How many cases went. What is killed half way is done by the next call: each
    step finds what is still there.
    """
    for some in portions(ids):
        database.write(mustering.send_home, some, now=clock())
    for some in portions(ids):
        while database.write(clearing.call_off, some, now=clock(), most=TOGETHER):
            pass
        database.write(clearing.silence, some, now=clock())
    for some in portions(ids):
        if broadcasts := database.write(clearing_broadcasts.clear, some, now=clock()):
            database.write(wave_store.remove_of, broadcasts)
    _settle(database, clock)
    cleared = sum(clear(database, some, clock) for some in portions(ids))
    for some in portions(ids):
        database.write(played_stream_store.remove_of, some)
        database.write(mustering.dismiss, some, now=clock())
    return cleared


def clear(database: Database, ids: Sequence[UUID], clock: Clock, *, closed_before: datetime | None = None) -> int:
    """Remove these players' cases, or those of them that were closed before then; how many."""
    cleared = 0
    while cases := database.write(clearing.clear, ids, closed_before=closed_before, most=TOGETHER, now=clock()):
        database.write(delivery_store.remove_of, cases)
        cleared += len(cases)
    return cleared


def strays(database: Database, ids: Sequence[UUID]) -> int:
    """How many real people were asked, told or to be rung about these players' cases."""
    asked = sum(database.read(clearing.strays, some) for some in portions(ids))
    warned = sum(database.read(clearing_broadcasts.strays, some) for some in portions(ids))
    return asked + warned + len(_rung(database, ids))


def _rung(database: Database, ids: Sequence[UUID]) -> set[UUID]:
    """Real people for whom a push, a call or a mail about one of their cases was planned."""
    found: set[UUID] = set()
    for some in portions(ids):
        cases = database.read(played_case_store.of_owners, some)
        found |= database.read(delivery_store.told_of, cases)
    return database.read(player_store.real_among, found)


def _settle(database: Database, clock: Clock) -> None:
    """Without a server nobody empties the outbox, and nobody need be waited for."""
    give_up = time.monotonic() + SETTLED_WITHIN_S
    began = clock()
    while time.monotonic() < give_up:
        waiting = database.read(outbox.oldest_waiting)
        if all(since > began for since in waiting.values()):
            return
        time.sleep(0.1)


def portions(many: Collection[T]) -> Iterator[list[T]]:
    """The same, a few at a time."""
    listed = list(many)
    for first in range(0, len(listed), TOGETHER):
        yield listed[first : first + TOGETHER]
