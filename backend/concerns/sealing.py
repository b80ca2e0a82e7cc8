"""Sealing: what only whoever holds one of the named private keys can open (X25519 sealed boxes, libsodium's)."""

import base64
import binascii
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import nacl.utils
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import SecretBox

from backend.concerns.size_class import CLASSES, pad, unpad

KEY_BYTES = PublicKey.SIZE

#: Whose copy the reporter opens: their key comes from the receipt and is known to nobody else.
REPORTER = "reporter"

#: What a box is longer than what was padded: its nonce and its tag.
BOX_EXTRA = SecretBox.NONCE_SIZE + SecretBox.MACBYTES

#: A copy: an ephemeral public key, the data key, a tag.
COPY_BYTES = KEY_BYTES + SecretBox.KEY_SIZE + SecretBox.MACBYTES


class Unopenable(Exception):
    """There is no copy for this key, or box or copy are not what was sealed."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """
    A box under a data key of its own, and that key sealed once to each who may open it.

    `copies` by key id. To destroy all copies but some leaves the box to those
    alone.
    """

    box: bytes
    copies: Mapping[str, bytes]

    def on_the_wire(self) -> dict[str, Any]:
        """`{box, copies: {key_id: copy}}`, base64."""
        return {"box": _text(self.box), "copies": {key_id: _text(copy) for key_id, copy in self.copies.items()}}

    @classmethod
    def from_the_wire(cls, given: Mapping[str, Any]) -> Self:
        """Raises ValueError, with a sentence, for what is no envelope, whatever it is instead."""
        box, copies = given.get("box"), given.get("copies")
        if not isinstance(box, str) or not isinstance(copies, Mapping) or set(given) != {"box", "copies"}:
            raise ValueError("A sealed thing is {box, copies}.")
        found = cls(_bytes(box), {str(key_id): _bytes(copy) for key_id, copy in copies.items()})
        if len(found.box) - BOX_EXTRA not in CLASSES:
            raise ValueError("The box is of no size class.")
        if not found.copies or any(len(copy) != COPY_BYTES for copy in found.copies.values()):
            raise ValueError("A copy is not a sealed key.")
        return found


def key_id_of(public_key: bytes) -> str:
    """A key's name and what people compare by eye: the first 64 bits of its SHA-256, 16 hexadecimal digits."""
    return hashlib.sha256(public_key).hexdigest()[:16]


def is_usable(public_key: bytes) -> bool:
    """Whether anything can be sealed to it: 32 bytes that are no point of small order."""
    try:
        SealedBox(PublicKey(public_key)).encrypt(b"")
    except (CryptoError, TypeError, ValueError):
        return False
    return True


def seal(plain: bytes, keys: Mapping[str, bytes], *, least: int = CLASSES[0]) -> Envelope:
    """
    Pad, encrypt under a fresh data key, and seal that to each of these public keys (by key id).

    Raises ValueError for more than the largest size class holds.
    """
    data_key = nacl.utils.random(SecretBox.KEY_SIZE)
    box = SecretBox(data_key).encrypt(pad(plain, least=least))
    copies = {key_id: bytes(SealedBox(PublicKey(key)).encrypt(data_key)) for key_id, key in keys.items()}
    return Envelope(bytes(box), copies)


def open_(envelope: Envelope, key_id: str, private_key: bytes) -> bytes:
    """What was sealed, for whoever holds this private key. Raises Unopenable."""
    copy = envelope.copies.get(key_id)
    if copy is None:
        raise Unopenable
    return open_box(envelope.box, copy, private_key)


def open_box(box: bytes, copy: bytes, private_key: bytes) -> bytes:
    """The same with the one copy at hand. Raises Unopenable."""
    try:
        return unpad(SecretBox(_data_key(copy, private_key)).decrypt(box))
    except (CryptoError, ValueError) as fault:
        raise Unopenable from fault


def share(copy: bytes, private_key: bytes, public_key: bytes) -> bytes:
    """A copy for somebody else, made by one who has one: the box stays as it is. Raises Unopenable."""
    try:
        return bytes(SealedBox(PublicKey(public_key)).encrypt(_data_key(copy, private_key)))
    except (CryptoError, ValueError) as fault:
        raise Unopenable from fault


def seal_to(plain: bytes, public_key: bytes, *, least: int = CLASSES[0]) -> bytes:
    """Padded, and sealed to one key directly: what is made anew at each reading and kept nowhere."""
    return bytes(SealedBox(PublicKey(public_key)).encrypt(pad(plain, least=least)))


def open_sealed(sealed: bytes, private_key: bytes) -> bytes:
    """What `seal_to` sealed. Raises Unopenable."""
    try:
        return unpad(SealedBox(PrivateKey(private_key)).decrypt(sealed))
    except (CryptoError, ValueError) as fault:
        raise Unopenable from fault


def public_of(private_key: bytes) -> bytes:
    """The half that may be told."""
    return bytes(PrivateKey(private_key).public_key)


def new_private_key() -> bytes:
    """Of 32 bytes; to be made where it stays, which is never a server."""
    return bytes(PrivateKey.generate())


def _data_key(copy: bytes, private_key: bytes) -> bytes:
    return bytes(SealedBox(PrivateKey(private_key)).decrypt(copy))


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _bytes(text: Any) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, TypeError, ValueError) as fault:
        raise ValueError("A sealed thing is written in base64.") from fault
