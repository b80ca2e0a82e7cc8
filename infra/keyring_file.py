"""The keys that seal profiles and second factors: drawn once, kept beside the database, never in it."""

import os
import secrets
from pathlib import Path

from backend.people.sealed import KEY_BYTES, KEY_ID_BYTES, Keyring

NAME = "sealing.keys"


def keyring_in(data_dir: Path) -> Keyring:
    """The ring of this data directory: the last line is newest, the first is drawn (mode 0600) at the first start."""
    file = data_dir / NAME
    if not file.exists():
        add_key(data_dir)
    lines = [line.split(":") for line in file.read_text(encoding="ascii").split()]
    return Keyring({key_id: bytes.fromhex(key) for key_id, key in lines}, newest=lines[-1][0])


def add_key(data_dir: Path) -> str:
    """Draw a key that from now on seals everything new; its id. The older ones stay, to open what they sealed."""
    data_dir.mkdir(parents=True, exist_ok=True)
    key_id = secrets.token_hex(KEY_ID_BYTES)
    descriptor = os.open(data_dir / NAME, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as opened:
        opened.write(f"{key_id}:{secrets.token_hex(KEY_BYTES)}\n")
        opened.flush()
        # A key that is lost with the power loses everything it sealed.
        os.fsync(opened.fileno())
    return key_id
