"""A phone's HTTP: one request at a time over lines that are kept open, and one that is cut in the middle."""

import json
import socket
import ssl
import struct
import threading
from contextlib import suppress
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import requests

#: Longer than any answer may take.
PATIENCE_S = 20.0

#: What a phone meets when the network or the server has gone.
GONE = (requests.RequestException, OSError, HTTPException)

_lines = threading.local()


class Answer(NamedTuple):
    """`body` is the answer's JSON, None where it is none."""

    status: int
    body: Any

    @property
    def ok(self) -> bool:
        return self.status < 300


class Phone:
    """Somebody's device, signed in by a token."""

    def __init__(self, url: str, token: str) -> None:
        self.url = url.rstrip("/")
        self._token = token

    def asks(self, method: str, path: str, body: Any = None, *, patience_s: float = PATIENCE_S) -> Answer:
        """One request. Raises one of GONE when no answer came."""
        response = _kept_open().request(
            method,
            self.url + path,
            json=body,
            headers=self._headers(),
            timeout=patience_s,
            allow_redirects=False,
        )
        is_json = "json" in response.headers.get("Content-Type", "")
        return Answer(response.status_code, response.json() if is_json and response.content else None)

    def sends_and_is_cut(self, method: str, path: str, body: Any) -> None:
        """The whole request leaves, and the connection is reset before the answer is read. Raises one of GONE."""
        parts = urlsplit(self.url)
        kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        line = kind(parts.hostname or "", parts.port, timeout=PATIENCE_S)
        try:
            line.request(method, parts.path + path, json.dumps(body), {**self._headers(), **JSON})
            _reset(line.sock)
        finally:
            line.close()

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._token}"}


JSON = {"Content-Type": "application/json"}


def _kept_open() -> requests.Session:
    """This thread's lines; settings of the machine's own (proxies, netrc) are not for a drill."""
    if not hasattr(_lines, "session"):
        _lines.session = requests.Session()
        _lines.session.trust_env = False
    session: requests.Session = _lines.session
    return session


def _reset(line: socket.socket | ssl.SSLSocket | None) -> None:
    """As a network ends it: no goodbye, and whatever is on its way is lost."""
    if line is not None:
        with suppress(OSError):
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
