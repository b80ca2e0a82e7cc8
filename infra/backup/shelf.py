"""The folder of all backups: a dated one each, unfinished ones under another name, old ones removed."""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from backend.kernel.errors import Conflict, Invalid
from infra.backup.manifest import NAME, read_manifest
from infra.disk import sync

UNFINISHED = ".unfinished-"
LOCK = ".lock"
DATED = "%Y-%m-%dT%H-%M-%SZ"


def name_of(moment: datetime) -> str:
    """What a backup of this moment is called; names sort by their age."""
    return moment.astimezone(UTC).strftime(DATED)


@contextmanager
def at(shelf: Path) -> Iterator[None]:
    """
    This shelf for ourselves, without what a killed backup left on it.

    Raises Conflict while another backup is being written here.
    """
    shelf.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (shelf / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Conflict(f"Another backup into {shelf} is running.") from None
        for left in shelf.glob(f"{UNFINISHED}*"):
            shutil.rmtree(left)
        yield


@contextmanager
def new_backup(shelf: Path, *, now: datetime) -> Iterator[Path]:
    """A folder to fill; it gets its name at the end, when everything in it is on the disk."""
    name = name_of(now)
    if (shelf / name).exists():
        raise Conflict(f"There is a backup of this very second in {shelf}.")
    folder = shelf / f"{UNFINISHED}{name}"
    folder.mkdir(mode=0o700)
    try:
        yield folder
        keep_on_disk(folder)
        folder.rename(shelf / name)
        sync(shelf)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def newest(shelf: Path) -> Path:
    """The backup meant: this folder if it is one, else the newest in it. Raises Invalid when there is none."""
    if (shelf / NAME).exists():
        return shelf
    found = sorted(_backups(shelf))
    if not found:
        raise Invalid(f"There is no finished backup in {shelf}.")
    return found[-1]


def prune(shelf: Path, *, now: datetime, kept: timedelta) -> list[str]:
    """Remove backups that are too old; the names of those that were. What is no backup that we can read stays."""
    old = [one for one in sorted(_backups(shelf)) if _begun_before(one, now - kept)]
    for one in old:
        # Under the other name first: half a backup must not look like one.
        shutil.rmtree(one.rename(one.with_name(f"{UNFINISHED}{one.name}")))
    return [one.name for one in old]


def keep_on_disk(folder: Path) -> None:
    """Its files are their owner's alone, and outlive a power cut."""
    for one in (folder, *folder.rglob("*")):
        one.chmod(0o700 if one.is_dir() else 0o600)
        sync(one)


def _begun_before(backup: Path, moment: datetime) -> bool:
    try:
        return read_manifest(backup).begun_at < moment
    except Invalid:
        # Damaged, somebody else's, or of another layout: a person decides what becomes of it.
        return False


def _backups(shelf: Path) -> Iterator[Path]:
    for one in shelf.iterdir():
        if not one.name.startswith(".") and (one / NAME).is_file():
            yield one
