"""Throw-away keys for the demo's advisers, in a folder beside the data: anybody may try what only an adviser can."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from backend.concerns import keeping_keys, key_store
from backend.concerns.adviser import SealingKey
from backend.concerns.sealing import key_id_of, new_private_key
from backend.kernel.database import Database
from backend.kernel.errors import Unavailable
from backend.people import people_store
from infra.demo import DOMAIN
from infra.prevent.key_file import KeyFile, Unreadable, write_new
from infra.prevent.shares import split

ADVISERS = ("adviser1", "adviser2", "lead1")

RECOVERY = "recovery"

NAMES = (*ADVISERS, RECOVERY)

SHARES = "recovery-shares.txt"


@dataclass(frozen=True, slots=True)
class DemoKeys:
    """Where they are, and whether this start had to make new ones in the place of some that are gone."""

    folder: Path
    replaced: bool

    @property
    def greeting(self) -> str:
        """Said at every start."""
        new = " Some were gone and are new: what was sealed to those stays closed." if self.replaced else ""
        return f"The Prevent advisers' throw-away keys are in {self.folder}.{new}"


def folder_of(data_dir: Path) -> Path:
    """Beside the data directory, never in it: private halves do not lie at the server's, not even in a demo."""
    data_dir = data_dir.resolve()
    return data_dir.with_name(f"{data_dir.name}.demo-keys")


def ready(database: Database, folder: Path, *, now: datetime) -> DemoKeys:
    """
    See to it that every demo adviser and the recovery key have a pair whose private half is in this folder.

    A second time it only looks, and a key that somebody registered since stays.
    Where a file is gone a new pair replaces it: what was sealed to the old one
    is lost to its adviser. Raises Unavailable when the folder cannot be used.
    """
    today = now.date()
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        found = {name: _read(folder, name) for name in NAMES}
        new = {name: KeyFile.in_the_open(new_private_key(), today=today) for name, key in found.items() if key is None}
        public = {name: key.public_key for name, key in {**found, **new}.items() if key is not None}
        # Registered first: a start that dies in between finds no file, and makes another one.
        replaced = database.write(_register, public, frozenset(new), today=today, now=now)
        for name, key in new.items():
            write_new(folder / f"{name}.key", key.text().encode())
            if name == RECOVERY:
                _write_shares(folder / SHARES, key)
    except (OSError, Unreadable) as fault:
        raise Unavailable(f"The demo keys cannot be used: move {folder} away, and new ones are made.") from fault
    return DemoKeys(folder, replaced)


def greeting(database: Database, folder: Path, *, now: datetime) -> str:
    """Make them ready and say where they are; a demonstration starts without them as well, and says so."""
    try:
        return ready(database, folder, now=now).greeting
    except Unavailable as refusal:
        return refusal.title


def _read(folder: Path, name: str) -> KeyFile | None:
    file = folder / f"{name}.key"
    return KeyFile.read(file.read_text(encoding="utf-8")) if file.exists() else None


def _write_shares(file: Path, key: KeyFile) -> None:
    file.unlink(missing_ok=True)
    write_new(file, "".join(f"{share}\n" for share in split(key.plain or b"")).encode())


def _register(
    session: Session, public: Mapping[str, bytes], new: Collection[str], *, today: date, now: datetime
) -> bool:
    """Whether one that is new took the place of another."""
    replaced = False
    for name in ADVISERS:
        account = people_store.by_email(session, name + DOMAIN)
        if account is None:
            continue
        in_use = key_store.keys_of(session, [account.id])
        if _is_wanted(session, public[name], in_use, name in new):
            replaced |= bool(in_use)
            keeping_keys.register(session, account.id, account.name, public[name], by=None, today=today, now=now)
    recovery = key_store.recovery(session)
    if _is_wanted(session, public[RECOVERY], [recovery] if recovery else [], RECOVERY in new):
        replaced |= recovery is not None
        keeping_keys.set_recovery(session, public[RECOVERY], now=now)
    return replaced


def _is_wanted(session: Session, public_key: bytes, in_use: Collection[SealingKey], is_new: bool) -> bool:
    """A new one is; an older one only where there is none, and if nobody has retired it on purpose."""
    return is_new or (not in_use and key_store.key(session, key_id_of(public_key)) is None)
