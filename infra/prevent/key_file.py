"""An adviser's key pair in a file of their own: the private half under a passphrase, or in the open for a demo."""

import base64
import binascii
import json
import os
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Self

import nacl.utils
from nacl.exceptions import CryptoError
from nacl.pwhash import argon2id
from nacl.secret import SecretBox

from backend.concerns.sealing import KEY_BYTES, key_id_of, new_private_key, public_of

WHAT, VERSION = "bluelight adviser key", 1

#: A passphrase guards a file that may be stolen and guessed at for years: NIST's shortest for one that stands alone.
SHORTEST_PASSPHRASE = 15

#: What one guess costs: libsodium's "moderate" (a quarter of a GiB, about a second), which a browser can pay as well.
ROUNDS, MEMORY = argon2id.OPSLIMIT_MODERATE, argon2id.MEMLIMIT_MODERATE

#: More than any file of ours asks for: a forged one shall not stop the machine that reads it.
MOST_ROUNDS, MOST_MEMORY = 16, 1 << 30


class Unreadable(Exception):
    """It is no key file of ours, or the passphrase is another; its sentence says which."""


@dataclass(frozen=True, slots=True)
class Wrapped:
    """32 bytes under argon2id(passphrase, salt) and a secretbox, nonce first."""

    salt: bytes
    rounds: int
    memory: int
    box: bytes

    @classmethod
    def of(cls, private_key: bytes, passphrase: str, *, rounds: int = ROUNDS, memory: int = MEMORY) -> Self:
        salt = nacl.utils.random(argon2id.SALTBYTES)
        box = SecretBox(_stretched(passphrase, salt, rounds, memory)).encrypt(private_key)
        return cls(salt, rounds, memory, bytes(box))

    def opened(self, passphrase: str) -> bytes:
        """The private key. Raises Unreadable."""
        try:
            return SecretBox(_stretched(passphrase, self.salt, self.rounds, self.memory)).decrypt(self.box)
        except CryptoError as fault:
            raise Unreadable("That is not its passphrase.") from fault


@dataclass(frozen=True, slots=True)
class KeyFile:
    """Both halves; the private one is `wrapped`, or `plain` where everybody may try it."""

    public_key: bytes
    made_on: date
    wrapped: Wrapped | None = None
    plain: bytes | None = None

    @classmethod
    def made(cls, passphrase: str, *, today: date) -> Self:
        """A new pair. Its private half is in this file and nowhere else."""
        private_key = new_private_key()
        return cls(public_of(private_key), today, wrapped=Wrapped.of(private_key, passphrase))

    @classmethod
    def in_the_open(cls, private_key: bytes, *, today: date) -> Self:
        """Thrown away after a demonstration."""
        return cls(public_of(private_key), today, plain=private_key)

    @property
    def fingerprint(self) -> str:
        return key_id_of(self.public_key)

    def private_key(self, ask: Callable[[], str]) -> bytes:
        """
        The private half; `ask` for the passphrase is called only if there is one.

        Raises Unreadable, also when the halves do not belong together.
        """
        found = self.wrapped.opened(ask()) if self.wrapped else self.plain
        if found is None or public_of(found) != self.public_key:
            raise Unreadable("Its two halves do not belong together.")
        return found

    def text(self) -> str:
        """The file as infra/decisions/0026 describes it."""
        told: dict[str, Any] = {
            "what": WHAT,
            "version": VERSION,
            "public_key": _text(self.public_key),
            "fingerprint": self.fingerprint,
            "made_on": self.made_on.isoformat(),
        }
        if self.wrapped:
            told["private_key"] = {
                "kdf": "argon2id13",
                "rounds": self.wrapped.rounds,
                "memory": self.wrapped.memory,
                "salt": _text(self.wrapped.salt),
                "box": _text(self.wrapped.box),
            }
        else:
            told["private_key"] = {"kdf": None, "demo": _text(self.plain or b"")}
        return json.dumps(told, indent=2) + "\n"

    @classmethod
    def read(cls, text: str) -> Self:
        """Raises Unreadable for anything that `text` did not write."""
        try:
            return cls._of(json.loads(text))
        except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as fault:
            raise Unreadable("That is no key file of Bluelight's.") from fault

    @classmethod
    def _of(cls, told: dict[str, Any]) -> Self:
        if told["what"] != WHAT:
            raise ValueError("something else")
        if told["version"] != VERSION:
            raise Unreadable("This key file was made by a newer Bluelight.")
        public_key, private = _bytes(told["public_key"], KEY_BYTES), told["private_key"]
        if told["fingerprint"] != key_id_of(public_key):
            raise Unreadable("Its fingerprint is another key's.")
        made_on = date.fromisoformat(told["made_on"])
        if private["kdf"] is None:
            return cls(public_key, made_on, plain=_bytes(private["demo"], KEY_BYTES))
        rounds, memory = int(private["rounds"]), int(private["memory"])
        cheap_enough = argon2id.OPSLIMIT_MIN <= rounds <= MOST_ROUNDS and argon2id.MEMLIMIT_MIN <= memory <= MOST_MEMORY
        if private["kdf"] != "argon2id13" or not cheap_enough:
            raise ValueError("wrapped in a way that is not ours")
        box = _bytes(private["box"], SecretBox.NONCE_SIZE + SecretBox.MACBYTES + KEY_BYTES)
        wrapped = Wrapped(_bytes(private["salt"], argon2id.SALTBYTES), rounds, memory, box)
        return cls(public_key, made_on, wrapped=wrapped)


def write_new(file: Path, content: bytes) -> None:
    """Readable by its owner only. Raises FileExistsError: a key that is written over loses all it opened."""
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())


def read_public_key(told: str) -> bytes:
    """A public key in base64. Raises Unreadable."""
    try:
        return _bytes(told.strip(), KEY_BYTES)
    except ValueError as fault:
        raise Unreadable("A public key is 32 bytes in base64: 44 signs that end in =.") from fault


def public_text(public_key: bytes) -> str:
    """As it is given to the desk."""
    return _text(public_key)


def spoken(fingerprint: str) -> str:
    """In fours, as it is compared over the telephone."""
    return " ".join(fingerprint[place : place + 4] for place in range(0, len(fingerprint), 4))


def _stretched(passphrase: str, salt: bytes, rounds: int, memory: int) -> bytes:
    # One passphrase has several spellings in Unicode, and two keyboards may differ in which they send.
    typed = unicodedata.normalize("NFKC", passphrase).encode()
    return argon2id.kdf(SecretBox.KEY_SIZE, typed, salt, opslimit=rounds, memlimit=memory)


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _bytes(text: str, length: int) -> bytes:
    try:
        found = base64.b64decode(text, validate=True)
    except binascii.Error as fault:
        raise ValueError("not in base64") from fault
    if len(found) != length:
        raise ValueError(f"{len(found)} bytes in place of {length}")
    return found
