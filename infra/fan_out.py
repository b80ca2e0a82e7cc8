"""A broadcast's way out: rolls made, waves carried a few people at a time, and open sockets shown what is on air."""

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from operator import attrgetter
from time import perf_counter
from typing import Any
from uuid import UUID

import structlog

from backend.answers import counting
from backend.kernel.database import Database
from backend.kernel.failpoints import reach
from notifications import airing, carrying, fanning_out, wave_store
from notifications.airing import Airing
from notifications.carrying import Chunk, Claimed, Links
from notifications.channels.channel import Channel
from notifications.channels.sockets import Sockets
from notifications.fanning_out import CARRYING
from notifications.parcel import Outcome, Result
from notifications.places import Places
from notifications.tally import Tally

log = structlog.get_logger(__name__)

#: People looked up, sent to and settled together.
CHUNK = 10

#: The same where broadcasts have a sender of their own: fewer steps a person, each still short beside a tap.
CROWD_CHUNK = 50

#: A step that was long because others came first is no reason to stand still.
LONGEST_REST_S = 0.1

#: People whose open sockets are looked after in one statement.
TOGETHER = 500


@dataclass
class FanOut:
    """Everything the rounds of broadcasts work with; `walks` are the waves that are on their way, one a channel."""

    database: Database
    clock: Callable[[], datetime]
    sockets: Sockets
    channels: dict[str, Channel]
    places: Places
    tally: Tally
    ring: Callable[[Iterable[str]], None]
    spawn: Callable[[Callable[[], None]], Any]
    links: Links = field(default_factory=Links)
    walks: dict[str, "Walk"] = field(default_factory=dict)
    #: Told of the people who have come on a roll, for the sockets that other processes hold.
    tell_rolled: Callable[[UUID, int, Sequence[UUID]], None] = lambda _id, _version, _people: None

    def begin(self) -> None:
        """No other process carries waves of this store: those of one that died go on at once, and not after a lease."""
        self.database.write(wave_store.free_leases)

    def stop(self) -> None:
        """Nothing more sets out; what is on its way may still come back and be written down."""
        for walk in tuple(self.walks.values()):
            walk.halt()

    def fan_out(self) -> float | None:
        """Make every roll that waits, a page at a time; whatever is more urgent goes in between."""
        while True:
            began = perf_counter()
            page = self.database.read(fanning_out.survey, now=self.clock())
            if page is None:
                return None
            fanned = self.database.write_behind(fanning_out.fan_out, page, now=self.clock())
            reach("roll_page_written")
            if fanned is not None:
                self.show_to(fanned.broadcast_id, fanned.version, fanned.people)
                if page.connected:
                    self.tell_rolled(fanned.broadcast_id, fanned.version, tuple(page.connected))
            self.rest(perf_counter() - began)

    def rest(self, after_s: float) -> None:
        """As long as the last step took: half of what one core can do is kept for taps while thousands are told."""
        self.database.give_way(min(after_s, LONGEST_REST_S))

    def carry(self) -> float | None:
        """Set out with the next wave of every channel that has none under way."""
        for walk in tuple(self.walks.values()):
            # One that found no place when it looked last.
            walk.go()
        while True:
            busy = list(self.walks)
            due_at = self.database.read(wave_store.next_due, but_not=busy)
            wait = (due_at - self.clock()).total_seconds() if due_at else None
            if wait is None or wait > 0:
                return wait
            claimed = self.database.write(carrying.claim, but_not=busy, now=self.clock())
            if claimed is None:
                return None
            reach("wave_claimed")
            walk = self.walks[claimed.channel.value] = Walk(self, claimed)
            walk.go()

    def air(self, issued: Iterable[Airing]) -> None:
        """These have just been committed: everybody connected has them before anything else is done."""
        for one in issued:
            self.sockets.on_air.air(one)

    def look_for_unaired(self) -> float | None:
        """The poll behind it: what no hand-over brought to a socket, and on whose sockets what has been put."""
        if self.sockets.sids:
            for one in self.database.read(airing.on_air, now=self.clock()):
                self._catch_up(one)
        for (broadcast_id, version), people in self.sockets.on_air.take_aired().items():
            for some in _portions(people):
                self.database.write_behind(counting.set_out_by_socket, broadcast_id, version, some)
                self.database.give_way()
        return None

    def _catch_up(self, one: Airing) -> None:
        behind = self.sockets.on_air.unaired(one)
        for some in _portions(behind):
            theirs = self.database.read(airing.theirs, one, some)
            self.sockets.on_air.air_to(one, theirs)
            self.sockets.on_air.pass_by(one, some)

    def show_to(self, broadcast_id: UUID, version: int, people: Sequence[UUID]) -> None:
        """A narrower audience's connected people have it as soon as they are on the roll."""
        here = self.sockets.people.intersection(people)
        told = self.database.read(airing.issued, broadcast_id, version) if here else None
        if told is not None and not told.is_everyones:
            self.sockets.on_air.air_to(told, here)


class Walk:
    """
    One wave on its way, some chunks at once, for as long as there are places.

    One is looked up at a time and one settled, each with a rest after it. Nothing
    of it is remembered anywhere else: what this process does not settle, the
    next one finds in the row.
    """

    def __init__(self, fan_out: FanOut, claimed: Claimed) -> None:
        self._all = fan_out
        self._claimed = claimed
        self._channel = claimed.channel.value
        self._left = list(claimed.people)
        self._chunk = CROWD_CHUNK if self._channel in fan_out.places.apart else CHUNK
        self._on_the_way = 0
        self._is_going = self._is_over = self._is_ended = False
        self._is_looking = self._is_settling = False
        self._looked_up_s = 0.0
        self._back: deque[tuple[Sequence[UUID], Chunk, list[Result]]] = deque()
        self._held_back = False
        self._waits: list[float] = []

    def go(self) -> None:
        """Send what has a place; the last chunk that is settled ends it."""
        if self._is_going:
            return
        self._is_going = True
        try:
            while self._may_look() and (room := self._all.places.for_broadcasts(self._channel)):
                most = min(self._chunk, room)
                some, self._left = self._left[:most], self._left[most:]
                self._all.places.set_out(self._channel, len(some))
                self._on_the_way += 1
                self._is_looking = True
                self._all.spawn(partial(self._carry, some))
        finally:
            self._is_going = False
        if not self._on_the_way and not self._is_ended and (self._is_over or not self._left):
            self._end()

    def halt(self) -> None:
        """Those who have not been sent to are the next one's."""
        self._left.clear()
        self.go()

    def _may_look(self) -> bool:
        return bool(self._left) and not self._is_over and not self._is_looking

    def _carry(self, people: list[UUID]) -> None:
        try:
            chunk = self._looked_up(people)
            # The next may be looked up while this one is on its way.
            self.go()
            if self._is_over:
                self._has_come(people)
                return
            results = self._sent(chunk)
            reach("wave_sent_before_settle")
        except Exception:
            # They are still in the row, and are tried again with it.
            log.exception("wave.chunk_failed", broadcast=str(self._claimed.broadcast_id), channel=self._channel)
            self._has_come(people)
        else:
            self._back.append((people, chunk, results))
            self._settle_all()

    def _looked_up(self, people: Sequence[UUID]) -> Chunk:
        all_ = self._all
        try:
            all_.rest(self._looked_up_s)
            began = perf_counter()
            chunk: Chunk = all_.database.read(
                carrying.look_up, self._claimed, people, links=all_.links, now=all_.clock()
            )
            self._looked_up_s = perf_counter() - began
        finally:
            self._is_looking = False
        self._is_over = self._is_over or chunk.is_over
        return chunk

    def _settle_all(self) -> None:
        """What came back; whoever is at it already takes this along."""
        if self._is_settling:
            return
        self._is_settling = True
        try:
            while self._back:
                people, chunk, results = self._back.popleft()
                try:
                    self._settle(chunk, results)
                except Exception:
                    log.exception("wave.chunk_failed", broadcast=str(self._claimed.broadcast_id), channel=self._channel)
                finally:
                    self._has_come(people)
        finally:
            self._is_settling = False

    def _settle(self, chunk: Chunk, results: list[Result]) -> None:
        all_ = self._all
        began = perf_counter()
        all_.database.write_behind(carrying.settle, self._claimed, chunk, results, now=all_.clock())
        reach("wave_chunk_settled")
        all_.tally.count(self._channel, results)
        all_.rest(perf_counter() - began)

    def _has_come(self, people: Sequence[UUID]) -> None:
        self._all.places.set_out(self._channel, -len(people))
        self._on_the_way -= 1
        self.go()

    def _sent(self, chunk: Chunk) -> list[Result]:
        if not chunk.parcels:
            return []
        results = self._all.channels[self._channel].send(chunk.parcels)
        again = [one for one in results if one.outcome is Outcome.RETRY]
        self._held_back = self._held_back or any(not one.tried for one in again)
        self._waits += [one.retry_after_s for one in again if one.retry_after_s is not None]
        if results and not any(one.tried for one in results):
            # The channel takes nothing now: to hold the rest out to it as well would only keep the store busy.
            self._left.clear()
        return results

    def _end(self) -> None:
        self._is_ended = True
        try:
            self._all.database.write(
                carrying.finish,
                self._claimed,
                retry_after_s=max(self._waits, default=None),
                counts=not self._held_back,
                now=self._all.clock(),
            )
        finally:
            self._all.walks.pop(self._channel, None)
            self._all.ring([CARRYING])


def _portions(people: Collection[UUID]) -> Iterator[list[UUID]]:
    """In one order, so that no two processes meet crosswise in the rows."""
    # By their number: comparing ids themselves would hold the hub four times as long.
    ordered = sorted(people, key=attrgetter("int"))
    return (ordered[first : first + TOGETHER] for first in range(0, len(ordered), TOGETHER))
