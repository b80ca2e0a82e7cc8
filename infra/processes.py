"""The scaled form: `bluelight web` holds sockets and takes requests, `bluelight worker` does what nobody waits for."""

import ipaddress
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import click
import gevent

from backend.kernel.database import Database
from backend.kernel.errors import Invalid
from backend.kernel.process_store import BEATS_EVERY_S, WEB, WORKER, Process
from backend.people import passwords, photo
from backend.web.api import write_document
from infra import heap
from infra.canary.keeping import Keeper
from infra.database_clock import SET_EVERY_S, DatabaseClock
from infra.hub import HubThreads, Mail
from infra.keyring_file import KeyringFile
from infra.living import Living
from infra.migrating import check_schema
from infra.neighbours import Neighbours
from infra.posting import Senders, set_up_senders
from infra.redis_line import RedisLine
from infra.rounds import Rounds
from infra.running import SWITCH_S, arrive
from infra.secrets_file import key_of
from infra.serving import listen, serve_on, stand
from infra.settings import Settings
from infra.sharing import of_web, of_worker
from infra.watch import Round, Watch
from infra.websocket_server import make_socketio
from infra.wiring import Service, open_database, open_engines, utc_now, wire

NEEDS_POSTGRES = "Several processes need one PostgreSQL: set BLUELIGHT_DATABASE_URL (bluelight run needs none)."

#: What a worker answers on its port; everything else is the web processes'.
HEALTH = frozenset({"/healthz", "/readyz", "/metrics"})


@dataclass(frozen=True, slots=True)
class Listens:
    """Where a process listens; a worker may listen nowhere."""

    host: str
    port: int | None
    demo: bool = False
    #: Where a worker's canary presses: the address in front of all web processes; None is nowhere.
    canary_url: str | None = None


@dataclass(frozen=True, slots=True)
class Running:
    """One process of several, with its store open and its rounds not yet started."""

    service: Service
    watch: Watch
    neighbours: Neighbours
    living: Living

    @property
    def database(self) -> Database:
        return self.service.database


def run_web(settings: Settings, at: Listens) -> None:
    """Serve until SIGTERM or SIGINT. Raises Invalid for a setting that is missing, Unavailable for a schema behind."""
    _only_at_home(at)
    running = assemble(settings, WEB, demo=at.demo)
    for one in of_web(running.service.rounds):
        running.watch.add(one)
    try:
        listener = listen(at.host, at.port or 0)
        _begin(settings, running, running.service.rounds)
        _say(f"Bluelight answers on http://{at.host}:{listener.getsockname()[1]}.")
        serve_on(listener, running.service.app)
    finally:
        _end(running, None)


def run_worker(settings: Settings, at: Listens) -> None:
    """Work until SIGTERM or SIGINT; raises like `run_web`."""
    _only_at_home(at)
    running = assemble(settings, WORKER, demo=at.demo)
    for one in of_worker(running.service.rounds, running.living.leads):
        running.watch.add(one)
    senders = set_up_senders(settings, running.service)
    keeper = None
    if at.canary_url is not None:
        keeper = Keeper(running.database, settings, running.service.rounds.clock, at.canary_url)
        running.watch.add(replace(keeper.round(), go=partial(_sing, keeper, running.living)))
    try:
        listener = listen(at.host, at.port) if at.port is not None else None
        _begin(settings, running, None)
        _say("Bluelight works.")
        if listener is None:
            stand()
        else:
            serve_on(listener, partial(_health_alone, running.service.app))
    finally:
        if keeper is not None:
            keeper.end()
        _end(running, senders)


def _sing(keeper: Keeper, living: Living) -> float | None:
    """One canary a service: the leading worker's."""
    if living.leads():
        return keeper.look()
    keeper.rest()
    return BEATS_EVERY_S


def assemble(settings: Settings, kind: str, *, demo: bool = False) -> Running:
    """The service on this thread's hub, as one of several."""
    if settings.database_url is None:
        raise Invalid(NEEDS_POSTGRES)
    sys.setswitchinterval(SWITCH_S)
    engine, _ = open_engines(settings)
    try:
        check_schema(engine)
    finally:
        engine.dispose()
    watch = Watch()
    clock = DatabaseClock(utc_now)
    neighbours = Neighbours(key_of(settings, "neighbours"), clock, watch, Mail(), gevent.spawn)
    database = open_database(settings, HubThreads(), neighbours.ring)
    clock.look(database)
    service = wire(
        settings,
        database,
        clock=clock,
        hashing=HubThreads(passwords.AT_ONCE),
        imaging=HubThreads(photo.AT_ONCE),
        make_socketio=make_socketio,
        spawn=gevent.spawn,
        pulse=watch.stuck,
        ring=neighbours.ring,
        demo=demo,
        # What the store says of itself is the same whoever asks it: a worker, of which there are few.
        tells_of_store=kind == WORKER,
        tell=neighbours.tell,
        tell_rolled=neighbours.tell_rolled,
    )
    watch.add(Round("setting_the_clock", partial(clock.look, database), poll_s=SET_EVERY_S))
    living = Living(_self(settings, kind, service, clock), database, clock, service.sockets)
    living.join()
    watch.add(living.round())
    return Running(service, watch, neighbours, living)


def _self(settings: Settings, kind: str, service: Service, clock: DatabaseClock) -> Process:
    mark = key_of(settings, "processes").hex()[:32]
    return Process(service.rounds.process, kind, clock(), mark, tuple(KeyringFile(settings.data_dir)().keys))


def _begin(settings: Settings, running: Running, sockets: Rounds | None) -> None:
    neighbours = running.neighbours
    line = None
    if settings.redis_url is not None:
        channel = f"bluelight-{key_of(settings, 'channel').hex()[:16]}"
        line = RedisLine(settings.redis_url, channel, hear=neighbours.hear, joined=neighbours.joined)
    if sockets is not None:
        write_document(running.service.app)
    neighbours.begin(sockets, line)
    running.watch.start()
    heap.set_aside()


def _end(running: Running, senders: Senders | None) -> None:
    rounds = running.service.rounds
    running.watch.stop()
    rounds.broadcasts.stop()
    if senders is not None:
        senders.stop()
    arrive(rounds.places)
    rounds.confirm_no_sockets()
    running.living.leave()
    running.neighbours.end()
    running.database.close()


def _only_at_home(at: Listens) -> None:
    if at.demo and not ipaddress.ip_address(at.host).is_loopback:
        raise Invalid("A demonstration has passwords that everybody knows: it is served on a loopback address only.")


def _say(sentence: str) -> None:
    # Whoever started us may have gone from the other end of the pipe.
    with suppress(BrokenPipeError):
        click.echo(sentence)


def _health_alone(app: Callable[..., Any], environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
    if environ.get("PATH_INFO") in HEALTH:
        return app(environ, start_response)
    start_response("404 Not Found", [("Content-Type", "text/plain"), ("Content-Length", "0")])
    return [b""]
