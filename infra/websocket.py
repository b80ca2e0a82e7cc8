"""One WebSocket on the hub: the loop listens to it, wsproto reads what it says, and who stops reading is let go."""

from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from socket import SHUT_RDWR, SHUT_WR, SocketType
from typing import TYPE_CHECKING, Any

import gevent
import structlog
from gevent import get_hub
from wsproto.connection import Connection, ConnectionState, ConnectionType
from wsproto.events import BytesMessage, CloseConnection, Event, Message, Ping, TextMessage
from wsproto.frame_protocol import CloseReason

from infra.frame import is_pong, is_whole
from infra.handshake import acceptance, refusal
from infra.parked_frames import ParkedFrames
from infra.patient_socket import PatientSocket
from infra.upgrade import TAKE_OVER, Session, TakeOver

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

READ_AT_ONCE = 1 << 16
#: Who sends faster than we read never makes us wait, so that others would: more than this at once, and they go first.
FLOOD = 1 << 12
READABLE = 1

#: wsproto's readers that have begun nothing: ten objects each, in a ring that the collector would have to find.
SPARE: deque[Connection] = deque(maxlen=64)

log = structlog.get_logger()


class WebSocket:
    """
    One connection, called as WSGI to shake hands; asked to send, and to close.

    While nobody says anything it is a watcher of the hub's loop. What comes is
    read there; an answered ping is noted there too, and anything else gets a
    greenlet until it is handled: meanwhile nothing more is read. Under TLS, a
    form for trials, one greenlet reads all the time.

    Nothing here blocks the sender. A frame goes to the kernel in one call when
    it has room, else it is parked and one greenlet drains what is parked, in
    order. Belongs to the hub's thread alone.
    """

    __slots__ = (
        "_among",
        "_connection",
        "_hung_up",
        "_is_direct",
        "_may_receive",
        "_may_send",
        "_message_max",
        "_parked",
        "_parts",
        "_session",
        "_size",
        "_socket",
        "_watcher",
    )

    # How long the client has to answer our close frame, and then to hang up.
    closing_seconds = 5.0
    linger_seconds = 1.0

    def __init__(self, session: Session, message_max: int) -> None:
        self._session = session
        self._message_max = message_max
        self._may_send = self._may_receive = self._hung_up = False
        #: None while the next byte begins a message, which it nearly always does.
        self._connection: Connection | None = None
        self._parked: ParkedFrames | None = None
        self._parts: list[Any] | None = None
        self._size = 0

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Shake hands, hear what came with it, and say nothing as HTTP after; raises nothing that ends it early."""
        refused = refusal(environ)
        if refused is not None:
            self._session.ends()
            start_response(refused, [("Sec-WebSocket-Version", "13"), ("Content-Length", "0")])
            return []
        take_over: TakeOver = environ[TAKE_OVER]
        self._socket, early, self._among = take_over(self)
        # Under TLS the bytes have to pass through the library, which may wait: the greenlets' work, out and in.
        self._is_direct = isinstance(self._socket, SocketType)
        self._watcher: Any = get_hub().loop.io(self._socket.fileno(), READABLE) if self._is_direct else None
        self._may_send = self._may_receive = True
        self.send_frame(acceptance(environ))
        self._session.begins(self)
        self._turn(early)
        return []

    def send_frame(self, frame: bytes) -> bool:
        """
        Hand a ready frame to the kernel, or park it behind those that wait.

        Never blocks and never raises. False: this connection takes no more
        frames, or this was the one too many for a client that does not read.
        """
        if not self._may_send:
            return False
        if self._parked is not None or not self._is_direct:
            return self._park(frame)
        try:
            sent = self._socket.send(frame)
        except BlockingIOError:
            sent = 0
        except OSError:
            self.cut()
            return False
        return sent == len(frame) or self._park(frame[sent:])

    def close(self, code: int = CloseReason.NORMAL_CLOSURE, *, is_heard_out: bool = True) -> None:
        """
        Say goodbye behind what is parked, and hang up once the client has answered or let its time go by.

        Who is not heard out has said something that ends it: what it says
        behind that is not read.
        """
        if self._may_send:
            self._may_receive = self._may_receive and is_heard_out
            self._say_close(code)
            gevent.spawn_later(self.closing_seconds, self.cut)

    def cut(self) -> None:
        """Wake whoever waits on this connection, be it the loop; the end that follows alone closes it."""
        self._may_send = self._may_receive = False
        if self._parked is not None:
            self._parked.clear()
        self._hung_up = True
        with suppress(OSError):
            self._native.shutdown(SHUT_RDWR)

    @property
    def _native(self) -> Any:
        return self._socket if self._is_direct else self._socket._sock

    @property
    def _patient(self) -> Any:
        return PatientSocket(self._socket) if self._is_direct else self._socket

    def _come(self) -> None:
        # Called by the loop itself: nothing here may wait.
        try:
            data = self._socket.recv(READ_AT_ONCE)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if is_pong(data) and self._connection is None and self._may_receive:
            self._session.is_there()
            return
        if not data:
            self.cut()
        self._watcher.stop()
        gevent.spawn(self._turn, data)

    def _turn(self, data: bytes) -> None:
        """Handle what came; then the loop listens again, or it is over."""
        goes_on = False
        try:
            self._hear(data)
            if not self._is_direct:
                self._read_all()
            goes_on = self._may_receive
        finally:
            if goes_on:
                self._watcher.start(self._come)
            else:
                self._end()

    def _read_all(self) -> None:
        while self._may_receive:
            try:
                data = self._socket.recv(READ_AT_ONCE)
            except OSError:
                data = b""
            if not data:
                self.cut()
            elif len(data) > FLOOD:
                gevent.sleep(0)
            self._hear(data)

    def _hear(self, data: bytes) -> None:
        if not data or not self._may_receive:
            return
        is_all = self._connection is None and is_whole(data)
        connection = self._protocol()
        connection.receive_data(data)
        try:
            for event in connection.events():
                message = self._take(connection, event)
                if message is not None and not self._session.hears(message):
                    self._may_receive = False
                if not self._may_receive:
                    break
        except (ValueError, RecursionError):
            # engineio reads a packet outside of its own guard, so one that is none ends up here.
            self._say_close(CloseReason.INVALID_FRAME_PAYLOAD_DATA)
            self._may_receive = False
        if is_all and self._may_receive and connection.state is ConnectionState.OPEN:
            self._connection = None
            SPARE.append(connection)

    def _protocol(self) -> Connection:
        if self._connection is None:
            self._connection = SPARE.pop() if SPARE else Connection(ConnectionType.SERVER)
        return self._connection

    def _take(self, connection: Connection, event: Event) -> str | bytes | None:
        opened = connection.state is ConnectionState.OPEN
        if isinstance(event, CloseConnection):
            self._may_receive = False
            if connection.state is ConnectionState.REMOTE_CLOSING:
                self.send_frame(connection.send(event.response()))
                self._may_send = False
            elif opened:
                self._say_close(event.code)  # the client's bytes were no WebSocket
        elif opened and isinstance(event, Ping):
            self.send_frame(connection.send(event.response()))
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
        if event.message_finished and self._parts is None:
            self._size = 0
            return part  # type: ignore[no-any-return]
        self._parts = self._parts or []
        if part:
            self._parts.append(part)
        if not event.message_finished:
            return None
        parts, self._parts, self._size = self._parts, None, 0
        return (b"" if isinstance(part, bytes) else "").join(parts)

    def _say_close(self, code: int) -> None:
        connection = self._protocol()
        if self._may_send and connection.state is ConnectionState.OPEN:
            self.send_frame(connection.send(CloseConnection(code=code)))
        self._may_send = False

    def _end(self) -> None:
        """Once, and last: the session is over, our last frames arrive, and the descriptor is closed."""
        try:
            self._session.ends()
        finally:
            self._linger()
            if self._watcher is not None:
                self._watcher.stop()
                self._watcher.close()
            self._socket.close()
            self._among.discard(self)

    def _park(self, rest: bytes) -> bool:
        if self._parked is None:
            self._parked = ParkedFrames(self._patient, self._unparked)
        if not self._parked.add(rest):
            self._drop("parked too much", self._parked.size)
            return False
        return True

    def _unparked(self, parked: ParkedFrames, fault: OSError | None) -> None:
        self._parked = None
        if isinstance(fault, TimeoutError):
            self._drop("parked too long", parked.size)
        elif fault is not None:
            self.cut()

    def _drop(self, reason: str, size: int) -> None:
        # Without a close frame: half a frame may be on its way, and nothing may stand in the middle of it.
        log.info("websocket.dropped", reason=reason, parked_bytes=size)
        self.cut()

    def _linger(self) -> None:
        """Let our last frames arrive: closing over unread bytes would reset the connection and lose them."""
        self._may_send = self._may_receive = False
        with suppress(OSError), gevent.Timeout(self.linger_seconds, False):
            if self._parked is not None and not self._hung_up:
                self._parked.wait()
            if not self._hung_up and self._protocol().state is not ConnectionState.CLOSED:
                self._native.shutdown(SHUT_WR)
                while self._patient.recv(READ_AT_ONCE):
                    pass
        self.cut()
        with suppress(OSError):
            self._native.recv(READ_AT_ONCE)
        if self._parked is not None:
            self._parked.kill()  # nobody may wait on a descriptor that is about to be another connection's
