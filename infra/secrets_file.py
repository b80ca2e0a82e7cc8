"""The embedded form's own secret: drawn once, kept beside the database, readable by its owner only."""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from infra.settings import Settings

NAME = "secret.key"


def secret_of(data_dir: Path) -> str:
    """The secret of this data directory; drawn (256 bits, mode 0600) at the first start."""
    file = data_dir / NAME
    if not file.exists():
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as opened:
            opened.write(secrets.token_urlsafe(32))
    return file.read_text(encoding="ascii").strip()


def key_of(settings: Settings, purpose: str) -> bytes:
    """A key for one purpose, from the secret that was set, else from the data directory's own."""
    return derived(settings.secret_key or secret_of(settings.data_dir), purpose)


def derived(secret: str, purpose: str) -> bytes:
    """A key for one purpose, so that no two uses share one (32 bytes)."""
    return hmac.new(secret.encode(), purpose.encode(), hashlib.sha256).digest()
