"""The scaled form as the clients of `make faults` meet it: one address, and behind it processes that may be harmed."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from pathlib import Path

from infra.settings import Settings
from tests.faults.run.killing import Injector, back_after
from tests.faults.run.playing import Clients, Plan
from tests.faults.run.playing_through import Run, play_through
from tests.faults.run.rows import Row, seconds
from tests.faults.run.served import PostgresServer
from tests.scaled_form import ForkedChild, ScaledForm, scaled_form
from tests.server import DEMO_PEOPLE, sign_in

#: Nobody's connections are all gone with one process, and what Redis carried is found by the next look.
REDIS_BACK_S = 2.0


class ScaledServer(PostgresServer):
    """All of it, through nginx; it is not this class that kills anything."""

    def __init__(self, form: ScaledForm) -> None:
        machine = form.machine
        super().__init__(machine.data_dir, machine.wanted.port, url=machine.postgres.url)
        self.form = form

    @property
    def settings(self) -> Settings:
        return self.form.machine.settings

    @property
    def is_running(self) -> bool:
        return any(web.is_running for web in self.form.machine.webs)

    def written(self) -> str:
        return self.form.written()


@dataclass(frozen=True, slots=True)
class Harm:
    """One thing that was done, and from when on."""

    name: str
    did: str
    promise: str
    back_s: float
    since: float


@dataclass
class Harmful:
    """What is done in one run, each in its turn while everybody plays."""

    server: ScaledServer
    injector: Injector
    playing: Clients
    done: list[Harm] = field(default_factory=list)

    def plays(self, for_s: float) -> None:
        """On, undisturbed or harmed as it is."""
        self.injector.rests(for_s, self.playing)

    def harms(self, name: str, did: str, promise: str, *, back_s: float) -> None:
        """From now on; nobody is excused for it: whoever could not be told meanwhile was lost."""
        since = time.time()
        self.done.append(Harm(name, did, promise, back_s, since))
        self.injector.journal.note("injector", "down", since=since, until=since)


Deeds = Callable[[Harmful], None]


@contextmanager
def on_scaled(more: Mapping[str, str] | None = None, kind: type[ForkedChild] = ForkedChild) -> Iterator[ScaledServer]:
    """Two web processes, two workers, everybody signed in."""
    with scaled_form(more=dict(more or {}), kind=kind) as form:
        server = ScaledServer(form)
        server.tokens = {name: sign_in(server, name)["access_token"] for name in DEMO_PEOPLE}
        yield server


def harmed(server: ScaledServer, folder: Path, plan: Plan, deeds: Deeds) -> tuple[Run, list[Harm]]:
    """Play while these deeds are done, and then until everybody has pressed."""
    done: list[Harm] = []

    def fault(injector: Injector, playing: Clients) -> None:
        harmful = Harmful(server, injector, playing, done)
        harmful.plays(3)
        deeds(harmful)
        injector.until_pressed(playing, every_s=(60, 60), most=0)

    return play_through(server, plan, folder, fault), done


def rows_of(run: Run, done: Sequence[Harm], lost: Sequence[str] = ()) -> list[Row]:
    """One for each deed; what was lost in the run stands under all of them."""
    found = []
    for one in done:
        story = copy(run.story)
        story.down = [(one.since, one.since)]
        back = back_after(story)
        told = f"{one.did}; {run.taps:,} presses, {len(run.kept.cases):,} cases in the run"
        all_lost = [*run.lost, *lost]
        met = not all_lost and bool(back) and max(back) <= one.back_s
        found.append(Row(one.name, told, one.promise, met if back else None, seconds(back), all_lost))
    return found
