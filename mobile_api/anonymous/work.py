"""Proof of work (hashcash): a flood costs its sender something, and nobody's address has to be known for it."""

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from backend.kernel.errors import FieldFault, Invalid, TooMany
from mobile_api.anonymous.porch import Porch

#: How long a challenge is good.
GOOD_FOR = timedelta(minutes=10)

#: Leading zero bits: some 65,000 hashes, well under a second on a phone; and at the very most four million.
BITS, MOST_BITS = 16, 22

#: So many uses in ten minutes are an ordinary day at its busiest; with every doubling one more bit is asked for.
CALM = 30

LONGEST_NONCE = 64

_SHAPE = re.compile(r"(\d{1,2})\.(\d{10,12})\.([\w-]{22})\.([0-9a-f]{64})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Challenge:
    """The text to be hashed with a nonce behind it, and how many zero bits the hash begins with."""

    challenge: str
    bits: int


def challenge(porch: Porch) -> Challenge:
    """
    A new one, signed and not kept.

    How hard it is goes by what was lodged everywhere in the last ten minutes.
    What was only asked for does not count: that costs nothing, and whoever wants
    to make it hard for the others would ask.
    """
    now = porch.clock()
    bits = bits_at(porch.spent.count(now))
    plain = f"{bits}.{int((now + GOOD_FOR).timestamp())}.{secrets.token_urlsafe(16)}"
    return Challenge(f"{plain}.{_signature(porch, plain)}", bits)


def bits_at(uses: int) -> int:
    """How many bits are asked for after so many uses in ten minutes."""
    return min(MOST_BITS, BITS + max(0, (uses - 1) // CALM).bit_length())


def must_be_done(porch: Porch, given: Mapping[str, str], *, what_for: str | None = None) -> None:
    """
    Use up this work, `{challenge, nonce}`.

    With `what_for` (a mailbox) the same work counts again for the same thing,
    so that a retry is one. Raises Invalid naming `work`, TooMany in a flood.
    """
    now = porch.clock()
    until, bits = _read(porch, given["challenge"])
    if until < now:
        raise _refused("The challenge is older than ten minutes: fetch another.")
    if not is_done(given["challenge"], given["nonce"], bits):
        raise _refused(f"SHA-256 of the challenge with the nonce behind it does not begin with {bits} zero bits.")
    used_for = hmac.digest(porch.secret, (what_for or secrets.token_hex(16)).encode(), "sha256").hex()
    try:
        fresh = porch.spent.spend(given["challenge"], used_for, until=until, now=now)
    except OverflowError:
        raise TooMany("Too much is coming in at once. Wait a minute, then try again.", retry_after_s=60) from None
    if not fresh:
        raise _refused("The challenge was used already: fetch another.")


def is_done(challenge: str, nonce: str, bits: int) -> bool:
    """Whether SHA-256 over the UTF-8 text begins with so many zero bits."""
    if len(nonce) > LONGEST_NONCE:
        return False
    digest = hashlib.sha256((challenge + nonce).encode()).digest()
    return int.from_bytes(digest, "big") >> (len(digest) * 8 - bits) == 0


def _read(porch: Porch, challenge: str) -> tuple[datetime, int]:
    shape = _SHAPE.fullmatch(challenge)
    if shape is None or not hmac.compare_digest(_signature(porch, challenge.rpartition(".")[0]), shape[4]):
        raise _refused("That challenge is not ours: fetch one.")
    return datetime.fromtimestamp(int(shape[2]), UTC), int(shape[1])


def _signature(porch: Porch, plain: str) -> str:
    return hmac.digest(porch.secret, plain.encode(), "sha256").hex()


def _refused(why: str) -> Invalid:
    return Invalid("The proof of work cannot be used.", [FieldFault("work", why)], slug="work")
