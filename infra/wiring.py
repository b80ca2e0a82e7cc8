"""Put the parts together: the only place that sees them all."""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID

import structlog
from flask import Flask
from flask_socketio import SocketIO
from sqlalchemy import Engine

from backend.answers import answering
from backend.devices import registering
from backend.dispatch.resuming import resume
from backend.kernel import audit, failpoints
from backend.kernel.database import Database, Threads
from backend.kernel.engines import open_postgres, open_sqlite
from backend.kernel.errors import Unavailable
from backend.kernel.vocabulary import Channel as ChannelName
from backend.people import sealed
from backend.people.connecting import disconnect
from backend.web.context import Context
from infra.app import make_app, open_sockets
from infra.channel_figures import ChannelFigures
from infra.concern_rounds import files_of
from infra.departures import Departures
from infra.hot_path import HotPath
from infra.keyring_file import KeyringFile, draw_first
from infra.metrics import REGISTRY
from infra.migrating import migrate
from infra.process_figures import ProcessFigures
from infra.reserve import Reserve
from infra.rounds import Rounds
from infra.secrets_file import key_of
from infra.settings import Settings
from infra.store_figures import StoreFigures
from infra.vapid_key import public_half, vapid_of
from infra.write_figures import WriteFigures
from mobile_api.anonymous.scrubbing import Scrubbing
from notifications import airing
from notifications.airing import Airing
from notifications.carrying import Links
from notifications.channels.channel import Channel
from notifications.channels.recorder import Recorder
from notifications.channels.sockets import Sockets

log = structlog.get_logger(__name__)

DATABASE_FILE = "bluelight.db"
#: Concerns lie apart, so that no page of theirs stands between dated ones.
CONCERNS_FILE = "concerns.db"
#: The embedded form's store.
STORE_FILES = (DATABASE_FILE, CONCERNS_FILE)


def utc_now() -> datetime:
    """The service's clock."""
    return datetime.now(UTC)


@dataclass
class Service:
    """One process's whole service, wired and not yet started; `vapid` is what signs its pushes to browsers."""

    settings: Settings
    database: Database
    app: Flask
    sockets: Sockets
    recorder: Recorder
    rounds: Rounds
    figures: ChannelFigures
    vapid: str | None = field(repr=False)


def open_database(settings: Settings, threads: Threads, ring: Callable[[Iterable[str]], None]) -> Database:
    """The store the settings name: PostgreSQL by its address, else one SQLite file in the data directory."""
    failpoints.arm(settings.failpoints)
    room = None if settings.database_url else reserve_of(settings)
    if room is not None:
        room.give_up_before_opening()
    writing, reading = open_engines(settings)
    if settings.database_url is None:
        # One file, one process: nobody else is running an older version beside us.
        migrate(writing)
    return Database(writing=writing, reading=reading, threads=threads, ring=ring, keeps=keeps_of(settings), room=room)


def keeps_of(settings: Settings) -> dict[str, Any]:
    """What every session carries: the keys that are not in the database."""
    draw_first(settings.data_dir)
    return {
        audit.KEY: audit_key(settings),
        sealed.KEYRING: KeyringFile(settings.data_dir),
        registering.KEY: key_of(settings, "devices"),
        answering.KEY: answers_key(settings),
    }


def reserve_of(settings: Settings) -> Reserve:
    """The embedded form's; PostgreSQL's disk is another machine's affair."""
    return Reserve(settings.data_dir, settings.reserve_mb << 20)


def open_engines(settings: Settings) -> tuple[Engine, Engine]:
    """The writing and the reading engine. Raises Unavailable for a SQLite that could corrupt its log."""
    if settings.database_url:
        return open_postgres(settings.database_url)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    files = settings.data_dir / DATABASE_FILE, settings.data_dir / CONCERNS_FILE
    for file in files:
        # Its owner's alone from the first byte; SQLite gives what it writes beside it the same mode.
        file.touch(mode=0o600)
    return open_sqlite(*files)


def audit_key(settings: Settings) -> bytes:
    """What seals the audit's lines; not in the database."""
    return key_of(settings, "audit")


def vapid_private(settings: Settings) -> str | None:
    """
    The key that signs pushes to browsers.

    None when its file cannot be used: then no browser is rung and the control
    room hears of it, but nobody's tap waits for an operator.
    """
    try:
        return settings.vapid_private_key or vapid_of(settings.data_dir)
    except Unavailable as refusal:
        log.warning("vapid.unusable", why=refusal.title)
        return None


def answers_key(settings: Settings) -> bytes:
    """What signs the addresses at which one person answers one thing without signing in; not in the database."""
    return key_of(settings, "answers")


def wire(
    settings: Settings,
    database: Database,
    *,
    clock: Callable[[], datetime] = utc_now,
    hashing: Threads,
    imaging: Threads,
    make_socketio: Callable[[Flask], SocketIO],
    spawn: Callable[[Callable[[], None]], Any],
    pulse: Callable[[], list[str]],
    ring: Callable[[Iterable[str]], None],
    demo: bool = False,
    tells_of_store: bool = True,
    **told: Any,
) -> Service:
    """
    Every part of one process; `pulse` names the rounds that have stopped moving.

    With `tells_of_store` its `/metrics` reads the database: of many processes on one, only some should.
    `told` is what the rounds have of other processes (`tell`), where there are several.
    """
    process = secrets.token_hex(8)
    vapid = vapid_private(settings)
    subscribed_with = public_half(vapid) if vapid else None
    app = make_app(settings, Context(database, clock, hashing, imaging, demo, subscribed_with), pulse)
    socketio = make_socketio(app)
    # Outside everything else, Socket.IO's own layer included.
    app.wsgi_app = Scrubbing(app.wsgi_app)  # type: ignore[method-assign]

    def emit(event: str, data: dict[str, Any], *, sid: str, namespace: str) -> None:
        socketio.emit(event, data, to=sid, namespace=namespace)

    def close(sid: str, namespace: str) -> None:
        spawn(partial(socketio.server.disconnect, sid, namespace=namespace))

    def hand(event: str, data: dict[str, Any], *, room: str | list[str], namespace: str) -> None:
        socketio.emit(event, data, to=room, namespace=namespace)

    def read_air(person_id: UUID, exercise: bool, watches: bool) -> list[tuple[Airing, bool]]:
        return database.read(airing.for_one, person_id, exercise=exercise, watches=watches, now=clock())

    hot_path = HotPath(database, clock)
    sockets = Sockets(
        emit=emit,
        spawn=spawn,
        read_since=lambda recipient, after: database.read(resume, recipient, after),
        close=close,
        hand=hand,
        read_air=read_air,
        told=hot_path.put,
    )
    departures = Departures(lambda sids: database.write_behind(disconnect, sids), spawn)
    open_sockets(socketio, sockets, departures.add, process, clock)
    recorder = Recorder()
    channels: dict[str, Channel] = {name.value: recorder for name in ChannelName}
    links = Links(settings.public_url)
    files = () if settings.database_url else files_of(settings.data_dir / CONCERNS_FILE)
    rounds = Rounds(
        *(database, clock, sockets, channels, process, settings.anchor, ring, hashing, spawn),
        links=links,
        concern_files=files,
        shown=hot_path.shown,
        **told,
    )
    figures = ChannelFigures(rounds.tally, rounds.places)
    writes = WriteFigures()
    database.watched = writes.watch
    measured = [figures, hot_path, writes, ProcessFigures(sockets.open, pulse, database.room)]
    for one in [*measured, *([StoreFigures(database, clock)] if tells_of_store else [])]:
        app.extensions[REGISTRY].register(one)
    return Service(settings, database, app, sockets, recorder, rounds, figures, vapid)
