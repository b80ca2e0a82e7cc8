"""Web Push (RFC 8030, 8291, 8292): encrypted for one browser, signed with our key, one request a try."""

import ipaddress
import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from datetime import UTC, datetime
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import requests
from py_vapid import Vapid02
from pywebpush import WebPusher
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPSConnection
from urllib3.connectionpool import HTTPSConnectionPool
from urllib3.exceptions import NewConnectionError

from notifications.channels.letter import Letter
from notifications.channels.push import Answer
from notifications.channels.web_push_answer import answer_of
from notifications.channels.web_push_letter import (
    MAKERS,
    NoSubscription,
    Subscription,
    headers_of,
    payload_of,
    subscription_of,
)
from notifications.parcel import Outcome

#: Pushes at once; a connection is kept for each.
AT_ONCE = 16

#: As much of an answer as is read (bytes).
MOST_READ = 4096

#: Seconds until a connection stands, and until an answer begins.
CONNECT_S, READ_S = 2.0, 3.5

#: A signature for one maker is used for an hour; it is good for twelve, and at most 24 are allowed.
SIGNED_S, GOOD_S = 3600.0, 12 * 3600


class _Outside(HTTPSConnection):
    """A connection that only leads out of the building, whatever a name is made to mean."""

    def _new_conn(self) -> Any:
        found = super()._new_conn()
        if not ipaddress.ip_address(found.getpeername()[0]).is_global:
            found.close()
            raise NewConnectionError(self, "an address inside")
        return found


class _OutsidePool(HTTPSConnectionPool):
    ConnectionCls = _Outside


class _OneTry(HTTPAdapter):
    """Connections that are kept and never tried twice; a proxy that the machine has is inside, and asked as it is."""

    def __init__(self, *, outside: bool) -> None:
        self._outside = outside
        super().__init__(pool_connections=len(MAKERS) * 2, pool_maxsize=AT_ONCE, max_retries=0)

    def init_poolmanager(self, *sizes: Any, **more: Any) -> None:
        super().init_poolmanager(*sizes, **more)
        if self._outside:
            schemes: Any = self.poolmanager.pool_classes_by_scheme
            self.poolmanager.pool_classes_by_scheme = {**schemes, "https": _OutsidePool}


class WebPush:
    """All browsers' makers; `send` may be called by many threads at once."""

    def __init__(
        self, private_key: str, subject: str, hosts: Sequence[str] = MAKERS, *, read_s: float = READ_S
    ) -> None:
        """
        `private_key` is 32 bytes in base64url, `subject` whom a maker writes to when our pushes trouble it.

        Raises ValueError for a key that is none.
        """
        self._vapid = Vapid02.from_raw(private_key.encode())
        self._subject = subject
        self._hosts = tuple(hosts)
        self._waits = (CONNECT_S, read_s)
        self._signed: dict[str, tuple[float, str]] = {}
        self._turn = threading.Lock()
        self._session = requests.Session()
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self._session.mount("https://", _OneTry(outside=True))
        for here in ("http://", "https://localhost", "https://127.0.0.1"):
            self._session.mount(here, _OneTry(outside=False))

    def send(self, letter: Letter) -> Answer:
        """One try; nothing is raised."""
        try:
            to = subscription_of(letter.value, self._hosts)
            sealed = _sealed(to, payload_of(letter))
        except NoSubscription as fault:
            return Answer(Outcome.GONE, f"no subscription: {fault}")
        headers = {**headers_of(letter), "Authorization": self._signature(to.origin)}
        try:
            with self._session.post(
                to.endpoint, data=sealed, headers=headers, timeout=self._waits, allow_redirects=False, stream=True
            ) as told:
                # Read to its end, or the connection could not be kept.
                told.raw.read(MOST_READ)
                return answer_of(told.status_code, told.headers.get("Retry-After"), now=datetime.now(UTC))
        except requests.RequestException as fault:
            return Answer(Outcome.RETRY, f"provider: {type(fault).__name__}", unwell=True)

    def close(self) -> None:
        self._session.close()

    def _signature(self, origin: str) -> str:
        """Made once an hour for each maker: it is a third of the work of a push."""
        now = time.time()
        with self._turn:
            until, known = self._signed.get(origin, (0.0, ""))
            if now < until:
                return known
            claims = {"aud": origin, "sub": self._subject, "exp": int(now) + GOOD_S}
            made: str = self._vapid.sign(claims)["Authorization"]
            if len(self._signed) > 100:
                self._signed.clear()
            self._signed[origin] = (now + SIGNED_S, made)
            return made


def _sealed(to: Subscription, payload: bytes) -> bytes:
    """Only this browser can open it. Raises NoSubscription for a point that is not on the curve."""
    keys = {"p256dh": _base64(to.point), "auth": _base64(to.auth)}
    try:
        body: bytes = WebPusher({"endpoint": to.endpoint, "keys": keys}).encode(payload)["body"]
    except ValueError as fault:
        raise NoSubscription("its key is none") from fault
    return body


def _base64(told: bytes) -> str:
    return urlsafe_b64encode(told).decode()
