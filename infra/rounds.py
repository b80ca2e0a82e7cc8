"""The rounds of one process: what each does when it is woken, and how long it may sleep."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from typing import Any
from uuid import UUID

import structlog

from backend.alarms.raising_alarm import sound_due
from backend.approvals.asking_second import expire_due
from backend.broadcasts import overseeing, putting_out
from backend.dispatch import escalating
from backend.incidents import checking_in, expiring, raising
from backend.kernel import chaining, outbox
from backend.kernel.along import Along
from backend.kernel.chaining import Head
from backend.kernel.database import Database, Threads
from backend.kernel.failpoints import reach
from backend.people.connecting import disconnect_all
from backend.people.going_on_duty import end_shifts
from infra.anchor_file import append_anchor
from infra.concern_rounds import ConcernRounds
from infra.fan_out import FanOut
from infra.forgetting import Forgetting
from infra.picture_rounds import EVERY_S, PictureRounds
from infra.socket_rounds import SocketRounds
from infra.watch import Round
from notifications import fanning_out, relaying, sending
from notifications.calling import ALONG, Called, call
from notifications.carrying import Links
from notifications.channels.channel import Channel
from notifications.channels.sockets import Sockets
from notifications.parcel import Parcel
from notifications.places import Places, batches
from notifications.tally import Tally
from notifications.turns import Turns

log = structlog.get_logger(__name__)

#: Seconds after which the files are looked at again, when somebody was reading what is to leave them.
SCRUBBED_AGAIN_S = 60


@dataclass(frozen=True)
class Rounds:
    """Everything the rounds work with."""

    database: Database
    clock: Callable[[], datetime]
    sockets: Sockets
    channels: dict[str, Channel]
    process: str
    anchor: Path
    ring: Callable[[Iterable[str]], None]
    aside: Threads
    spawn: Callable[[Callable[[], None]], Any]
    places: Places = field(default_factory=Places)
    tally: Tally = field(default_factory=Tally)
    links: Links = field(default_factory=Links)
    turns: Turns = field(default_factory=Turns)
    #: Told of what sockets are handed here and when it was so, for those that other processes hold.
    tell: Callable[[relaying.Relayed, datetime], None] = lambda _relayed, _at: None
    tell_rolled: Callable[[UUID, int, Sequence[UUID]], None] = lambda _id, _version, _people: None
    #: The store that concerns have to themselves, where it is a file of ours.
    concern_files: Sequence[Path] = ()
    #: What was called in the commits that asked for it.
    called: Along[Called] = field(default_factory=Along)
    #: Told which messages about cases phones say they show.
    shown: Callable[[Iterable[UUID]], None] = lambda _ids: None

    @cached_property
    def concerns(self) -> ConcernRounds:
        return ConcernRounds(self.database, self.clock, self.concern_files)

    @cached_property
    def pictures(self) -> PictureRounds:
        return PictureRounds(self.database, self.clock, self.sockets)

    @cached_property
    def own_sockets(self) -> SocketRounds:
        return SocketRounds(self.database, self.clock, self.sockets, self.process)

    @cached_property
    def broadcasts(self) -> FanOut:
        """The rounds of broadcasts, which share the places of all that is sent."""
        return FanOut(
            self.database,
            self.clock,
            self.sockets,
            self.channels,
            self.places,
            self.tally,
            self.ring,
            self.spawn,
            self.links,
            tell_rolled=self.tell_rolled,
        )

    def all(self) -> list[Round]:
        """Each with its bell's name and how often it looks unasked."""
        return [
            # Officers are asked before boards are drawn: relaying is rung when the ladders have been climbed.
            Round(raising.BELL, self.escalate, poll_s=0.25, leads=outbox.BELL),
            Round("relaying", self.relay, poll_s=0.25),
            Round(checking_in.BELL, self.expire, poll_s=1),
            Round("sending", self.send, poll_s=0.5),
            Round(putting_out.BELL, self.broadcasts.fan_out, poll_s=1),
            Round(fanning_out.CARRYING, self.broadcasts.carry, poll_s=1),
            Round("airing", self.broadcasts.look_for_unaired, poll_s=1),
            Round("alarming", self.alarm, poll_s=1),
            Round(overseeing.BELL, self.oversee, poll_s=1),
            Round("catching_up", self.own_sockets.catch_up, poll_s=1),
            Round("picturing", self.picture, poll_s=EVERY_S),
            Round("chaining", self.chain, poll_s=0.5),
            Round("ending_shifts", self.end_shifts, poll_s=20),
            Round("confirming_sockets", self.own_sockets.confirm, poll_s=8),
            Round("keeping_room", self.keep_room, poll_s=5),
            Round("expiring_approvals", self.expire_approvals, poll_s=60),
            Round("forgetting", self.forget, poll_s=3600),
            *self.concerns.all(),
        ]

    def call_along(self) -> None:
        """From now on officers are asked in the very commit that takes a case, where the store can do that."""
        self.database.take_along(raising.BELL, lambda session: call(session, now=self.clock(), most=ALONG), self.called)

    def escalate(self) -> float | None:
        """Climb every ladder that is due, and only then let the boards be told."""
        while True:
            self._hand_over_called()
            now = self.clock()
            try:
                called = self.database.write(call, now=now)
            except Exception:
                log.exception("ladders.failed")
                self._climb_one_by_one(now)
                return None
            self._hand_over(called.relayed, now)
            self.ring([outbox.BELL])
            if not called.cases:
                upcoming = called.next_due_at
                return (upcoming - self.clock()).total_seconds() if upcoming else None

    def expire(self) -> float | None:
        """Remind of the check-ins that are about to run out, and raise an emergency for each that has."""
        waiting = self.database.read(expiring.waiting, now=self.clock())
        for person_id in waiting.people:
            try:
                self.database.write(expiring.take, person_id, now=self.clock())
            except Exception:
                log.exception("check_in.failed", person=str(person_id))
                self.database.write(expiring.stumble, person_id, now=self.clock())
        if waiting.people:
            # One that was reminded of is due again, and there may be more than were taken.
            waiting = self.database.read(expiring.waiting, now=self.clock())
        return (waiting.next_at - self.clock()).total_seconds() if waiting.next_at else None

    def relay(self) -> float | None:
        """Empty the outbox, and hand over what was posted to whoever is connected here."""
        while True:
            now = self.clock()
            try:
                relayed = self.database.write(relaying.relay, now=now, since=self.turns.since)
            except Exception:
                log.exception("relay.failed")
                self._relay_one_by_one()
                self.turns.goes_on(None, more=True)
                return None
            self._hand_over(relayed, now)
            if not self.turns.goes_on(relayed.lane, more=relayed.more):
                return None

    def send(self) -> float | None:
        """Set out with everything that is due and has a place; nothing waits here for a provider's answer."""
        while True:
            lease, parcels = self.database.write(sending.claim, places=self.places, now=self.clock())
            if not parcels:
                return None
            reach("claimed_before_send")
            self.places.begin(parcels)
            for batch in batches(parcels):
                self.spawn(partial(self._carry, lease, batch))

    def alarm(self) -> float | None:
        self.database.write(sound_due, now=self.clock())
        return None

    def oversee(self) -> float | None:
        """Tell the owners of overdue promises, then their deputies; one that cannot be told holds up no other."""
        waiting = self.database.read(overseeing.waiting, now=self.clock())
        for broadcast_id in waiting.broadcasts:
            try:
                self.database.write(overseeing.oversee, broadcast_id, now=self.clock())
            except Exception:
                log.exception("overseeing.failed", broadcast=str(broadcast_id))
        return (waiting.next_at - self.clock()).total_seconds() if waiting.next_at else None

    def picture(self) -> float | None:
        """Where everybody is, what was answered and who sits where, for the consoles that are connected here."""
        self.pictures.draw()
        return None

    def chain(self) -> float | None:
        """Link the audit lines that wait, and write the head where the database cannot reach."""
        head = self.database.write(chaining.link_waiting)
        if head is not None:
            self.write_anchor(head)
        return None

    def write_anchor(self, head: Head) -> None:
        append_anchor(self.anchor, chaining.anchor_line(head, at=self.clock()))

    def end_shifts(self) -> float | None:
        self.database.write(end_shifts, now=self.clock())
        return None

    def expire_approvals(self) -> float | None:
        self.database.write(expire_due, now=self.clock())
        return None

    def confirm_no_sockets(self) -> None:
        """At the stop: nobody is reachable by a socket of this process any more."""
        self.database.write(disconnect_all, self.process)

    def keep_room(self) -> float | None:
        """Put the disk's reserve in its place, at the start and once there is room again."""
        # Aside: to allocate may take a second, and the hub has better to do.
        self.aside.call(self.database.room.look)
        return None

    def forget(self) -> float | None:
        """Let go what the campus keeps no longer, out of the tables and out of the files."""
        forgetting = Forgetting(self.database, self.write_anchor)
        forgetting.forget(now=self.clock())
        return None if forgetting.scrub() else SCRUBBED_AGAIN_S

    def take_over(self, relayed: relaying.Relayed) -> None:
        """These have just been committed, here or by another process: onto the sockets that are open here."""
        self.sockets.hand_over(relayed.messages)
        for person_id, token_hash in relayed.ended:
            self.sockets.end(person_id, token_hash)
        self.broadcasts.air(relayed.issued)
        self.shown(relayed.shown)

    def take_rolled(self, broadcast_id: UUID, version: int, people: Sequence[UUID]) -> None:
        """Another process has put these on the roll of a broadcast: those who are connected here are shown it."""
        self.broadcasts.show_to(broadcast_id, version, people)

    def _hand_over_called(self) -> None:
        """What was called in others' commits meanwhile."""
        done, bells = self.called.take()
        self.ring(bells)
        for called in done:
            self._hand_over(called.relayed, self.clock())

    def _hand_over(self, relayed: relaying.Relayed, at: datetime) -> None:
        reach("relayed_before_sockets")
        self.take_over(relayed)
        self.tell(relayed, at)

    def _climb_one_by_one(self, now: datetime) -> None:
        """One ladder that cannot be climbed must not hold up the others; it is tried again and told of."""
        for incident_id in self.database.read(escalating.due, now=now):
            try:
                self.database.write(escalating.climb, incident_id, now=now)
            except Exception:
                log.exception("ladder.failed", incident=str(incident_id))
                self.database.write(escalating.stumble, incident_id, now=now)

    def _relay_one_by_one(self) -> None:
        """One row that cannot be told must not hold up the others of its lane, nor its lane the others."""
        for row_id in self.database.read(relaying.waiting_ids, now=self.clock(), since=self.turns.since):
            now = self.clock()
            try:
                self._hand_over(self.database.write(relaying.relay, now=now, only=row_id), now)
            except Exception as fault:
                log.exception("relay.row_failed", row=row_id)
                self.database.write(relaying.give_up_on, row_id, type(fault).__name__, now=self.clock())

    def _carry(self, lease: str, batch: list[Parcel]) -> None:
        """One batch by its channel, and what came of it written down."""
        try:
            results = self.channels[batch[0].channel].send(batch)
            reach("sent_before_settle")
            self.database.write(sending.settle, lease, results, now=self.clock())
            self.tally.count(batch[0].channel, results)
        finally:
            was_crowded = not self.places.fits(batch[0].channel, urgent=False)
            self.places.end(batch)
            if was_crowded:
                # A place is free: what found none may set out.
                self.ring([relaying.SENDING])
