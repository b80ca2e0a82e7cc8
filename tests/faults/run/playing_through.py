"""One run: a server on a store, clients beside it, a fault on purpose, and then the judge."""

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from infra.drill.day import becomes
from tests.faults.run.journal import Journal, read_journal
from tests.faults.run.judging import breaches, sentences
from tests.faults.run.kept import Kept
from tests.faults.run.killing import Injector, back_after
from tests.faults.run.playing import Clients, Plan, clients
from tests.faults.run.rows import BACK_S, Row, seconds
from tests.faults.run.served import is_quiet, kept_by, store_of
from tests.faults.run.story import Story, story_of
from tests.server import Server

#: After the last press all that is due has been told by then (promise I9).
QUIET_WITHIN_S = 60.0

#: Does to the server what the row is about, until every press is answered.
Fault = Callable[[Injector, Clients], None]


@dataclass
class Run:
    """What came of it: the judge's findings, and how long each recovery took."""

    story: Story
    kept: Kept
    kills: int
    faults: list[str]
    took_s: float
    found: dict[str, list[str]] = field(init=False)
    back: list[float] = field(init=False)

    def __post_init__(self) -> None:
        self.found = breaches(self.story, self.kept)
        self.back = back_after(self.story)

    @property
    def lost(self) -> list[str]:
        return sentences(self.found) + [f"a client stumbled: {fault}" for fault in self.faults[:5]]

    @property
    def taps(self) -> int:
        """Presses that were answered, each counted once."""
        return len({(call.who, call.about) for call in self.story.of("tap") if call.ok})

    def row(self, name: str, did: str, promise: str, *, back_s: float = BACK_S) -> Row:
        told = f"{did}: {self.taps:,} presses, {len(self.kept.cases):,} cases, in {self.took_s:.0f} s"
        is_back = not self.back or max(self.back) <= back_s
        return Row(name, told, promise, not self.lost and is_back, seconds(self.back), self.lost)


def play_through(
    server: Server, plan: Plan, folder: Path, fault: Fault, *, env: Mapping[str, str] | None = None
) -> Run:
    """Play the plan while the fault is made; then everybody looks back, and the store is read beside the server."""
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / "clients.jsonl", folder / "injector.jsonl"]
    began = time.monotonic()
    injector = Injector(server, Journal(files[1]), env or {}, random.Random(plan.seed))
    with clients(server.url, server.tokens, plan, files[0]) as playing:
        playing.begin()
        playing.one_leaves()
        fault(injector, playing)
        took_s = time.monotonic() - began
        playing.stop()
        with store_of(server) as database:
            # Whoever is not quiet by then is found by the judge.
            becomes(lambda: is_quiet(database), QUIET_WITHIN_S)
            stumbled = playing.end()
            kept = kept_by(server, database)
    injector.journal.close()
    return Run(story_of(read_journal(*files)), kept, injector.kills, stumbled, took_s)


def at_random(every_s: tuple[float, float], most: int, until: float = float("inf")) -> Fault:
    """Kill -9 at random instants, until everybody has pressed or it is that late."""
    return lambda injector, playing: injector.until_pressed(playing, every_s=every_s, most=most, until=until)
