"""The key by which browsers' makers know our pushes: from the settings, or drawn once beside the database."""

import base64
import binascii
import os
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

from backend.kernel.errors import Unavailable

NAME = "vapid.key"

KEY_BYTES = 32


def read_vapid(told: str) -> str:
    """
    The private key, 32 bytes in base64url, from that or from PEM.

    Raises ValueError in words that continue "VAPID_PRIVATE_KEY …".
    """
    try:
        if "-----BEGIN" in told:
            found = load_pem_private_key(told.encode(), password=None)
            if not isinstance(found, ec.EllipticCurvePrivateKey) or not isinstance(found.curve, ec.SECP256R1):
                raise ValueError("is a key of another kind: it must be on the curve P-256")
            number = found.private_numbers().private_value
        else:
            raw = base64.b64decode(told.rstrip("=") + "=" * (-len(told.rstrip("=")) % 4), altchars=b"-_", validate=True)
            if len(raw) != KEY_BYTES:
                raise ValueError(f"must hold {KEY_BYTES} bytes in base64url, or PEM")
            number = int.from_bytes(raw)
            ec.derive_private_key(number, ec.SECP256R1())
    except (binascii.Error, TypeError, UnicodeError, UnsupportedAlgorithm) as fault:
        raise ValueError("cannot be read: it must be PEM, or 32 bytes in base64url") from fault
    return _base64url(number.to_bytes(KEY_BYTES))


def public_half(private: str) -> str:
    """What a browser subscribes with (`applicationServerKey`), in base64url."""
    number = int.from_bytes(base64.urlsafe_b64decode(private + "="))
    point = ec.derive_private_key(number, ec.SECP256R1()).public_key()
    return _base64url(point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def vapid_of(data_dir: Path) -> str:
    """
    The key of this data directory; drawn (mode 0600) at the first start.

    Raises Unavailable when it is not ours to read, or not what we wrote:
    another one would cost every browser its subscription.
    """
    file = data_dir / NAME
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        if not file.exists():
            _draw(file)
        return read_vapid(file.read_text(encoding="ascii").strip())
    except (OSError, ValueError) as fault:
        raise Unavailable(f"No browser can be pushed to: {file} cannot be used.", slug="no-keys") from fault


def _draw(file: Path) -> None:
    """Whole or not at all: it is written beside, and takes its place in one step unless another start was first."""
    beside = file.with_name(f"{NAME}.{os.getpid()}")
    number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as opened:
        opened.write(_base64url(number.to_bytes(KEY_BYTES)))
        opened.flush()
        os.fsync(opened.fileno())
    try:
        file.hardlink_to(beside)
    except FileExistsError:
        pass
    finally:
        beside.unlink()


def _base64url(told: bytes) -> str:
    return base64.urlsafe_b64encode(told).decode().rstrip("=")
