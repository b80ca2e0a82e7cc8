"""Read a Google service account as Firebase's console gives it, so that a wrong one stops the start."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import load_pem_private_key

NEEDED = ("project_id", "client_email", "private_key", "token_uri")

#: Where a secret may travel unencrypted: nowhere but on this machine.
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def read_service_account(told: str) -> dict[str, Any]:
    """
    The account in a file, or in the text itself where a secret store hands it over.

    Raises ValueError with what is wrong, in words that continue "FIREBASE_CREDENTIALS …".
    """
    if not told.lstrip().startswith("{"):
        try:
            told = Path(told).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as fault:
            raise ValueError("names a file that cannot be read") from fault
    try:
        account: Any = json.loads(told)
    except ValueError as fault:
        raise ValueError("does not hold JSON") from fault
    if not isinstance(account, dict) or account.get("type") != "service_account":
        raise ValueError('is not a service account: its type must be "service_account"')
    missing = [name for name in NEEDED if not isinstance(account.get(name), str) or not account[name]]
    if missing:
        raise ValueError(f"is not whole: {', '.join(missing)} missing")
    if not is_safe_address(account["token_uri"]):
        raise ValueError("has a token_uri that is not https://")
    try:
        load_pem_private_key(account["private_key"].encode(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as fault:
        raise ValueError("has a private_key that cannot be read") from fault
    return account


def is_safe_address(text: str) -> bool:
    """Whether secrets may be sent there: by https, or on this machine to something that stands in for Google."""
    try:
        parts = urlsplit(text)
        port_is_right = parts.port is None or parts.port > 0
    except ValueError:
        return False
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and port_is_right
