"""The recovery key in three shares of words, any two of which make it again (SLIP-39)."""

from collections.abc import Sequence

from shamir_mnemonic import MnemonicError, Share, combine_mnemonics, generate_mnemonics

from backend.concerns.sealing import KEY_BYTES

NEEDED, MADE = 2, 3

#: 32 bytes, the share's number and its checksum, in words of which no two begin with the same four letters.
WORDS = 33


class Unfit(Exception):
    """These shares make no key; its sentence says why."""


def split(private_key: bytes) -> list[str]:
    """Three shares; one of them alone tells nothing at all of the key."""
    # No passphrase on top: it would be a fourth secret to lose, and two holders are needed as it is.
    shares: list[str]
    (shares,) = generate_mnemonics(1, [(NEEDED, MADE)], private_key)
    return shares


def join(shares: Sequence[str]) -> bytes:
    """The private key. Raises Unfit for a word misread, one share twice, shares of two keys, or fewer than two."""
    read = [as_written(share) for share in shares]
    for number, share in enumerate(read, start=1):
        _must_be_whole(number, share)
    if len(set(read)) < NEEDED:
        raise Unfit("That is the same share twice: two different ones are needed.")
    try:
        found: bytes = combine_mnemonics(read)
    except MnemonicError:
        # The library's sentences quote words of the shares: not even a part of one may stand in a log.
        raise Unfit("These shares are of two different keys.") from None
    if len(found) != KEY_BYTES:
        raise Unfit("These shares are of something else.")
    return found


def _must_be_whole(number: int, share: str) -> None:
    if len(share.split()) != WORDS:
        raise Unfit(f"Share {number} has {len(share.split())} words: it must have {WORDS}.")
    try:
        Share.from_mnemonic(share)
    except MnemonicError:
        raise Unfit(f"Share {number} is misread: a word in it is another, or two changed places.") from None


def as_written(typed: str) -> str:
    """The share as it was shown, however it was typed: numbers, commas and capitals do not matter."""
    return " ".join("".join(letter if letter.isalpha() else " " for letter in typed.lower()).split())
