"""The signature in a link or a call by which one person answers one broadcast without signing in."""

import base64
import hmac
from hashlib import sha256
from uuid import UUID

#: Bytes of the signature: forging one takes longer than any broadcast lasts.
SIGNED = 16


def token_of(key: bytes, broadcast_id: UUID, person_id: UUID) -> str:
    """What stands in the link that is sent to this person alone; good for nothing but an answer to this broadcast."""
    told = broadcast_id.bytes + person_id.bytes
    return base64.urlsafe_b64encode(told + _signature(key, told)).rstrip(b"=").decode()


def read_token(key: bytes, token: str) -> tuple[UUID, UUID] | None:
    """The broadcast and the person of a link we made; None for anything else."""
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except ValueError:
        return None
    told, signed = raw[:32], raw[32:]
    if len(raw) != 32 + SIGNED or not hmac.compare_digest(signed, _signature(key, told)):
        return None
    return UUID(bytes=told[:16]), UUID(bytes=told[16:])


def _signature(key: bytes, told: bytes) -> bytes:
    return hmac.new(key, b"answer\0" + told, sha256).digest()[:SIGNED]
