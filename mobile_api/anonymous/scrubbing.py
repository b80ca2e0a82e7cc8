"""The outermost layer: on the porch nobody behind it sees who sends, and nothing it answers can mark them."""

import io
import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

#: Everything of the porch: the API's doors and the page, however many strokes are between the names; in capitals, as a
#: phone's keyboard begins, nothing answers, and that somebody asked is nobody's business either.
PORCH = re.compile(r"/+(v1/+concerns|concern)", re.ASCII | re.IGNORECASE)

#: In a scrubbed environment: whoever counts or logs requests passes over this one.
ANONYMOUS = "bluelight.anonymous"

#: All that an application needs to answer. What is not named here does not come in: a list of what to take away would
#: miss the header that is invented tomorrow.
KEPT = frozenset(
    {
        "REQUEST_METHOD",
        "SCRIPT_NAME",
        "PATH_INFO",
        "QUERY_STRING",
        "CONTENT_TYPE",
        "CONTENT_LENGTH",
        "SERVER_PROTOCOL",
        "HTTP_TRANSFER_ENCODING",
        "flask.app",
        "wsgi.version",
        "wsgi.url_scheme",
        "wsgi.input",
        "wsgi.input_terminated",
        "wsgi.multithread",
        "wsgi.multiprocess",
        "wsgi.run_once",
    }
)

#: The same for everybody: a name by which a server was reached can be one that only one person was given.
SAME_FOR_ALL = {"SERVER_NAME": "localhost", "SERVER_PORT": "80", "REMOTE_ADDR": "", ANONYMOUS: True}

#: What would know a browser again, or follow a request through other systems.
MARKS = frozenset(
    "set-cookie etag last-modified server-timing traceparent tracestate x-request-id x-correlation-id nel report-to "
    "reporting-endpoints".split()
)

PRIVATE = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}

FAULT = b'{"type": "/problems/our-fault", "title": "Something went wrong on our side. Try again.", "status": 500}'


class Scrubbing:
    """
    Wraps the whole application.

    On the porch it hands on a fresh environment of what is needed to answer:
    no address, port, agent, cookie, bearer, referrer, language, nor any header
    of a proxy. A fault behind it is answered, and told to no log.
    """

    def __init__(self, application: "WSGIApplication") -> None:
        self._application = application

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if not is_on_the_porch(str(environ.get("PATH_INFO", ""))):
            return self._application(environ, start_response)
        try:
            return self._application(scrubbed(environ), _unmarked(start_response))
        except Exception:  # noqa: BLE001 - what is raised past here is logged, with the hour
            start_response("500 Internal Server Error", [("Content-Type", "application/problem+json")])
            return [FAULT]


def is_on_the_porch(path: str) -> bool:
    """Whether what comes to this path is nobody's business."""
    return PORCH.match(path) is not None


def scrubbed(environ: "WSGIEnvironment") -> "WSGIEnvironment":
    """A new environment with what is needed to answer, and nothing of who asks."""
    kept: dict[str, Any] = {name: value for name, value in environ.items() if name in KEPT}
    return {**kept, **SAME_FOR_ALL, "wsgi.errors": io.StringIO()}


def _unmarked(start_response: "StartResponse") -> "StartResponse":
    def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], object]:
        told = [(name, value) for name, value in headers if name.lower() not in MARKS]
        told = [(name, value) for name, value in told if name not in PRIVATE] + list(PRIVATE.items())
        return start_response(status, told, exc_info) if exc_info else start_response(status, told)

    return start
