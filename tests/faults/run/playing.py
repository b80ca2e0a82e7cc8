"""The clients' own process: they play until every press is answered, then look back; driven by words on a pipe."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from infra.drill.day import becomes
from infra.drill.stage import Stage
from tests.faults.run.journal import Journal
from tests.faults.run.players import Client, Desk, Member, Officer, Scene

#: The stage is free for what waits; requests that are under way at once are at most this many.
ACTORS = 40

#: What was set off last is told by then, and the client has taken it.
QUIET_S = 2.0


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is played: so many presses by so many members, and so many cases that nobody answers."""

    taps: int
    members: int = 17
    left_alone: int = 0
    left_s: float = 50.0
    pause_s: float = 0.15
    #: Seconds from one broadcast to the next; None for none.
    warns_every_s: float | None = 8.0
    seed: int = 0


class Cast:
    """Everybody who plays, on a stage of this process."""

    def __init__(self, url: str, tokens: Mapping[str, str], plan: Plan, journal: Journal) -> None:
        self.stage = Stage(ACTORS)
        self.plan = plan
        scene = Scene(url, self.stage, journal, plan.seed)

        def member(number: int, taps: int) -> Member:
            name = f"student{number}"
            return Member(scene, name, tokens[name], taps=taps, pause_s=plan.pause_s)

        shares = [len(range(k, plan.taps, plan.members)) for k in range(plan.members)]
        self.members = [member(k + 1, share) for k, share in enumerate(shares)]
        self.alone = [member(20 - k, 1) for k in range(plan.left_alone)]
        self.officers = [
            Officer(scene, f"officer{number}", tokens[f"officer{number}"], leaves=number == 4)
            for number in (1, 2, 3, 4)
        ]
        self.leaver = Officer(scene, "officer6", tokens["officer6"])
        self.desks = [Desk(scene, name, tokens[name]) for name in ("controller1", "controller2", "auditor1")]

    @property
    def everybody(self) -> list[Client]:
        return [*self.members, *self.alone, *self.officers, self.leaver, *self.desks]

    @property
    def pressed(self) -> bool:
        return not any(one.left for one in (*self.members, *self.alone))

    def begins(self) -> None:
        """Officers and desks first: only then anybody presses."""
        # A few members listen; the others ask, as phones do whose network lets nothing through.
        listening = [*self.officers, self.leaver, *self.desks, *self.members[:4]]
        for client in listening:
            self.stage.begin(client.keeps_listening())
        for officer in (*self.officers, self.leaver):
            self.stage.begin(officer.day())
        becomes(lambda: all(client.is_listening for client in listening), 30)
        for one in self.members:
            self.stage.begin(one.day())
        for one in self.alone:
            self.stage.begin(one.is_left_alone(self.plan.left_s))
        if self.plan.warns_every_s:
            self.stage.begin(self.desks[1].warns(self.plan.warns_every_s))

    def stops(self) -> None:
        """Nobody begins anything new, and what was begun comes to its end."""
        self.stage.is_open = False
        time.sleep(QUIET_S)
        for client in self.everybody:
            client.listens_on = False
        self.stage.empties(60)

    def ends(self) -> None:
        """Everybody catches up, and goes."""
        for client in (*self.officers, *self.desks):
            client.listens_again()
        time.sleep(QUIET_S)
        for one in (*self.members, *self.alone):
            self.stage.begin(one.looks_back())
        for officer in self.officers:
            officer.catches_up(0)
        self.stage.empties(60)
        for client in self.everybody:
            client.hangs_up()
        self.stage.end()


def play(url: str, tokens: Mapping[str, str], plan: Plan, file: Path, talk: "Connection[Any, Any]") -> None:
    """The whole life of the clients' process."""
    journal = Journal(file)
    cast = Cast(url, tokens, plan, journal)
    cast.begins()
    talk.send("begun")
    while (word := talk.recv()) != "end":
        if word == "pressed?":
            talk.send(cast.pressed)
        elif word == "leave":
            cast.stage.begin(cast.leaver.signs_out())
        elif word == "stop":
            cast.stops()
            talk.send("stopped")
    cast.ends()
    journal.close()
    talk.send([f"{type(fault).__name__}: {fault}" for fault in cast.stage.faults])


class Clients:
    """The other end of the pipe."""

    def __init__(self, talk: "Connection[Any, Any]") -> None:
        self._talk = talk

    def begin(self) -> None:
        assert self._talk.recv() == "begun"

    @property
    def have_pressed(self) -> bool:
        self._talk.send("pressed?")
        return bool(self._talk.recv())

    def one_leaves(self) -> None:
        self._talk.send("leave")

    def stop(self) -> None:
        """What was begun comes to its end."""
        self._talk.send("stop")
        assert self._talk.recv() == "stopped"

    def end(self) -> list[str]:
        """They look back and go; what went wrong with the clients themselves (nothing should)."""
        self._talk.send("end")
        faults: list[str] = self._talk.recv()
        return faults


@contextmanager
def clients(url: str, tokens: Mapping[str, str], plan: Plan, file: Path) -> Iterator[Clients]:
    """Everybody of the plan, in a process that no fault of the server's touches."""
    spawn = get_context("spawn")
    ours, theirs = spawn.Pipe()
    process = spawn.Process(target=play, args=(url, dict(tokens), plan, file, theirs), daemon=True)
    process.start()
    try:
        yield Clients(ours)
    finally:
        process.join(1)
        process.kill()
        process.join(10)
