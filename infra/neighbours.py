"""The other processes of this service: what wakes them, and what is handed to the sockets they hold."""

import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Protocol
from uuid import UUID

import structlog

from infra.envelope import Envelopes, Letter, NotOurs, Rolled
from infra.redis_line import RedisLine
from infra.watch import Watch
from notifications.relaying import Relayed

log = structlog.get_logger(__name__)

#: What is older tells nothing that the polls have not found: a process that was frozen must not speak of the past.
STALE = timedelta(seconds=5)

#: People of a roll in one letter.
TOGETHER = 500


class Sockets(Protocol):
    """Whoever holds sockets here."""

    def take_over(self, relayed: Relayed) -> None:
        """These were committed by another process just now."""
        ...

    def take_rolled(self, broadcast_id: UUID, version: int, people: Sequence[UUID]) -> None:
        """Another process has put these people on a broadcast's roll."""
        ...


class Posting(Protocol):
    """Work on its way from a native thread to the hub."""

    def post(self, letter: Callable[[], Any]) -> None: ...


@dataclass(slots=True)
class Figures:
    """What became of letters here."""

    foreign: int = 0
    stale: int = 0


class Neighbours:
    """
    Tells the others what they wait for, and does here what they tell.

    A wake-up and no more: whoever is told nothing finds it in the rows.
    """

    def __init__(
        self,
        key: bytes,
        clock: Callable[[], datetime],
        watch: Watch,
        mail: Posting,
        spawn: Callable[[Callable[[], None]], Any],
    ) -> None:
        self._process = secrets.token_hex(8)
        self._envelopes = Envelopes(key)
        self._clock = clock
        self._watch = watch
        self._mail = mail
        self._spawn = spawn
        self._sockets: Sockets | None = None
        self.line: RedisLine | None = None
        self.figures = Figures()

    def begin(self, sockets: Sockets | None, line: RedisLine | None) -> None:
        """From now on something is heard; without a line everybody is alone, and looks by the clock."""
        self._sockets, self.line = sockets, line
        if line is not None:
            line.start()

    def end(self) -> None:
        if self.line is not None:
            self.line.stop()

    def ring(self, names: Iterable[str]) -> None:
        """Wake what turns here, and tell the others of what does not."""
        wanted = list(names)
        self._watch.ring(wanted)
        elsewhere = tuple(one for one in wanted if one not in self._watch.rounds)
        if elsewhere:
            self._say(Letter(self._process, self._clock(), bells=elsewhere))

    def tell(self, relayed: Relayed, at: datetime) -> None:
        """This was committed at that moment, and is on the sockets here."""
        if relayed.messages or relayed.ended or relayed.issued:
            messages, ended, issued = tuple(relayed.messages), tuple(relayed.ended), tuple(relayed.issued)
            self._say(Letter(self._process, at, messages=messages, ended=ended, issued=issued))

    def tell_rolled(self, broadcast_id: UUID, version: int, people: Sequence[UUID]) -> None:
        """These have come on the roll of a broadcast that is not for everybody."""
        at = self._clock()
        for first in range(0, len(people), TOGETHER):
            some = Rolled(broadcast_id, version, tuple(people[first : first + TOGETHER]))
            self._say(Letter(self._process, at, rolled=(some,)))

    def hear(self, sealed: bytes) -> None:
        """On the line's own thread: what is read is handed to the hub."""
        try:
            letter = self._envelopes.open(sealed)
        except NotOurs:
            self.figures.foreign += 1
            return
        if letter.process != self._process:
            # A greenlet of its own: what is put on thousands of sockets lets others turn in between.
            self._mail.post(lambda: self._spawn(partial(self._take, letter)))

    def joined(self) -> None:
        """On the line's own thread: whatever was said before now was not heard, so everybody looks."""
        self._mail.post(lambda: self._watch.ring(list(self._watch.rounds)))

    def _say(self, letter: Letter) -> None:
        if self.line is not None:
            self.line.say(self._envelopes.seal(letter))

    def _take(self, letter: Letter) -> None:
        """A fault in one letter is no reason not to read the next."""
        try:
            self._watch.ring(letter.bells)
            if self._sockets is None:
                return
            if abs(self._clock() - letter.at) > STALE:
                self.figures.stale += 1
                return
            self._sockets.take_over(Relayed(list(letter.messages), list(letter.ended), list(letter.issued)))
            for one in letter.rolled:
                self._sockets.take_rolled(one.broadcast_id, one.version, one.people)
        except Exception:
            log.exception("neighbours.letter_failed")
