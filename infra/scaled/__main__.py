"""`make run-scaled`: the whole of it up, its address said, and all of it ended with Ctrl-C or SIGTERM."""

import random
import signal
import threading
import time
from pathlib import Path

import click

from backend.kernel.errors import Refusal
from infra import logs
from infra.demo import PASSWORD
from infra.scaled.machine import Machine, Wanted

#: How often the children are looked after.
LOOKS_EVERY_S = 0.5


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8080, show_default=True, type=click.IntRange(1, 65535))
@click.option("--data", default=Path("var/scaled"), show_default=True, type=click.Path(file_okay=False, path_type=Path))
@click.option("--webs", default=2, show_default=True, type=click.IntRange(1, 16))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(0, 16))
@click.option(
    "--kill-every",
    type=click.FloatRange(1),
    metavar="SECONDS",
    help="For trying it: kill -9 of a process at random, about so often; never of PostgreSQL, which is one here.",
)
def main(host: str, port: int, data: Path, webs: int, workers: int, kill_every: float | None) -> None:
    """PostgreSQL, Redis, nginx, web processes and workers with the demonstration's campus, on this machine."""
    logs.set_up("warning", pretty=True)
    asked = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: asked.set())
    try:
        machine = Machine(Wanted(data.absolute(), host, port, webs, workers))
    except Refusal as refusal:
        raise click.ClickException(refusal.title) from refusal
    try:
        machine.begin()
        _greet(machine)
        killer = Killer(machine, kill_every) if kill_every else None
        _look_after(machine, asked, killer)
    except Refusal as refusal:
        raise click.ClickException(refusal.title) from refusal
    finally:
        machine.end()


def _greet(machine: Machine) -> None:
    click.echo(f"Bluelight is served on {machine.url} (the API: {machine.url}/v1/docs). Ctrl-C ends all of it.")
    for child in (machine.postgres, machine.redis, *machine.webs, *machine.workers, machine.front):
        click.echo(f"  {child.name:<9} process {child.pid}")
    click.echo(f"What each writes is in {machine.wanted.folder}. A process that is killed is started again.")
    click.echo("Not a replacement for the emergency services: in danger ring 999 or 112.")
    click.echo(
        f"Demonstration: sign in as student1, officer1 or controller1 @demo.example, password {PASSWORD}. "
        "Nothing here is real."
    )
    click.echo(machine.on_keys)


class Killer:
    """Ends one process after the other, as a power cut would."""

    def __init__(self, machine: Machine, every_s: float) -> None:
        self._machine = machine
        self._every_s = every_s
        self._next_at = time.monotonic() + every_s
        self.killed = 0

    def look(self) -> None:
        """Kill one, if it is time; the launcher starts it again."""
        if time.monotonic() < self._next_at:
            return
        self._next_at = time.monotonic() + self._every_s * random.uniform(0.5, 1.5)  # noqa: S311
        victim = random.choice([*self._machine.webs, *self._machine.workers, self._machine.redis])  # noqa: S311
        if victim.is_running:
            victim.kill()
            self.killed += 1
            click.echo(f"{victim.name} is killed: the {self.killed}. of them.", err=True)


def _look_after(machine: Machine, asked: threading.Event, killer: Killer | None) -> None:
    """What systemd or Kubernetes does elsewhere."""
    while not asked.wait(LOOKS_EVERY_S):
        for child in machine.dead():
            click.echo(f"{child.name} has ended, and is started again.", err=True)
            child.start()
        if killer is not None:
            killer.look()


if __name__ == "__main__":
    main()
