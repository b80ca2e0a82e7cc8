"""One HTTP connection on the hub: its head is bounded, its body comes in time, and it can become a WebSocket."""

import io
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from socket import SHUT_RDWR, SocketType
from types import TracebackType
from typing import Any

import gevent
import structlog
from gevent import pywsgi
from gevent.ssl import SSLSocket

from infra.unhandled import report
from infra.upgrade import TAKE_OVER, Upgraded

#: Request line excepted, which pywsgi bounds to 8 KiB itself.
HEAD_BYTES = 1 << 15
#: What an application left unread of a body is read for it up to here, so that its refusal arrives.
DISCARD_BYTES = 1 << 24

_CHUNK = 1 << 14
_HEAD_TOO_LONG = b"HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
_BAD_REQUEST = b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"

log = structlog.get_logger()


@dataclass(frozen=True)
class Patience:
    """
    Seconds that a client may take.

    Each is a bound on the whole, however steadily the bytes trickle, save
    `answer`: how long one write of a response may stand still. `stop` and
    `goodbye` are for the end of the server: to finish a request, and to answer
    the close frame of a WebSocket.
    """

    head: float = 10.0
    body: float = 60.0
    answer: float = 30.0
    idle: float = 75.0
    stop: float = 10.0
    goodbye: float = 2.0


class Hopeless(BaseException):
    """
    The client is too slow or sends too much: its connection ends here.

    No Exception, so that no application takes it for an error of its own.
    """


class HeadTooLong(ValueError):
    """A request head beyond HEAD_BYTES."""


class Body(pywsgi.Input):
    """A request's body, whose reads together may wait for `seconds`."""

    def __init__(self, plain: Any, seconds: float) -> None:
        super().__init__(plain.rfile, plain.content_length, plain.socket, plain.chunked_input)
        self._left = seconds

    def read(self, length: int | None = None) -> bytes:
        with self._in_time():
            return bytes(super().read(length))

    def readline(self, size: int | None = None) -> bytes:
        with self._in_time():
            return bytes(super().readline(size))

    def _discard(self) -> None:
        self.send_100_continue_enabled = False
        for _ in range(DISCARD_BYTES // _CHUNK):
            if not self.read(_CHUNK):
                return
        raise Hopeless

    @contextmanager
    def _in_time(self) -> Iterator[None]:
        began = time.monotonic()
        try:
            with gevent.Timeout(max(self._left, 0), Hopeless):
                yield
        except OSError as error:
            raise Hopeless from error
        finally:
            self._left -= time.monotonic() - began


class HttpConnection(pywsgi.WSGIHandler):
    """
    Serves the requests of one connection, one after the other.

    Writes no access line, and no line with an address, a path or a header:
    what a client sent stays out of the logs.
    """

    #: None once it was given away.
    socket: Any
    rfile: Any
    is_upgraded = False
    is_busy = False
    _is_known = False
    _head_time: Any = None

    def handle(self) -> None:
        """Serve until the connection ends; nothing a client does to it is an error here."""
        if self.server.is_stopping:
            return
        self.server.connections.add(self)
        try:
            with suppress(OSError, Hopeless):
                super().handle()
        finally:
            self.server.connections.discard(self)

    def cut(self) -> None:
        """End the connection under whoever reads or writes it."""
        with suppress(OSError):
            self.socket._sock.shutdown(SHUT_RDWR)

    def take_over(self, upgraded: Upgraded) -> tuple[Any, bytes, set[Any]]:
        """Give the socket away, with what came behind the head: this connection neither reads, writes nor closes it."""
        self.is_upgraded = self.close_connection = True
        self.server.connections.discard(self)
        self.server.upgraded.add(upgraded)
        given, self.socket = self.socket, None
        given.settimeout(0.0)
        try:
            early = self.rfile.peek()
        except OSError:
            early = b""  # TLS has nothing yet, or the client is gone: the first read will tell
        self.rfile = io.BytesIO()
        self.wsgi_input = pywsgi.Input(self.rfile, 0)
        if isinstance(given, SSLSocket):
            given.settimeout(None)
        else:
            given = SocketType(fileno=given.detach())
            given.setblocking(False)
        return given, early, self.server.upgraded

    def handle_one_request(self) -> object:
        try:
            again = super().handle_one_request()
        finally:
            self._head_is_over()
            self.is_busy = False
            # It holds `take_over`, and so this: a ring that would wait for the collector.
            self.environ: dict[str, Any] = {}
        self._is_known = True
        if again is True:
            # Who sends requests faster than they are answered never makes us wait: let the others go first.
            gevent.sleep(0)
        return None if again is True and self.server.is_stopping else again

    def read_requestline(self) -> str:
        self.socket.settimeout(self.server.patience.idle if self._is_known else self.server.patience.head)
        if not self.rfile.peek(1):
            return ""
        self.is_busy = True
        self.socket.settimeout(self.server.patience.answer)
        self._head_time = gevent.Timeout.start_new(self.server.patience.head, Hopeless)
        return str(super().read_requestline())

    def read_request(self, raw_requestline: str) -> object:
        try:
            return super().read_request(raw_requestline)
        finally:
            self._head_is_over()

    def MessageClass(self, lines: Any, *_: object) -> Any:  # noqa: N802
        """Parse the header lines, once all of them are there and few enough."""
        head = bytearray()
        while True:
            line = lines.readline(HEAD_BYTES + 1 - len(head))
            head += line
            if len(head) > HEAD_BYTES:
                raise HeadTooLong
            if line in (b"\r\n", b"\n"):
                return pywsgi.headers_factory(io.BytesIO(head))
            if not line.endswith(b"\n"):
                raise ConnectionError("the head has no end")

    def get_environ(self) -> dict[str, Any]:
        environ: dict[str, Any] = super().get_environ()
        handling_reads = environ["wsgi.input"] is self.wsgi_input
        self.wsgi_input = Body(self.wsgi_input, self.server.patience.body)
        if handling_reads:
            environ["wsgi.input"] = self.wsgi_input
        options = environ.get("HTTP_CONNECTION", "").lower().split(",")
        if "upgrade" not in [option.strip() for option in options]:
            environ.pop("HTTP_UPGRADE", None)  # RFC 9110, 7.8: without this option it says nothing
        environ[TAKE_OVER] = self.take_over
        return environ

    def log_request(self) -> None:
        """Write no access line: it would hold the address and the path."""

    def log_error(self, msg: str, *args: object) -> None:
        """Write no line: it would quote the request, and name the sender."""

    def handle_error(self, t: type[BaseException], v: BaseException, tb: TracebackType | None) -> None:
        """Report what the application let escape, and answer 500 where HTTP is still spoken."""
        gone = issubclass(t, Hopeless | gevent.GreenletExit)
        if not gone:
            report(t, tb)
        if gone or self.is_upgraded:
            self.close_connection = True
        else:
            self._send_error_response_if_possible(500)

    def _sendall(self, data: bytes) -> None:
        try:
            super()._sendall(data)
        except OSError as error:
            raise Hopeless from error

    def _connection_upgrade_requested(self) -> bool:
        # pywsgi asks, to hand out the bare stream: only where no body is announced that could trickle for ever.
        has_body = self.content_length or self.headers.get("transfer-encoding")
        return not has_body and bool(super()._connection_upgrade_requested())

    def _handle_client_error(self, ex: Exception) -> tuple[str, bytes] | None:
        if isinstance(ex, OSError):
            return None
        log.info("http.refused", error=type(ex).__name__)
        return ("431", _HEAD_TOO_LONG) if isinstance(ex, HeadTooLong) else ("400", _BAD_REQUEST)

    def _head_is_over(self) -> None:
        if self._head_time is not None:
            self._head_time.close()
            self._head_time = None
