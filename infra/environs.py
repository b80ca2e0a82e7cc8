"""What is kept of the request by which a client connected: what its events' request contexts are made of."""

import io
from collections.abc import Mapping
from sys import intern
from typing import Any

#: Whatever differs from one client to the next and is asked for afterwards; what many say alike is kept once.
OWN = (
    "HTTP_COOKIE",
    "REQUEST_METHOD",
    "SCRIPT_NAME",
    "PATH_INFO",
    "QUERY_STRING",
    "SERVER_NAME",
    "SERVER_PORT",
    "SERVER_PROTOCOL",
    "wsgi.url_scheme",
    "HTTP_HOST",
    "HTTP_ORIGIN",
    "HTTP_SEC_FETCH_SITE",
    "HTTP_X_FORWARDED_PROTO",
)
EVERYBODYS = ("wsgi.version", "wsgi.errors", "wsgi.multithread", "wsgi.multiprocess", "wsgi.run_once", "flask.app")


class Environs(dict[str, Any]):
    """
    python-socketio's environs by session, each a tuple of a few words; asked for, it is an environ again.

    The whole one held the connection's parsed head, its read buffer and its
    last request: kilobytes, for hours. It never comes back as the same object:
    what an event writes into it is gone with the event.
    """

    def __init__(self) -> None:
        super().__init__()
        self._everybodys: dict[str, Any] = {}

    def __setitem__(self, sid: str, environ: Mapping[str, Any]) -> None:
        if not self._everybodys:
            self._everybodys = {name: environ[name] for name in EVERYBODYS if name in environ}
        cookie, *words = (environ.get(name) for name in OWN)
        alike = (intern(word) if type(word) is str else None for word in words)
        super().__setitem__(sid, (cookie, *alike))

    def __getitem__(self, sid: str) -> dict[str, Any]:
        kept = zip(OWN, super().__getitem__(sid), strict=True)
        return {
            **self._everybodys,
            **{name: word for name, word in kept if word is not None},
            "wsgi.input": io.BytesIO(),
        }

    def get(self, sid: str, default: Any = None) -> Any:
        try:
            return self[sid]
        except KeyError:
            return default
