"""The signature in a call by which the officer who is rung answers one offer."""

import base64
import hmac
from hashlib import sha256
from uuid import UUID

#: Bytes of the signature: forging one takes longer than any offer waits.
SIGNED = 16


def offer_token(key: bytes, offer_id: UUID) -> str:
    """Good for nothing but an answer to this offer, which is its officer's."""
    return base64.urlsafe_b64encode(offer_id.bytes + _signature(key, offer_id.bytes)).rstrip(b"=").decode()


def read_offer_token(key: bytes, token: str) -> UUID | None:
    """The offer of a token we made; None for anything else."""
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except ValueError:
        return None
    told, signed = raw[:16], raw[16:]
    if len(raw) != 16 + SIGNED or not hmac.compare_digest(signed, _signature(key, told)):
        return None
    return UUID(bytes=told)


def _signature(key: bytes, told: bytes) -> bytes:
    return hmac.new(key, b"offer\0" + told, sha256).digest()[:SIGNED]
