"""Take a backup of a store that is being served from, prove it at once, and remove those that are too old."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.campus import campus_store
from backend.kernel import audit, chaining
from backend.kernel.chaining import Head
from backend.kernel.database import Database
from backend.kernel.errors import Invalid, Unavailable
from backend.kernel.threads import PlainThreads
from infra.backup import keys, postgres_form, proving, shelf, sqlite_form
from infra.backup.manifest import NAME, Contents, Manifest, digests
from infra.backup.written_down import ABOUT, BEGUN, PROVED
from infra.migrating import pending
from infra.settings import Settings
from infra.wiring import DATABASE_FILE, keeps_of, open_engines

Clock = Callable[[], datetime]

ANCHOR = "audit.anchor"

#: Each waits ten seconds for its turn to write.
ATTEMPTS = 6


@dataclass(frozen=True, slots=True)
class Made:
    """A finished backup, and which older ones went for it."""

    folder: Path
    manifest: Manifest
    pruned: list[str]


def back_up(settings: Settings, into: Path, *, with_keys: bool, clock: Clock) -> Made:
    """
    One more backup on this shelf; who took it is in the audit, and so in the copy.

    One that is found wrong is kept and says so in `manifest.faults`; older ones
    are then not removed. Raises Conflict, Invalid or Unavailable when none could be taken.
    """
    begun_at = clock()
    if not settings.database_url and not (settings.data_dir / DATABASE_FILE).exists():
        raise Invalid(f"There is no database in {settings.data_dir}.")
    if settings.database_url:
        keys.must_be_here(settings)
    keeps = keeps_of(settings)
    with shelf.at(into):
        _write_down(settings, keeps, BEGUN, of=begun_at, at=begun_at)
        ring_before = keys.on_ring(settings.data_dir)
        with shelf.new_backup(into, now=begun_at) as folder:
            # Before the copy: a head that is anchored later would be of lines the copy has not.
            anchors = _copy_anchor(settings, folder)
            taken_at = clock()
            contents = _copy_store(settings, folder)
            if with_keys:
                keys.copy_out(settings, folder)
            # What is copied, not what is live: a key may be drawn or taken off at any moment.
            ring = keys.on_ring(folder / keys.FOLDER if with_keys else settings.data_dir)
            with _opened(settings, folder, contents) as (engine, missing):
                pieces = keys.pieces_by_key(engine)
                faults = [
                    *missing,
                    *proving.faults_of(engine, keeps, anchors, now=taken_at),
                    *keys.missed(pieces, before=ring_before, ring=ring),
                ]
                newest, head = proving.newest_row_of(engine), proving.head_of(engine)
                kept = _kept(engine)
            manifest = Manifest(
                contents=contents,
                program=version("bluelight"),
                begun_at=begun_at,
                taken_at=taken_at,
                ended_at=clock(),
                newest_row_at=newest,
                head=head,
                keyring=sorted(pieces.keys() & (ring_before | ring)),
                faults=faults,
                files=digests(folder),
            )
            (folder / NAME).write_text(manifest.text(), encoding="utf-8")
        if not manifest.faults:
            # What `/metrics` counts the age of a backup from.
            _write_down(settings, keeps, PROVED, of=begun_at, at=clock())
        pruned = [] if manifest.faults else shelf.prune(into, now=begun_at, kept=kept)
    return Made(into / folder.name.removeprefix(shelf.UNFINISHED), manifest, pruned)


def _kept(engine: sa.Engine) -> timedelta:
    """How old a backup may get, as the campus says: what was forgotten leaves its copies too."""
    with Session(engine) as session:
        return campus_store.keeping(session).age("backups_days")


def _write_down(settings: Settings, keeps: dict[str, Any], what: str, *, of: datetime, at: datetime) -> None:
    """A copy of everything is a look at everything."""

    def line(session: Session) -> None:
        audit.record(session, what, actor=None, about=ABOUT, about_id=shelf.name_of(of), at=at)

    # Not by open_database: a backup is what one takes before the tables are migrated.
    writing, reading = open_engines(settings)
    database = Database(writing=writing, reading=reading, threads=PlainThreads(), ring=lambda _: None, keeps=keeps)
    try:
        for attempt in range(ATTEMPTS):
            try:
                return database.write(line)
            except Unavailable:
                # A server that writes without a pause leaves the file's lock to others by chance.
                if attempt == ATTEMPTS - 1:
                    raise
    finally:
        database.close()


def _copy_anchor(settings: Settings, folder: Path) -> list[Head]:
    if not settings.anchor.exists():
        return []
    shutil.copyfile(settings.anchor, folder / ANCHOR)
    return chaining.read_anchors((folder / ANCHOR).read_text(encoding="utf-8"))


def _copy_store(settings: Settings, folder: Path) -> Contents:
    if not settings.database_url:
        return sqlite_form.copy(settings.data_dir / DATABASE_FILE, folder)
    engine, _ = open_engines(settings)
    try:
        return postgres_form.dump(engine, folder)
    finally:
        engine.dispose()


@contextmanager
def _opened(settings: Settings, folder: Path, contents: Contents) -> Iterator[tuple[sa.Engine, list[str]]]:
    """The backup as a store of this version's, and what was found wrong on the way."""
    if settings.database_url:
        with postgres_form.scratch(settings.database_url) as engine:
            found = postgres_form.load(engine, folder, contents)
            yield engine, proving.missing_rows(contents.rows, found)
        return
    engine = sqlite_form.open_copy(folder / DATABASE_FILE)
    if not pending(engine):
        yield engine, []
        engine.dispose()
        return
    engine.dispose()
    scratch = folder / "scratch"
    scratch.mkdir()
    writing, reading = sqlite_form.load(folder, scratch)
    try:
        yield reading, []
    finally:
        writing.dispose()
        reading.dispose()
        shutil.rmtree(scratch)
