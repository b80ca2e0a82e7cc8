"""The injector: kills a server at random instants or at a named gap, starts it again, and writes down how long."""

import random
import time
from collections.abc import Mapping
from dataclasses import dataclass

from tests.faults.run.journal import Journal
from tests.faults.run.playing import Clients
from tests.faults.run.story import Story
from tests.server import Server


@dataclass
class Injector:
    """Kills the server with SIGKILL and starts it again; every stop is in its journal."""

    server: Server
    journal: Journal
    env: Mapping[str, str]
    chance: random.Random
    kills: int = 0

    def kill(self) -> None:
        since = time.time()
        self.server.kill()
        self.kills += 1
        self.server.start(env=self.env)
        self.was_down(since)

    def was_down(self, since: float) -> None:
        """From then on nobody could be answered, until the server says that it can commit a tap."""
        self.server.wait_until_ready(within_s=60)
        self.journal.note("injector", "down", since=since, until=time.time())

    def rests(self, for_s: float, clients: Clients) -> None:
        """Let them play undisturbed, but not longer than they have something to play."""
        until = time.monotonic() + for_s
        while time.monotonic() < until and not clients.have_pressed:
            time.sleep(0.05)

    def until_pressed(
        self, clients: Clients, *, every_s: tuple[float, float], most: int, until: float = float("inf")
    ) -> None:
        """At random instants, until everybody has pressed or it is that late; at most so many times."""
        while not clients.have_pressed and time.monotonic() < until:
            self.rests(self.chance.uniform(*every_s), clients)
            if self.kills < most and not clients.have_pressed:
                self.kill()


def back_after(story: Story) -> list[float]:
    """Seconds from each kill until a tap was answered again and an officer was asked again, whichever came later."""
    answered = sorted(call.ended for call in story.of("tap") if call.ok)
    asked = sorted(one.at for one in story.heard if one.type == "offer" and one.line is not None)
    found = []
    for since, _ in story.down:
        firsts = [next((at for at in some if at > since + 0.05), None) for some in (answered, asked)]
        # After the last press nobody may have pressed any more: then there is nothing to measure.
        if None not in firsts:
            found.append(max(at for at in firsts if at is not None) - since)
    return found
