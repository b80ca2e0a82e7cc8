"""The keys without which a copy can be read but neither proved nor opened: they lie in a folder of their own."""

import shutil
from collections.abc import Collection, Mapping
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.kernel.errors import Invalid
from backend.people import sealed_store
from infra import keyring_file, secrets_file, vapid_key
from infra.settings import Settings

FOLDER = "keys"

#: Everything under the data directory that seals or proves what is in the database.
FILES = (secrets_file.NAME, keyring_file.NAME)

#: Kept with them where it is: without it browsers would have to subscribe to our pushes anew.
BESIDES = (vapid_key.NAME,)


def must_be_here(settings: Settings) -> None:
    """
    For a database that is elsewhere: raises Invalid when its servers' keys are not in the data directory.

    New ones would be drawn, and a backup with those would prove and open nothing.
    """
    needed = [keyring_file.NAME, *([] if settings.secret_key else [secrets_file.NAME])]
    missing = [name for name in needed if not (settings.data_dir / name).is_file()]
    if missing:
        raise Invalid(
            f"{' and '.join(missing)} must be in {settings.data_dir}: give BLUELIGHT_DATA_DIR as the servers have it."
        )


def copy_out(settings: Settings, folder: Path) -> None:
    """Into `keys/`; a secret that came as a setting stays where it was set."""
    (folder / FOLDER).mkdir(mode=0o700)
    for name in (*FILES, *BESIDES):
        if (settings.data_dir / name).exists():
            shutil.copyfile(settings.data_dir / name, folder / FOLDER / name)


def on_ring(folder: Path) -> frozenset[str]:
    """The ids of the keys on the ring in this folder; none where none can be read."""
    try:
        return frozenset(keyring_file.read_keyring(folder / keyring_file.NAME).keys)
    except (OSError, ValueError):
        return frozenset()


def pieces_by_key(engine: sa.Engine) -> dict[str, int]:
    """How many sealed pieces of this copy need which key."""
    with Session(engine) as session:
        return sealed_store.pieces_by_key(session)


def missed(pieces: Mapping[str, int], *, before: Collection[str], ring: Collection[str]) -> list[str]:
    """
    A sentence for each key that the copy needs and that went off the ring while the backup was taken.

    One that was lost before then is no fault of the backup: `bluelight doctor` tells of that.
    """
    return [
        f"{pieces[key]:,} sealed pieces cannot be opened: the key {key} is not on the ring any more."
        for key in sorted(pieces)
        if key in before and key not in ring
    ]


def find(settings: Settings, backup: Path, elsewhere: Path | None, *, ring: list[str]) -> dict[str, Path]:
    """
    The key files a restore needs, by name: from the folder named, else from the backup.

    Raises Invalid naming what is missing, or a ring that lacks a key of the backup's.
    """
    folder = elsewhere or backup / FOLDER
    found = {name: folder / name for name in (*FILES, *BESIDES) if (folder / name).is_file()}
    needed = [name for name in FILES if name not in found]
    if settings.secret_key is not None and secrets_file.NAME in needed:
        needed.remove(secrets_file.NAME)
    if needed:
        raise Invalid(
            f"{' and '.join(needed)} must be in {folder}: name the folder with --keys "
            "(for secret.key, BLUELIGHT_SECRET_KEY as it was does as well)."
        )
    lost = set(ring) - set(keyring_file.read_keyring(found[keyring_file.NAME]).keys)
    if lost:
        raise Invalid(f"{found[keyring_file.NAME]} is not the ring of this backup: key {min(lost)} is not on it.")
    return found


def put(found: dict[str, Path], folder: Path) -> None:
    """Lay them where a server looks for them, for its owner alone."""
    for name, file in found.items():
        shutil.copyfile(file, folder / name)
        (folder / name).chmod(0o600)
