"""The keys that seal profiles and second factors: drawn once, kept beside the database, never in it."""

import fcntl
import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from backend.kernel.errors import Unavailable
from backend.people.sealed import KEY_BYTES, KEY_ID_BYTES, Keyring
from infra.disk import sync

NAME = "sealing.keys"

#: Where a changed file is written before it takes the place of the old one.
BESIDE = "sealing.keys.new"


class KeyringFile:
    """
    The ring of a data directory, read again whenever its file has been replaced.

    So a server that runs opens and seals with a key that the command line has
    drawn meanwhile. A ring that was read once outlives its file.
    """

    def __init__(self, data_dir: Path) -> None:
        self._file = data_dir / NAME
        self._known: tuple[tuple[int, ...], Keyring] | None = None

    def __call__(self) -> Keyring:
        """The last line is newest. Raises Unavailable when there is nothing that can be read."""
        known = self._known
        try:
            told = self._file.stat()
            edition = (told.st_ino, told.st_mtime_ns, told.st_size)
            if known is None or known[0] != edition:
                known = (edition, read_keyring(self._file))
                self._known = known
        except (OSError, ValueError) as fault:
            if known is None:
                raise unreadable() from fault
        return known[1]


def unreadable() -> Unavailable:
    """Said of a key file that is not there, not ours to read, or not what we wrote."""
    return Unavailable(f"What is sealed cannot be opened just now: {NAME} cannot be read.", slug="no-keys")


def draw_first(data_dir: Path) -> None:
    """Draw the first key (mode 0600) where there is none. Raises Unavailable when it could not be kept."""
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        with _alone(data_dir):
            if not (data_dir / NAME).exists():
                _replace(data_dir, [_drawn()])
    except OSError as fault:
        raise Unavailable(f"No key can be kept in {data_dir}: {fault.strerror}.", slug="no-keys") from fault


def add_key(data_dir: Path) -> str:
    """Draw a key that from now on seals everything new; its id. The older ones stay, to open what they sealed."""
    with _alone(data_dir):
        line = _drawn()
        _replace(data_dir, [*_lines(data_dir), line])
    return line.partition(":")[0]


def remove_key(data_dir: Path, key_id: str) -> None:
    """Take a key off the ring, for ever: what it still sealed is lost."""
    with _alone(data_dir):
        _replace(data_dir, [line for line in _lines(data_dir) if not line.startswith(f"{key_id}:")])


def _drawn() -> str:
    return f"{secrets.token_hex(KEY_ID_BYTES)}:{secrets.token_hex(KEY_BYTES)}"


def _lines(data_dir: Path) -> list[str]:
    """As they stand in the file. Raises Unavailable rather than let a file be replaced that was not understood."""
    file = data_dir / NAME
    try:
        read_keyring(file)
        return file.read_text(encoding="ascii").split()
    except (OSError, ValueError) as fault:
        raise unreadable() from fault


def read_keyring(file: Path) -> Keyring:
    """The ring of this very file. Raises OSError, or ValueError when it is none."""
    pairs = [line.split(":") for line in file.read_text(encoding="ascii").split()]
    keys = {key_id: bytes.fromhex(key) for key_id, key in pairs}
    right = (len(bytes.fromhex(key_id)) == KEY_ID_BYTES and len(key) == KEY_BYTES for key_id, key in keys.items())
    if not keys or not all(right):
        raise ValueError("not a key file of ours")
    return Keyring(keys, newest=pairs[-1][0])


def _replace(data_dir: Path, lines: Sequence[str]) -> None:
    """The old file or the new one, whole, whatever happens in between: a key that is lost loses all it sealed."""
    file, beside = data_dir / NAME, data_dir / BESIDE
    beside.unlink(missing_ok=True)
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as opened:
        if file.exists():
            # Root may type the command; the server that reads the file is somebody else.
            owner = file.stat()
            os.fchown(descriptor, owner.st_uid, owner.st_gid)
        opened.writelines(f"{line}\n" for line in lines)
        opened.flush()
        os.fsync(descriptor)
    beside.replace(file)
    sync(data_dir)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One at a time, other processes included: two who replaced the file at once would lose a key."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
