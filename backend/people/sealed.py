"""Sealed: what is kept so that the database alone cannot read it, each piece under a key of its own."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy.orm import Session

#: What a session carries so that sealed things can be read: a function that gives the ring of this moment.
KEYRING = "keyring"

#: Says how the bytes behind it are laid out, so that another way can come beside this one.
LAYOUT = b"\x01"

KEY_BYTES = 32
NONCE_BYTES = 12
KEY_ID_BYTES = 8
#: A wrapped data key: its nonce, the key, the tag.
WRAPPED_BYTES = NONCE_BYTES + KEY_BYTES + 16


class Unreadable(Exception):
    """The bytes are not what was sealed, belong elsewhere, or their key is not on the ring."""


@dataclass(frozen=True, slots=True)
class Keyring:
    """
    The wrapping keys by id (16 hexadecimal digits), 256 bits each.

    `newest` wraps; the others still open what they wrapped until it has been
    wrapped anew. Never in the database.
    """

    keys: Mapping[str, bytes]
    newest: str


def seal(keyring: Keyring, plain: bytes, *, about: UUID, what: str) -> bytes:
    """
    Encrypt under a fresh key, which the newest key of the ring wraps (AES-256-GCM both).

    `about` and `what` are bound in: sealed bytes that were moved to another
    person or another column do not open. 97 bytes longer than `plain`.
    """
    key = secrets.token_bytes(KEY_BYTES)
    nonce = secrets.token_bytes(NONCE_BYTES)
    bound = _bound(about, what)
    return _wrapped(keyring, key, bound) + nonce + AESGCM(key).encrypt(nonce, plain, bound)


def unseal(keyring: Keyring, sealed: bytes, *, about: UUID, what: str) -> bytes:
    """What was sealed. Raises Unreadable."""
    bound = _bound(about, what)
    key, rest = _unwrapped(keyring, sealed, bound)
    try:
        return AESGCM(key).decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], bound)
    except InvalidTag as fault:
        raise Unreadable("changed, or sealed about somebody else") from fault


def wrapped_anew(keyring: Keyring, sealed: bytes, *, about: UUID, what: str) -> bytes | None:
    """The same bytes under the newest key, without being read; None when they are already. Raises Unreadable."""
    if key_id(sealed) == keyring.newest:
        return None
    bound = _bound(about, what)
    key, rest = _unwrapped(keyring, sealed, bound)
    return _wrapped(keyring, key, bound) + rest


def key_id(sealed: bytes) -> str:
    """Which key of the ring opens these bytes."""
    return sealed[1 : 1 + KEY_ID_BYTES].hex()


def keyring_of(session: Session) -> Keyring:
    """
    The ring of this moment: a key that was drawn a second ago is on it.

    Raises Unavailable when it cannot be read.
    """
    ring: Callable[[], Keyring] = session.info[KEYRING]
    return ring()


def _wrapped(keyring: Keyring, key: bytes, bound: bytes) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    wrapping = AESGCM(keyring.keys[keyring.newest])
    return LAYOUT + bytes.fromhex(keyring.newest) + nonce + wrapping.encrypt(nonce, key, bound)


def _unwrapped(keyring: Keyring, sealed: bytes, bound: bytes) -> tuple[bytes, bytes]:
    """The data key and what lies behind it."""
    head = len(LAYOUT) + KEY_ID_BYTES
    wrapping = keyring.keys.get(key_id(sealed))
    if sealed[: len(LAYOUT)] != LAYOUT or wrapping is None or len(sealed) < head + WRAPPED_BYTES:
        raise Unreadable("no key of the ring opens this")
    nonce, key = sealed[head : head + NONCE_BYTES], sealed[head + NONCE_BYTES : head + WRAPPED_BYTES]
    try:
        return AESGCM(wrapping).decrypt(nonce, key, bound), sealed[head + WRAPPED_BYTES :]
    except InvalidTag as fault:
        raise Unreadable("changed, or sealed about somebody else") from fault


def _bound(about: UUID, what: str) -> bytes:
    return about.bytes + what.encode()
