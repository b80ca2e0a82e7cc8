"""A letter as a browser gets it: to whom, in what envelope, and what its page is told."""

import base64
import binascii
import hashlib
import ipaddress
import json
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

from notifications.channels.letter import Letter
from notifications.recipes import WITHDRAWN
from notifications.slots import KEPT

#: What the makers of browsers run; a dot in front stands for every host below.
MAKERS = (
    "fcm.googleapis.com",
    "updates.push.services.mozilla.com",
    ".push.services.mozilla.com",
    ".push.apple.com",
    ".notify.windows.com",
)

#: Push services take 4096 bytes, of which encryption needs 103.
MOST_BYTES = 3900

#: A topic's length, by RFC 8030: a later push with the same one takes the place of one that waits.
TOPIC = 32

POINT_BYTES, AUTH_BYTES = 65, 16


class NoSubscription(ValueError):
    """It is none: whatever is done, it will never work."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """Where a browser's maker takes its pushes, and the keys that only that browser can open them with."""

    endpoint: str
    point: bytes
    auth: bytes

    @property
    def origin(self) -> str:
        parts = urlsplit(self.endpoint)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def is_on_this_machine(self) -> bool:
        return _is_loopback(urlsplit(self.endpoint).hostname or "")


def subscription_of(value: str, hosts: Collection[str]) -> Subscription:
    """
    The browser's own words read, and believed only so far.

    Whoever signs in can hand us any address to call: it must be one of `hosts`
    by https; http only on this machine, where a test's stand-in listens.
    Raises NoSubscription.
    """
    try:
        told = json.loads(value)
        endpoint, keys = told["endpoint"], told["keys"]
        point, auth = _bytes(keys["p256dh"]), _bytes(keys["auth"])
        parts = urlsplit(endpoint)
        host, port = parts.hostname or "", parts.port
    except (ValueError, TypeError, KeyError, AttributeError) as fault:
        raise NoSubscription("it cannot be read") from fault
    if len(point) != POINT_BYTES or point[0] != 4 or len(auth) != AUTH_BYTES:
        raise NoSubscription("its keys are none")
    if parts.username is not None or not any(_covers(one, host) for one in hosts):
        raise NoSubscription("its host is not one that browsers' makers run")
    safe = parts.scheme == "https" and port in (None, 443)
    if not safe and not (parts.scheme in ("http", "https") and _is_loopback(host)):
        raise NoSubscription("it is not by https")
    return Subscription(endpoint, point, auth)


def headers_of(letter: Letter) -> dict[str, str]:
    """How long it is kept for a browser that is off, how much it matters, and what it takes the place of."""
    headers = {
        "TTL": str(int(KEPT.total_seconds()) if letter.kept_s is None else letter.kept_s),
        "Urgency": "high" if _rings(letter) else "normal",
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
    }
    if letter.about:
        # Hashed: whose pushes are about the same case is nothing a browser's maker needs to know.
        digest = hashlib.sha256(f"{letter.about}/{letter.slot}".encode()).digest()
        headers["Topic"] = base64.urlsafe_b64encode(digest).decode()[:TOPIC]
    return headers


def payload_of(letter: Letter) -> bytes:
    """The same as a phone is shown; words that are too long are cut, ids and hash never."""
    told: dict[str, object] = {
        "title": letter.title,
        "sentence": letter.sentence,
        "data": letter.data,
        "tag": letter.about,
        "quiet": _is_quiet(letter),
        "takes_back": bool(letter.data.get(WITHDRAWN)),
    }
    payload = _json(told)
    words = letter.sentence
    while len(payload) > MOST_BYTES and words:
        words = words[: -max(1, (len(payload) - MOST_BYTES) // 4)]
        payload = _json({**told, "sentence": f"{words}…"})
    return payload


def _rings(letter: Letter) -> bool:
    """What makes a sound is to come at once, also to a phone that saves its battery."""
    return not _is_quiet(letter) and (letter.urgent or "broadcast_id" in letter.data)


def _is_quiet(letter: Letter) -> bool:
    return letter.quiet or bool(letter.data.get("quiet"))


def _json(told: dict[str, object]) -> bytes:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _bytes(text: str) -> bytes:
    """Base64 as browsers write it, whichever alphabet and however it ends. Raises ValueError."""
    plain = text.rstrip("=").replace("+", "-").replace("/", "_")
    try:
        return base64.urlsafe_b64decode(plain + "=" * (-len(plain) % 4))
    except binascii.Error as fault:
        raise ValueError("is not base64") from fault


def _covers(one: str, host: str) -> bool:
    return host.endswith(one) if one.startswith(".") else host == one


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
