"""What a client may say by Socket.IO: a packet that is none, or that comes out of turn, ends its connection."""

import time
from collections import deque
from typing import Any

import gevent
from socketio import Server, packet
from wsproto.frame_protocol import CloseReason

#: Frames are kept until a packet is whole, and no event of ours takes even one.
ATTACHMENTS = 10

#: How long a connection may be in no namespace, in seconds: it costs as much as one that is, and is nobody's.
ENTER_SECONDS = 45.0

#: In the form of backend.web.live's refusals, which is not imported for the sake of servers that are nothing else.
NO_SUCH_NAMESPACE = {"type": "/problems/not-found", "title": "There is nothing to connect to under this name."}

_BINARY = (packet.BINARY_EVENT, packet.BINARY_ACK)
_EVENTS = (packet.EVENT, packet.BINARY_EVENT)
_ACKS = (packet.ACK, packet.BINARY_ACK)


class Malformed(Exception):
    """No packet of the protocol's fifth revision, or none that a client may send."""


class StrictPacket(packet.Packet):
    """A packet as the document has it; what python-socketio would stumble over later raises Malformed here."""

    def decode(self, encoded_packet: Any) -> int:
        """How many attachments it waits for."""
        # A frame of bytes that no packet announced, or JSON where a packet should stand: engineio has read it already.
        if not isinstance(encoded_packet, str) or not encoded_packet[:1].isdecimal():
            raise Malformed
        try:
            attachments = int(super().decode(encoded_packet))
        except (ValueError, RecursionError) as fault:
            raise Malformed from fault
        expected = range(1, ATTACHMENTS + 1) if self.packet_type in _BINARY else range(1)
        if attachments not in expected or not self._is_sound():
            raise Malformed
        return attachments

    def add_attachment(self, attachment: Any) -> bool:
        """Whether it was the last one."""
        if not isinstance(attachment, bytes):
            raise Malformed
        try:
            return bool(super().add_attachment(attachment))
        except (LookupError, TypeError, ValueError, RecursionError) as fault:
            raise Malformed from fault

    def _is_sound(self) -> bool:
        if self.packet_type in _EVENTS:
            return isinstance(self.data, list) and bool(self.data) and isinstance(self.data[0], str)
        if self.packet_type in _ACKS:
            return isinstance(self.data, list) and self.id is not None
        if self.packet_type == packet.CONNECT:
            return self.data is None or isinstance(self.data, dict | list)
        return bool(self.packet_type == packet.DISCONNECT)


class Gate:
    """
    Stands between engineio's messages and socketio, which takes most of what it is given and logs the rest.

    "If the server does not receive a CONNECT packet first, then it must close
    the connection immediately"; nor may one stay that is in no namespace.
    """

    def __init__(self, server: Server, *, enter_seconds: float = ENTER_SECONDS) -> None:
        self._server = server
        self._engine = server.eio
        self._enter_seconds = enter_seconds
        #: Connections that have asked for a namespace, let in or not.
        self._begun: set[str] = set()
        # In the order in which their time is over; a greenlet for each would cost more than the rest of it.
        self._due: deque[tuple[float, str]] = deque()
        self._watcher: Any = None
        self._opened, self._taken, self._ended = (
            self._engine.handlers[event] for event in ("connect", "message", "disconnect")
        )
        self._engine.on("connect", self._open)
        self._engine.on("message", self._take)
        self._engine.on("disconnect", self._end)

    def _open(self, eio_sid: str, environ: dict[str, Any]) -> Any:
        self._watch(eio_sid)
        return self._opened(eio_sid, environ)

    def _end(self, eio_sid: str, reason: Any) -> None:
        self._begun.discard(eio_sid)
        # Half a packet would be kept as long as the process lives.
        self._server._binary_packet.pop(eio_sid, None)
        self._ended(eio_sid, reason)

    def _take(self, eio_sid: str, data: Any) -> None:
        engine_socket = self._engine.sockets.get(eio_sid)
        # Behind its end a client may still be heard for a moment: whoever entered now would never leave.
        if engine_socket is None or engine_socket.closing or engine_socket.closed:
            return
        try:
            if eio_sid in self._server._binary_packet or self._may_pass(eio_sid, data):
                self._taken(eio_sid, data)
        except Malformed:
            self._hang_up(eio_sid, CloseReason.INVALID_FRAME_PAYLOAD_DATA)

    def _may_pass(self, eio_sid: str, data: Any) -> bool:
        kind = data[:1] if isinstance(data, str) else ""
        if kind == str(packet.CONNECT):
            return self._enters(eio_sid, StrictPacket(encoded_packet=data).namespace or "/")
        if not kind:
            raise Malformed
        if eio_sid not in self._begun:
            self._hang_up(eio_sid, CloseReason.POLICY_VIOLATION)
            return False
        if kind in map(str, _BINARY) and not self._is_in(eio_sid, StrictPacket(encoded_packet=data).namespace or "/"):
            raise Malformed
        if kind == str(packet.DISCONNECT):
            self._watch(eio_sid)
        return True

    def _enters(self, eio_sid: str, namespace: str) -> bool:
        self._begun.add(eio_sid)
        if self._is_in(eio_sid, namespace):
            self._hang_up(eio_sid, CloseReason.POLICY_VIOLATION)
            return False
        if namespace in self._server.handlers or namespace in self._server.namespace_handlers:
            return True
        told = {**NO_SUCH_NAMESPACE, "message": NO_SUCH_NAMESPACE["title"], "data": NO_SUCH_NAMESPACE}
        refusal = StrictPacket(packet.CONNECT_ERROR, data=told, namespace=namespace)
        self._engine.send(eio_sid, refusal.encode())
        return False

    def _is_in(self, eio_sid: str, namespace: str) -> bool:
        return self._server.manager.sid_from_eio_sid(eio_sid, namespace) is not None

    def _watch(self, eio_sid: str) -> None:
        self._due.append((time.monotonic() + self._enter_seconds, eio_sid))
        if self._watcher is None:
            self._watcher = gevent.spawn(self._turn_out)

    def _turn_out(self) -> None:
        """Whose time without a namespace is over goes."""
        try:
            while self._due:
                until, eio_sid = self._due[0]
                gevent.sleep(max(until - time.monotonic(), 0))
                self._due.popleft()
                namespaces = list(self._server.manager.get_namespaces())
                if not any(self._is_in(eio_sid, namespace) for namespace in namespaces):
                    self._hang_up(eio_sid, CloseReason.POLICY_VIOLATION)
        finally:
            # A fault with one of them must not be the last look at anybody.
            self._watcher = None

    def _hang_up(self, eio_sid: str, code: int) -> None:
        engine_socket = self._engine.sockets.get(eio_sid)
        if engine_socket is None:
            return
        if engine_socket.websocket is not None:
            engine_socket.websocket.close(code, is_heard_out=False)
        engine_socket.close(wait=False, abort=True)
