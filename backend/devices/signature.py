"""Whether a request was signed with a device's secret, and just now."""

import hashlib
import hmac
import re
from dataclasses import dataclass
from uuid import UUID

#: A request that was caught and sent again later is refused; a device's clock may be this far off.
WINDOW_S = 15 * 60

_TIME = re.compile(r"[0-9]{1,12}")


@dataclass(frozen=True, slots=True)
class Signature:
    """When a body was signed (Unix seconds), and the code over both: the same for the same request, sent again."""

    at: int
    mac: str

    def is_fresh(self, *, now: float) -> bool:
        """Whether it was signed within the window of now (Unix seconds)."""
        return abs(now - self.at) <= WINDOW_S


def secret_of(key: bytes, device_id: UUID, generation: int) -> str:
    """What a device signs with: made anew each time from the service's key, so that no row holds it."""
    return hmac.new(key, f"{device_id}/{generation}".encode(), hashlib.sha256).hexdigest()


def sign(secret: str, body: bytes, *, at: int) -> str:
    """The header's value: `t=<unix seconds>,v1=<hex of HMAC-SHA-256 over "t.body">`."""
    return f"t={at},v1={_mac(secret, at, body)}"


def verified(secret: str, header: str, body: bytes) -> Signature | None:
    """The signature of this very body with this secret, or None when the header holds none."""
    parts = [part.strip().partition("=") for part in header.split(",")]
    times = [value for name, _, value in parts if name == "t"]
    if len(times) != 1 or not _TIME.fullmatch(times[0]):
        return None
    right = _mac(secret, times[0], body)
    given = [value for name, _, value in parts if name == "v1"]
    # Every one is compared, in constant time: how long it takes tells nothing.
    matches = [hmac.compare_digest(right.encode(), value.encode("utf-8", "replace")) for value in given]
    return Signature(int(times[0]), right) if any(matches) else None


def _mac(secret: str, at: int | str, body: bytes) -> str:
    return hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
