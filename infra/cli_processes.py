"""`bluelight web` and `bluelight worker`: one process each of the scaled form."""

from typing import Protocol

import click

from infra.cli_desk import Desk, refusing
from infra.processes import Listens, run_web, run_worker
from infra.settings import Settings

HOME = "127.0.0.1"


class Settled(Desk, Protocol):
    """The same, with the settings."""

    @property
    def settings(self) -> Settings: ...


@click.command("web")
@click.option("--host", default=HOME, show_default=True)
@click.option("--port", default=8080, show_default=True, type=click.IntRange(0, 65535))
@click.option("--demo", is_flag=True, help="For the demonstration's campus and people, on loopback only.")
@click.pass_obj
@refusing
def web(desk: Settled, host: str, port: int, demo: bool) -> None:
    """One of several that take requests and hold sockets, on BLUELIGHT_DATABASE_URL and BLUELIGHT_REDIS_URL."""
    run_web(desk.settings, Listens(host, port, demo))


@click.command("worker")
@click.option("--host", default=HOME, show_default=True, help="Of the health port.")
@click.option("--health-port", type=click.IntRange(0, 65535), help="Answers /healthz, /readyz and /metrics.")
@click.option("--demo", is_flag=True, help="For the demonstration's campus and people, on loopback only.")
@click.option("--canary", metavar="URL", help="Of several workers one presses there every minute: the front's address.")
@click.pass_obj
@refusing
def worker(desk: Settled, host: str, health_port: int | None, demo: bool, canary: str | None) -> None:
    """One of several that climb, send, link and forget; beside any number of `bluelight web`."""
    run_worker(desk.settings, Listens(host, health_port, demo, canary))
