"""`bluelight run`: the embedded form, one process from the first second to an orderly stop."""

import ipaddress
from dataclasses import dataclass
from pathlib import Path

import click
import gevent

from backend.kernel.errors import Invalid
from backend.people import passwords, photo
from backend.public import trying
from infra.demo import PASSWORD, load_demo
from infra.hub import HubThreads
from infra.serving import listen, serve_on
from infra.settings import Settings
from infra.watch import Watch
from infra.websocket_server import make_socketio
from infra.wiring import Service, open_database, utc_now, wire

DEMO_CAMPUS = Path(__file__).parent / "campuses" / "imperial"


@dataclass(frozen=True, slots=True)
class Form:
    """How it was asked to run."""

    host: str
    port: int
    demo: bool


def run(settings: Settings, form: Form) -> None:
    """Serve until SIGTERM or SIGINT. Raises Invalid for a demonstration that strangers could reach."""
    if form.demo and not ipaddress.ip_address(form.host).is_loopback:
        raise Invalid("A demonstration has passwords that everybody knows: it is served on a loopback address only.")
    listener = listen(form.host, form.port)
    watch = Watch()
    service = assemble(settings, watch)
    if form.demo:
        load_demo(service.database, DEMO_CAMPUS, now=utc_now())
        service.app.config[trying.DEMO] = True
    for one in service.rounds.all():
        watch.add(one)
    watch.start()
    greet(form)
    try:
        serve_on(listener, service.app)
    finally:
        watch.stop()
        service.rounds.confirm_no_sockets()
        service.rounds.chain()
        service.database.close()


def assemble(settings: Settings, watch: Watch) -> Service:
    """The service on this thread's hub, with its store open and its rounds not yet started."""
    database = open_database(settings, HubThreads(), watch.ring)
    return wire(
        settings,
        database,
        hashing=HubThreads(passwords.AT_ONCE),
        imaging=HubThreads(photo.AT_ONCE),
        make_socketio=make_socketio,
        spawn=gevent.spawn,
        pulse=watch.stuck,
        ring=watch.ring,
    )


def greet(form: Form) -> None:
    """Where to look, and in a demonstration as whom."""
    address = f"http://{form.host}:{form.port}"
    click.echo(f"Bluelight is served on {address} (the API: {address}/v1/docs). Ctrl-C ends it.")
    click.echo("Not a replacement for the emergency services: in danger ring 999 or 112.")
    click.echo("Push, SMS, voice and e-mail have no settings: the recorder plays them, and says so in this log.")
    if form.demo:
        click.echo(
            f"Demonstration: sign in as student1, officer1 or controller1 @demo.example, password {PASSWORD}. "
            "Nothing here is real."
        )
