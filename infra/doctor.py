"""Every start-up check, each with its remedy."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import sqlalchemy as sa

from backend.campus.campus_store import newest
from backend.kernel.engines import safe_sqlite, sqlite_version
from backend.kernel.errors import Refusal
from backend.people.sealed_store import pieces_by_key
from infra.doctor_concern_store import examine_their_store
from infra.doctor_concerns import examine_concerns, private_halves
from infra.doctor_post import examine_post
from infra.finding import Finding, is_private
from infra.keyring_file import NAME as KEYS, KeyringFile
from infra.migrating import pending
from infra.secrets_file import NAME
from infra.service_account import is_safe_address
from infra.settings import Settings
from infra.wiring import open_engines, reserve_of

#: Less than this and the day's log may not fit (bytes).
ROOM = 500 * 1024 * 1024

#: PostgreSQL's clock may differ by this much before leases and rungs would (seconds).
SKEW_S = 5


def examine(settings: Settings) -> Iterator[Finding]:
    """Look at everything a start needs; no finding stops the others."""
    version = ".".join(map(str, sqlite_version()))
    yield Finding(f"SQLite {version}", safe_sqlite(sqlite_version()), "install pysqlite3 0.6.1 or later")
    yield from _directory(settings)
    for check in (_schema, _campus, _clock, _keys):
        yield _found(check, settings)
    yield from _concerns(settings)
    account = settings.firebase_account
    push = f"set up, by the Firebase project {account['project_id']}" if account else "off, played by the recorder"
    yield Finding(f"push: {push}", well=True)
    yield from examine_post(settings)
    yield from _telephone(settings)
    called = "is called" if settings.deadman_url else "is not called: BLUELIGHT_DEADMAN_URL has no value"
    yield Finding(f"a watcher outside {called}", well=True)


def _telephone(settings: Settings) -> Iterator[Finding]:
    """Whether texts and calls go out, and whether answers to them can come in."""
    account = settings.telephone
    if account is None:
        yield Finding("SMS and voice: off, played by the recorder", well=True)
        return
    what = "SMS and voice" if account.number else "SMS"
    yield Finding(f"{what}: set up, by the Twilio account {account.account_sid}", well=True)
    if account.number is None:
        yield Finding("voice: off, there is no number to ring from", well=True)
    yield Finding(
        f"Twilio answers at {account.public_url}",
        is_safe_address(account.public_url),
        "set BLUELIGHT_PUBLIC_URL to the https:// address by which the world reaches this server",
    )


def _directory(settings: Settings) -> Iterator[Finding]:
    folder = settings.data_dir
    folder.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(folder).free
    yield Finding(f"{free // 1024**2:,} MiB free in {folder}", free >= ROOM, "free at least 500 MiB")
    if settings.database_url is None:
        tight = reserve_of(settings).is_tight()
        what = (
            "the disk is tight: only calls for help are written" if tight else "the disk's reserve has not been needed"
        )
        yield Finding(what, not tight, "make room, see infra/runbook.md; the reserve comes back by itself")
    secret = folder / NAME
    if settings.secret_key is None and secret.exists():
        yield Finding("the secret key is its owner's alone", is_private(secret), f"chmod 600 {secret}")
    keys = folder / KEYS
    if keys.exists():
        yield Finding("the sealing keys are their owner's alone", is_private(keys), f"chmod 600 {keys}")


def _found(check: Callable[[Settings], Finding], settings: Settings) -> Finding:
    try:
        return check(settings)
    except (sa.exc.SQLAlchemyError, Refusal) as fault:
        if isinstance(fault, Refusal):
            return Finding(fault.title, well=False)
        return Finding(f"the database cannot be read ({type(fault).__name__})", well=False, remedy="is it running?")


@contextmanager
def _store(settings: Settings) -> Iterator[tuple[sa.Engine, sa.Engine]]:
    """The writing and the reading engine, let go of at the end."""
    writing, reading = open_engines(settings)
    try:
        yield writing, reading
    finally:
        writing.dispose()
        reading.dispose()


def _schema(settings: Settings) -> Finding:
    with _store(settings) as (engine, _):
        waiting = pending(engine)
    return Finding(f"{len(waiting)} migrations wait", not waiting, "run bluelight migrate")


def _campus(settings: Settings) -> Finding:
    with _store(settings) as (_, reading), sa.orm.Session(reading) as session:
        return Finding(f"the campus is {newest(session).name}", well=True)


def _keys(settings: Settings) -> Finding:
    """Whether every sealed piece has its key here."""
    with _store(settings) as (_, reading), sa.orm.Session(reading) as session:
        pieces = pieces_by_key(session)
    file = settings.data_dir / KEYS
    if not pieces and not file.exists():
        return Finding("nothing is sealed yet", well=True)
    try:
        known = KeyringFile(settings.data_dir)().keys.keys()
    except Refusal as refusal:
        return Finding(refusal.title, well=False, remedy=f"bring {file} back from a backup, for the user that serves")
    lost = sum(number for key_id, number in pieces.items() if key_id not in known)
    opens = sum(pieces.values()) - lost
    # What was sealed since by a newer key must not be lost in its turn.
    remedy = f"put the lines that are missing back into {file}, above those that are there"
    return Finding(f"{opens:,} sealed pieces have their key, {lost:,} do not", not lost, remedy)


def _concerns(settings: Settings) -> Iterator[Finding]:
    """Their store, and who can read one; what keeps the store from being read was found before."""
    try:
        with _store(settings) as (_, reading), sa.orm.Session(reading) as session:
            yield from list(examine_their_store(settings, session.connection()))
            yield from list(examine_concerns(session))
    except (sa.exc.SQLAlchemyError, Refusal):
        yield Finding("who could read a concern cannot be told", well=False, remedy="see above")
    yield from private_halves(settings.data_dir)


def _clock(settings: Settings) -> Finding:
    with _store(settings) as (writing, _):
        if writing.dialect.name == "sqlite":
            return Finding("the clock is this machine's own", well=True)
        with writing.connect() as connection:
            theirs: datetime = connection.scalar(sa.select(sa.func.now()))  # type: ignore[assignment]
    skew = abs((datetime.now(UTC) - theirs).total_seconds())
    return Finding(f"the database's clock differs by {skew:.1f} s", skew <= SKEW_S, "set both clocks by NTP")
