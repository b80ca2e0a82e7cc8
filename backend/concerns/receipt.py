"""The receipt: twelve words that are the only way back to a concern, and what is made of them."""

import secrets
from dataclasses import dataclass

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from mnemonic import Mnemonic

from backend.concerns.sealing import public_of

#: 128 bits and a checksum of four make twelve words of BIP-39's English list, which are told apart by four letters.
ENTROPY_BYTES = 16
WORDS = 12

#: What tells the two things made of one receipt apart.
MAILBOX, KEY = b"bluelight concern mailbox", b"bluelight concern key"

_LIST = Mnemonic("english")


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Where a reporter's replies wait (32 hexadecimal digits), and the private key that opens them."""

    id: str
    private_key: bytes

    @property
    def public_key(self) -> bytes:
        return public_of(self.private_key)


def word_list() -> list[str]:
    """The 2,048 words in their order: for a client that makes its own receipt."""
    return list(_LIST.wordlist)


def new_receipt() -> str:
    """Twelve words, one blank between them."""
    return str(_LIST.to_mnemonic(secrets.token_bytes(ENTROPY_BYTES)))


def read_receipt(typed: str) -> str | None:
    """The receipt as it was given out, however it was typed or read aloud; None for what was never one."""
    words = "".join(letter if letter.isalpha() else " " for letter in typed.lower()).split()
    receipt = " ".join(words)
    return receipt if len(words) == WORDS and _LIST.check(receipt) else None


def mailbox_of(receipt: str) -> Mailbox:
    """
    HKDF-SHA256 over the receipt's twelve words, without salt: 128 bits of name and an X25519 key.

    Neither tells anything of the other or of the receipt.
    """
    return Mailbox(_drawn(receipt, MAILBOX, 16).hex(), _drawn(receipt, KEY, 32))


def _drawn(receipt: str, what: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt=None, info=what).derive(receipt.encode())
