"""`bluelight run`: the embedded form, one process from the first second to an orderly stop."""

import ipaddress
import sys
from dataclasses import dataclass
from pathlib import Path

import click
import gevent

from backend.kernel.errors import Invalid
from backend.people import passwords, photo
from backend.web.api import write_document
from infra import demo_keys, heap
from infra.canary.keeping import Keeper, reached_at
from infra.demo import PASSWORD, load_demo
from infra.hub import HubThreads
from infra.lan import Lan
from infra.posting import set_up_senders
from infra.serving import listen, serve_on
from infra.settings import Settings
from infra.watch import Watch
from infra.websocket_server import make_socketio
from infra.wiring import Service, open_database, utc_now, wire
from notifications.places import Places

#: Seconds after which a native thread lets the hub go on; Python's own are five times as many.
SWITCH_S = 0.001

DEMO_CAMPUS = Path(__file__).parent / "campuses" / "imperial"


@dataclass(frozen=True, slots=True)
class Form:
    """How it was asked to run."""

    host: str
    port: int
    demo: bool
    canary: bool = False
    #: The port of https on every address of this machine, for trying it on phones; None is none.
    lan_port: int | None = None


def run(settings: Settings, form: Form) -> None:
    """Serve until SIGTERM or SIGINT. Raises Invalid for a demonstration that strangers could reach."""
    if form.demo and not ipaddress.ip_address(form.host).is_loopback:
        raise Invalid("A demonstration has passwords that everybody knows: it is served on a loopback address only.")
    # A thread that looks up thousands for a broadcast keeps the hub waiting this long at each of a tap's turns.
    sys.setswitchinterval(SWITCH_S)
    listener = listen(form.host, form.port)
    lan = Lan(settings.data_dir, form.lan_port, now=utc_now()) if form.lan_port is not None else None
    watch = Watch()
    service = assemble(settings, watch, demo=form.demo)
    if form.demo:
        load_demo(service.database, DEMO_CAMPUS, now=utc_now())
    if lan is not None:
        lan.offer_trust(service.app)
    if settings.database_url is None:
        service.rounds.broadcasts.begin()
    for one in service.rounds.all():
        watch.add(one)
    senders = set_up_senders(settings, service)
    service.rounds.call_along()
    write_document(service.app)
    watch.start()
    greet(form, settings)
    if form.demo:
        click.echo(demo_keys.greeting(service.database, demo_keys.folder_of(settings.data_dir), now=utc_now()))
    if lan is not None:
        lan.greet(demo=form.demo)
    # The port that was really taken: 0 asks for any.
    keeper = Keeper(service.database, settings, utc_now, reached_at(form.host, listener.getsockname()[1]))

    heap.set_aside()

    def sing(_port: int) -> None:
        if form.canary:
            watch.begin(keeper.round())

    try:
        beside = [] if lan is None else [(lan.listener, lan.tls)]
        serve_on(listener, service.app, on_ready=sing, on_stop=keeper.end, beside=beside)
    finally:
        keeper.end()
        watch.stop()
        service.rounds.broadcasts.stop()
        senders.stop()
        arrive(service.rounds.places)
        service.rounds.confirm_no_sockets()
        service.rounds.chain()
        service.database.close()


def assemble(settings: Settings, watch: Watch, *, demo: bool = False) -> Service:
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
        demo=demo,
    )


def arrive(places: Places, *, within_s: float = 2) -> None:
    """Let what has come back be written down; the rest is tried again by the next start."""
    with gevent.Timeout(within_s, False):
        while any(places.under_way.values()):
            gevent.sleep(0.01)


def greet(form: Form, settings: Settings) -> None:
    """Where to look, what leaves the building, and in a demonstration as whom."""
    address = f"http://{form.host}:{form.port}"
    click.echo(f"Bluelight is served on {address} (the API: {address}/v1/docs). Ctrl-C ends it.")
    click.echo("Not a replacement for the emergency services: in danger ring 999 or 112.")
    off = []
    telephone = settings.telephone
    if telephone is not None:
        click.echo(f"{'SMS and voice go' if telephone.number else 'SMS goes'} out by Twilio.")
    else:
        off.append("SMS")
    if telephone is None or telephone.number is None:
        off.append("voice")
    if settings.mail is not None:
        click.echo(f"E-mail goes out by {settings.mail.host}, from {settings.mail.mailbox}.")
    else:
        off.append("e-mail")
    if settings.firebase_account is not None:
        click.echo(f"Push goes out by the Firebase project {settings.firebase_account['project_id']}.")
    else:
        off.insert(0, "push to phones")
    click.echo("Push to browsers goes out by their makers.")
    if off:
        named = " and ".join([*([", ".join(off[:-1])] if off[:-1] else []), off[-1]])
        them = "have no settings: the recorder plays them" if off[1:] else "has no settings: the recorder plays it"
        click.echo(f"{named[0].upper()}{named[1:]} {them}, and says so in this log.")
    if form.canary:
        click.echo("A test press goes through every minute, unseen by everybody; --no-canary turns it off.")
    if form.demo:
        click.echo(
            f"Demonstration: sign in as student1, officer1 or controller1 @demo.example, password {PASSWORD}. "
            "Nothing here is real."
        )
