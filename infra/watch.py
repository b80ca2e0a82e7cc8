"""Keep the rounds going: wake them by bell, look again by the clock, and let no fault end one."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import gevent
import structlog
from gevent.event import Event

log = structlog.get_logger(__name__)

#: After a fault a round waits this long, so that a broken store is not asked a thousand times a second.
AFTER_FAULT_S = 0.5

#: A round that has not come round for this long has stopped moving.
STUCK_S = 30


@dataclass
class Round:
    """
    One piece of work that is done again and again.

    `go` does what is due and returns in how many seconds something will be due
    again at the latest, or None: then the next look is after `poll_s`. The round
    it `leads` is not woken by the same bell: this one rings it when it is done.
    """

    name: str
    go: Callable[[], float | None]
    poll_s: float
    leads: str | None = None
    bell: Event = field(default_factory=Event)
    turned_at: float = field(default_factory=time.monotonic)


class Watch:
    """Every round of this process, each on a greenlet of its own."""

    def __init__(self, rounds: Iterable[Round] = ()) -> None:
        self.rounds: dict[str, Round] = {}
        self._greenlets: list[gevent.Greenlet] = []
        self._stopping = False
        for one in rounds:
            self.add(one)

    def add(self, one: Round) -> None:
        self.rounds[one.name] = one

    def ring(self, names: Iterable[str]) -> None:
        """
        Something was committed that these rounds wait for; a name nobody keeps here is another process's.

        A round that is led by another of these waits for its leader to ring it.
        """
        rung = [self.rounds[name] for name in names if name in self.rounds]
        led = {one.leads for one in rung}
        for one in rung:
            if one.name not in led:
                one.bell.set()

    def start(self) -> None:
        self._greenlets = [gevent.spawn(self._keep, one) for one in self.rounds.values()]

    def begin(self, one: Round) -> None:
        """Add a round to those that already go."""
        self.add(one)
        self._greenlets.append(gevent.spawn(self._keep, one))

    def stop(self, *, within_s: float = 5) -> None:
        """Let every round finish what it is at, then end it."""
        self._stopping = True
        self.ring(self.rounds)
        gevent.joinall(self._greenlets, timeout=within_s)
        gevent.killall(self._greenlets, block=True, timeout=1)

    def stuck(self) -> list[str]:
        """The rounds that have not come round for too long."""
        now = time.monotonic()
        return [one.name for one in self.rounds.values() if now - one.turned_at > max(STUCK_S, 3 * one.poll_s)]

    def _keep(self, one: Round) -> None:
        while not self._stopping:
            one.bell.clear()
            try:
                wait = one.go()
            except Exception:
                log.exception("round.failed", round=one.name)
                wait = AFTER_FAULT_S
            one.turned_at = time.monotonic()
            one.bell.wait(timeout=one.poll_s if wait is None else max(0.0, min(wait, one.poll_s)))
