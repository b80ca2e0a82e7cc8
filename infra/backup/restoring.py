"""Bring a backup back into an empty place: loaded beside it, proved there, and only then put in."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from backend.kernel import chaining
from backend.kernel.database import Database
from backend.kernel.errors import Conflict, Invalid
from backend.kernel.threads import PlainThreads
from infra.anchor_file import append_anchor
from infra.backup import keys, postgres_form, proving, shelf, sqlite_form
from infra.backup.coming_back import settle
from infra.backup.making import ANCHOR
from infra.backup.manifest import Manifest, must_be_whole, read_manifest
from infra.concern_rounds import BESIDE
from infra.disk import sync
from infra.migrating import is_known
from infra.settings import Settings
from infra.wiring import CONCERNS_FILE, DATABASE_FILE, STORE_FILES, keeps_of

SCRATCH = ".restoring"

#: What may stand where a restore would write.
OURS = (*(f"{file}{beside}" for file in STORE_FILES for beside in BESIDE), *keys.FILES)


@dataclass(frozen=True, slots=True)
class Wishes:
    """How it was asked for: where the keys are, what becomes of what stands there, who must sign in again."""

    keys: Path | None = None
    replace: bool = False
    end_sign_ins: bool = False


@dataclass(frozen=True, slots=True)
class Restored:
    """What is in place now. `faults` were in the backup, or came of it; `aside` is where the old one went."""

    folder: Path
    manifest: Manifest
    faults: list[str]
    sign_ins_ended: int
    aside: str | None


def restore(settings: Settings, source: Path, wishes: Wishes, *, clock: Callable[[], datetime]) -> Restored:
    """
    The newest backup of this shelf, or this very one, as the store of these settings.

    Raises Invalid or Conflict before anything is changed: a backup that is not
    whole, of another form or of a newer version, keys that are missing, a place
    that is not empty or still served from.
    """
    now = clock()
    folder = shelf.newest(source)
    manifest = read_manifest(folder)
    _must_fit(settings, manifest)
    must_be_whole(folder, manifest)
    found = keys.find(settings, folder, wishes.keys, ring=manifest.keyring)
    standing = _must_be_free(settings, replace=wishes.replace)
    aside = f"before-restore-{shelf.name_of(now)}"
    with _scratch(settings.data_dir) as scratch:
        there = replace(settings, data_dir=scratch, audit_anchor=scratch / ANCHOR)
        keys.put(found, scratch)
        if (folder / ANCHOR).exists():
            shutil.copyfile(folder / ANCHOR, there.anchor)
        with _loaded(settings, folder, manifest, scratch) as (writing, reading):
            database = Database(
                writing=writing,
                reading=reading,
                threads=PlainThreads(),
                ring=lambda _: None,
                keeps=keeps_of(there),
            )
            ended = database.write(
                settle, backup=folder.name, taken_at=manifest.taken_at, everybody=wishes.end_sign_ins, now=now
            )
            _link(database, there.anchor, at=now)
            anchors = chaining.read_anchors(there.anchor.read_text(encoding="utf-8"))
            faults = list(proving.faults_of(reading, keeps_of(there), anchors, now=now))
            database.close()
            if settings.database_url:
                _put(scratch, settings, standing.files, aside)
                postgres_form.move_in(writing, _schema(aside) if standing.tables else None)
        if not settings.database_url:
            _put(scratch, settings, standing.files, aside)
    return Restored(folder, manifest, faults, ended, aside if standing.files or standing.tables else None)


@dataclass(frozen=True, slots=True)
class _Standing:
    """What stands where the backup goes."""

    files: list[Path]
    tables: list[str]


def _must_fit(settings: Settings, manifest: Manifest) -> None:
    wanted = postgres_form.FORM if settings.database_url else sqlite_form.FORM
    if manifest.contents.form != wanted:
        raise Invalid(f"This backup is of {manifest.contents.form}, and these settings are for {wanted}.")
    if not is_known(manifest.contents.revision):
        raise Invalid(
            f"This backup is of a newer Bluelight ({manifest.program}, tables {manifest.contents.revision}): "
            "restore it with that one."
        )


def _must_be_free(settings: Settings, *, replace: bool) -> _Standing:
    """What would have to go aside. Raises Conflict where that was not asked for, or something is still running."""
    files = _files(settings)
    tables = postgres_form.present(settings.database_url) if settings.database_url else []
    if (files or tables) and not replace:
        found = files[0] if files else f"the database ({tables[0]})"
        raise Conflict(f"There is something already: {found}. Name another place with --data, or --replace it.")
    if not settings.database_url:
        sqlite_form.must_not_be_in_use(settings.data_dir / DATABASE_FILE)
    elif tables and postgres_form.others_connected(settings.database_url):
        raise Conflict("Others are connected to this database: stop every server first.")
    # Again: whoever was killed left a log, which that look has brought into its file.
    return _Standing(_files(settings), tables)


def _files(settings: Settings) -> list[Path]:
    found = [settings.data_dir / one for one in OURS if (settings.data_dir / one).exists()]
    return [*found, settings.anchor] if settings.anchor.exists() else found


@contextmanager
def _scratch(place: Path) -> Iterator[Path]:
    """A folder beside where things will stand, so that they are moved there and not copied."""
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder = place / SCRATCH
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _loaded(settings: Settings, folder: Path, manifest: Manifest, scratch: Path) -> Iterator[sqlite_form.Engines]:
    """The backup as a store that nobody serves from yet, brought up to this version."""
    if settings.database_url:
        with postgres_form.scratch(settings.database_url) as inside:
            missing = proving.missing_rows(
                manifest.contents.rows, postgres_form.load(inside, folder, manifest.contents)
            )
            if missing:
                raise Invalid("The backup could not be loaded whole: " + " ".join(missing))
            yield inside, inside
        return
    writing, reading = sqlite_form.load(folder, scratch)
    try:
        yield writing, reading
    finally:
        writing.dispose()
        reading.dispose()
    # Its log is in the file from here on.
    sqlite_form.must_not_be_in_use(scratch / DATABASE_FILE)


def _link(database: Database, anchor: Path, *, at: datetime) -> None:
    """Link and anchor what waits, so that the proof goes to the very end."""
    anchor.touch()
    while (head := database.write(chaining.link_waiting)) is not None:
        append_anchor(anchor, chaining.anchor_line(head, at=at))


def _put(scratch: Path, settings: Settings, standing: list[Path], aside: str) -> None:
    """Everything into its place, what stood there aside; the database last: where it stands, all of it does."""
    shelf.keep_on_disk(scratch)
    if standing:
        (settings.data_dir / aside).mkdir(mode=0o700)
    for file in standing:
        shutil.move(file, settings.data_dir / aside / file.name)
    settings.anchor.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(scratch / ANCHOR, settings.anchor)
    for name in (*keys.FILES, CONCERNS_FILE, DATABASE_FILE):
        if (scratch / name).exists():
            (scratch / name).rename(settings.data_dir / name)
    sync(settings.data_dir)


def _schema(aside: str) -> str:
    return aside.replace("-", "_").lower()
