"""Engine.IO over our driver alone: a connection without a queue, and without a greenlet while it says nothing."""

import time
from typing import Any

import engineio
import engineio.socket
from engineio import exceptions, packet

from infra.frame import frame_of
from infra.ping_wheel import PingWheel
from infra.websocket import WebSocket


class EngineSocket(engineio.socket.Socket):
    """
    One client's Engine.IO session, whose packets go straight to its WebSocket.

    There is one way out, so that the order of a socket is that of the sends,
    ready frames of a broadcast among them.
    """

    connected = upgrading = upgraded = closing = closed = False
    #: Open while frames may be sent on it; the driver sets it.
    websocket: WebSocket | None = None

    def __init__(self, server: "Engine", sid: str) -> None:
        # Not the base's, which makes a queue.
        self.server = server
        self.sid = sid
        self.last_ping: float | None = time.monotonic()
        self._early: list[Any] | None = []

    def send(self, pkt: Any) -> None:
        """Send a packet, or keep it for the handshake's end. Never blocks. Raises SocketIsClosedError after the end."""
        if self.closed:
            raise exceptions.SocketIsClosedError
        if self.websocket is not None:
            self.websocket.send_frame(frame_of(pkt.encode()))
        elif self._early is not None:
            self._early.append(pkt)

    def close(self, wait: bool = True, abort: bool = False, reason: str | None = None) -> None:
        """End the session, say so unless it is to be cut off, and let what was sent before go out first."""
        if self.closed or self.closing:
            return
        self.closing = True
        told = reason or self.server.reason.SERVER_DISCONNECT
        self.server._trigger_event("disconnect", self.sid, told, run_async=False)
        if not abort:
            self.send(packet.Packet(packet.CLOSE))
        self.closed = True
        self.server.sockets.pop(self.sid, None)
        if self.websocket is not None:
            self.websocket.close()

    def schedule_ping(self) -> None:
        """The client is there: ask again after the interval."""
        if self.last_ping is not None:
            self.last_ping = None
            self.server.wheel.take(self)

    #: Said by the driver, once per ping it answers.
    is_there = schedule_ping

    def begins(self, websocket: WebSocket) -> None:
        """What was said before there was somebody to say it to goes first."""
        self.websocket = websocket
        self.connected = self.upgraded = True
        early, self._early = self._early, None
        for pkt in early or ():
            self.send(pkt)

    def hears(self, message: str | bytes) -> bool:
        """Take one packet; False when the session is over. Raises ValueError for what is none."""
        return self._received(packet.Packet(encoded_packet=message))

    def ends(self) -> None:
        """The connection is over, or never was."""
        self.close(wait=False, abort=True, reason=self.server.reason.TRANSPORT_CLOSE)
        self.websocket = None

    def _received(self, pkt: Any) -> bool:
        try:
            self.receive(pkt)
        except exceptions.UnknownPacketError:
            return True
        except exceptions.SocketIsClosedError:
            return False
        except Exception:
            self.server.logger.exception("a message was not handled")
            return False
        return True


class Engine(engineio.Server):
    """engineio's server with sockets of ours; `wheel` pings them all and finds who is gone."""

    wheel: PingWheel

    def _handle_connect(self, environ: Any, start_response: Any, transport: str, jsonp_index: int | None = None) -> Any:
        session = self._welcomed()
        self._trigger_event("connect", session.sid, environ, run_async=False)
        session.schedule_ping()
        return WebSocket(session, self.max_http_buffer_size)(environ, start_response)

    def _welcomed(self) -> EngineSocket:
        sid = self.generate_id()
        session = self.sockets[sid] = EngineSocket(self, sid)
        welcome = {
            "sid": sid,
            "upgrades": [],
            "pingTimeout": int(self.ping_timeout * 1000),
            "pingInterval": int(self.ping_interval * 1000),
            "maxPayload": self.max_http_buffer_size,
        }
        session.send(packet.Packet(packet.OPEN, welcome))
        return session
