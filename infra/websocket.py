"""One WebSocket on the hub: wsproto reads the client's frames, and who stops reading ours is let go."""

import errno
import io
from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from socket import SHUT_RDWR, SHUT_WR
from types import MethodType
from typing import TYPE_CHECKING, Any, Protocol

import gevent
import structlog
from gevent.ssl import SSLSocket
from wsproto.connection import Connection, ConnectionState, ConnectionType
from wsproto.events import BytesMessage, CloseConnection, Event, Message, Ping, TextMessage
from wsproto.frame_protocol import CloseReason

from infra.frame import frame_of
from infra.handshake import acceptance, refusal

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

#: In the environ of every request: gives the connection away, and HTTP is over on it.
TAKE_OVER = "bluelight.take_over"

READ_AT_ONCE = 1 << 16
#: Who sends faster than we read never makes us wait, so that others would: more than this at once, and they go first.
FLOOD = 1 << 12

log = structlog.get_logger()


class TakeOver(Protocol):
    """
    Ends HTTP on a connection for the one who asks.

    Returns the gevent socket and the bytes that came early, behind the request.
    """

    def __call__(self, upgraded: "WebSocket") -> tuple[Any, bytes]: ...


class EngineServer(Protocol):
    """What of engineio's Server is read here."""

    max_http_buffer_size: int


class WebSocket:
    """
    What engineio calls for `_async["websocket"]`: made per upgrade, called as WSGI, then asked to send, wait, close.

    Nothing here blocks the sender. A frame goes to the kernel in one call when
    it has room, else it is parked and one greenlet drains what is parked, in
    order. Belongs to the hub's thread alone.
    """

    # A handset that stops reading costs this much memory and this much time, and then only itself.
    parked_bytes_max = 1 << 20
    parked_frames_max = 1_000
    parked_seconds = 45.0
    # How long the client has to answer our close frame, and then to hang up.
    closing_seconds = 5.0
    linger_seconds = 1.0

    def __init__(self, handler: MethodType, server: EngineServer) -> None:
        self._handler = handler
        self._engine_socket: Any = handler.__self__
        self._message_max = server.max_http_buffer_size
        self._may_send = False
        self._may_receive = False
        self._hung_up = False
        self._parked: deque[memoryview] | None = None
        self._parked_bytes = 0
        self._drainer: Any = None
        self._parts: list[Any] = []
        self._size = 0

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Shake hands, run engineio's handler until the connection is over, and say nothing as HTTP after."""
        refused = refusal(environ)
        if refused is not None:
            self._engine_socket.close(wait=False, abort=True)
            start_response(refused, [("Sec-WebSocket-Version", "13"), ("Content-Length", "0")])
            return []
        take_over: TakeOver = environ[TAKE_OVER]
        self._open(*take_over(self))
        # Socket.IO keeps the environ as long as the connection: not with a read buffer in it.
        environ["wsgi.input"] = io.BytesIO()
        self.send_frame(acceptance(environ))
        try:
            self._handler(self)
        except (ValueError, RecursionError):
            # engineio reads a packet outside of its own guard, so one that is none ends up here.
            self._say_close(CloseReason.INVALID_FRAME_PAYLOAD_DATA)
        finally:
            self._engine_socket.websocket = None
            self._engine_socket.close(wait=False, abort=True)
            self._linger()
        return []

    def send(self, message: str | bytes) -> None:
        """Send one message; raises OSError when the connection takes no more, on which engineio's writer ends."""
        if not self.send_frame(frame_of(message)):
            raise BrokenPipeError(errno.EPIPE, "the WebSocket is closed")

    def send_frame(self, frame: bytes) -> bool:
        """
        Hand a ready frame to the kernel, or park it behind those that wait.

        Never blocks and never raises. False: this connection takes no more
        frames, or this was the one too many for a client that does not read.
        """
        if not self._may_send:
            return False
        if self._parked is not None or not self._direct:
            return self._park(frame)
        try:
            sent = self._native.send(frame)
        except BlockingIOError:
            sent = 0
        except OSError:
            self._cut()
            return False
        return sent == len(frame) or self._park(frame[sent:])

    def wait(self) -> str | bytes | None:
        """The client's next whole message, or None once nothing more will come."""
        while self._may_receive:
            for event in self._connection.events():
                message = self._take(event)
                if message is not None:
                    return message
            self._read()
        return None

    def close(self, code: int = CloseReason.NORMAL_CLOSURE, *, is_heard_out: bool = True) -> None:
        """
        Say goodbye behind what is parked, and hang up once the client has answered or let its time go by.

        Who is not heard out has said something that ends it: what it says
        behind that is not read.
        """
        if self._may_send:
            self._may_receive = self._may_receive and is_heard_out
            self._say_close(code)
            gevent.spawn_later(self.closing_seconds, self._cut)

    def _open(self, socket: Any, early: bytes) -> None:
        self._socket = socket
        self._native = socket._sock
        # Under TLS the bytes have to pass through the library, which may wait: the draining greenlet's work.
        self._direct = not isinstance(socket, SSLSocket)
        # Who is gone is found by the pings: a timer for each that reads would be one more a connection.
        socket.settimeout(None)
        self._connection = Connection(ConnectionType.SERVER, trailing_data=early)
        self._may_send = self._may_receive = True
        self._engine_socket.websocket = self

    def _park(self, rest: bytes) -> bool:
        if self._parked is None:
            self._parked = deque()
            self._drainer = gevent.spawn(self._drain, self._parked)
        self._parked.append(memoryview(rest))
        self._parked_bytes += len(rest)
        if self._parked_bytes > self.parked_bytes_max or len(self._parked) > self.parked_frames_max:
            self._drop("parked too much")
            return False
        return True

    def _drain(self, parked: deque[memoryview]) -> None:
        try:
            with gevent.Timeout(self.parked_seconds, TimeoutError):
                while parked:
                    sent = self._socket.send(parked[0])
                    if not parked:
                        return  # let go of while we waited
                    self._parked_bytes -= sent
                    rest = parked.popleft()[sent:]
                    if rest:
                        parked.appendleft(rest)
        except TimeoutError:
            self._drop("parked too long")
        except OSError:
            self._cut()
        finally:
            self._parked = self._drainer = None

    def _read(self) -> None:
        if not self._may_receive:
            return
        try:
            data = self._socket.recv(READ_AT_ONCE)
        except OSError:
            data = b""
        if not data:
            self._cut()
            return
        if len(data) > FLOOD:
            gevent.sleep(0)
        self._connection.receive_data(data)

    def _take(self, event: Event) -> str | bytes | None:
        opened = self._connection.state is ConnectionState.OPEN
        if isinstance(event, CloseConnection):
            self._may_receive = False
            if self._connection.state is ConnectionState.REMOTE_CLOSING:
                self.send_frame(self._connection.send(event.response()))
                self._may_send = False
            elif opened:
                self._say_close(event.code)  # the client's bytes were no WebSocket
        elif opened and isinstance(event, Ping):
            self.send_frame(self._connection.send(event.response()))
        elif opened and isinstance(event, TextMessage | BytesMessage):
            return self._gather(event)
        return None

    def _gather(self, event: Message[Any]) -> str | bytes | None:
        part = event.data
        self._size += len(part.encode()) if isinstance(part, str) else len(part)
        if self._size > self._message_max:
            self._may_receive = False
            self._say_close(CloseReason.MESSAGE_TOO_BIG)
            return None
        if part:
            self._parts.append(part)
        if not event.message_finished:
            return None
        parts, self._parts, self._size = self._parts, [], 0
        return (b"" if isinstance(part, bytes) else "").join(parts)

    def _say_close(self, code: int) -> None:
        if self._may_send and self._connection.state is ConnectionState.OPEN:
            self.send_frame(self._connection.send(CloseConnection(code=code)))
        self._may_send = False

    def _drop(self, reason: str) -> None:
        # Without a close frame: half a frame may be on its way, and nothing may stand in the middle of it.
        log.info("websocket.dropped", reason=reason, parked_bytes=self._parked_bytes)
        self._cut()

    def _cut(self) -> None:
        """Wake whoever waits on this connection; the handler's greenlet alone closes it."""
        self._may_send = self._may_receive = False
        if self._parked:
            self._parked.clear()
        self._hung_up = True
        with suppress(OSError):
            self._native.shutdown(SHUT_RDWR)

    def _linger(self) -> None:
        """Let our last frames arrive: closing over unread bytes would reset the connection and lose them."""
        self._may_send = self._may_receive = False
        with suppress(OSError), gevent.Timeout(self.linger_seconds, False):
            if self._parked and not self._hung_up:
                self._drainer.join()
            if not self._hung_up and self._connection.state is not ConnectionState.CLOSED:
                self._native.shutdown(SHUT_WR)
                while self._socket.recv(READ_AT_ONCE):
                    pass
        self._cut()
        if self._parked is not None:
            self._drainer.kill()  # nobody may wait on a descriptor that is about to be another connection's
