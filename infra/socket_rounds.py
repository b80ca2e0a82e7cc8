"""The rounds of one process about its own open sockets: what they missed, whether they may stay, that they are open."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from time import perf_counter
from typing import NamedTuple, TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from backend.inbox import inbox_store
from backend.kernel.database import Database
from backend.people.connecting import confirm, crowded_out, ended, fade, reopen, stripped
from backend.web.live import TOO_MANY_SOCKETS
from notifications.channels.connection import Connection
from notifications.channels.sockets import Sockets

#: Sockets that are asked about together: of thousands at once every tap of that second would hear.
PORTION = 250

#: Seconds over which the portions of one look are spread: with the round's own wait less than the two after which a
#: socket whose sign-in has ended must have closed, for five thousand sockets of which a portion takes 25 ms or less.
SPREAD_S = 0.5

T = TypeVar("T")


class Standing(NamedTuple):
    """How it is with some sockets: the newest numbers of their streams, sign-ins that ended, people who lost a role."""

    last_seqs: dict[tuple[UUID, str], int]
    ended: set[str]
    stripped: set[UUID]


@dataclass(frozen=True)
class SocketRounds:
    """What they work with; `process` is whose sockets these are."""

    database: Database
    clock: Callable[[], datetime]
    sockets: Sockets
    process: str

    def catch_up(self) -> float | None:
        """The poll behind every bell: what sockets missed, sign-ins that have ended, roles that were taken."""
        for sids in self._portions(self.sockets.sids):
            some = self.sockets.of(sids)
            standing = self.database.read(_standing, some, now=self.clock())
            self.sockets.look_for_missed(standing.last_seqs)
            for person_id, token_hash in {(one.recipient.person_id, one.token_hash) for one in some}:
                if token_hash in standing.ended:
                    self.sockets.end(person_id, token_hash)
            for person_id in standing.stripped:
                self.sockets.end(person_id, None)
        return None

    def confirm(self) -> float | None:
        """Say that they are open still, forget those of the dead, and close what is too many for one person."""
        # One moment for all: a process that stands still in the middle must not take its own for closed.
        now = self.clock()
        for sids in self._portions(self.sockets.sids):
            unknown = self.database.write_behind(confirm, sids, now=now)
            if open_ := [one.as_open for one in self.sockets.of(unknown)]:
                self.database.write(reopen, self.process, open_, now=now)
        self.database.write_behind(fade, now=now)
        self.sockets.turn_away(self.database.read(crowded_out, self.process, now=now), TOO_MANY_SOCKETS)
        return None

    def _portions(self, all_: Sequence[T]) -> Iterator[Sequence[T]]:
        """So many at a time, evenly spread; a rest is at least as long as what went before it."""
        firsts = range(0, len(all_), PORTION)
        for first in firsts:
            began = perf_counter()
            yield all_[first : first + PORTION]
            took = perf_counter() - began
            if first != firsts[-1]:
                self.database.give_way(max(took, SPREAD_S / len(firsts) - took))


def _standing(session: Session, some: Collection[Connection], *, now: datetime) -> Standing:
    people = {one.recipient.person_id for one in some}
    return Standing(
        inbox_store.last_seqs(session, people),
        ended(session, {one.token_hash for one in some}, now=now),
        stripped(session, [(one.recipient.person_id, one.roles) for one in some]),
    )
