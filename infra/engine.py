"""Engine.IO over our driver alone: a connection without a queue, a writing greenlet or a pinging one."""

import time
from typing import TYPE_CHECKING, Any

import engineio
import engineio.socket
from engineio import exceptions, packet

from infra.frame import frame_of
from infra.ping_wheel import PingWheel

if TYPE_CHECKING:
    from infra.websocket import WebSocket

#: A client's answer to a ping: nothing else is said so often.
PONG = "3"


class EngineSocket(engineio.socket.Socket):
    """
    One client's Engine.IO session, whose packets go straight to its WebSocket.

    There is one way out, so that the order of a socket is that of the sends,
    ready frames of a broadcast among them.
    """

    connected = upgrading = upgraded = closing = closed = False
    #: Open while frames may be sent on it; the driver sets it.
    websocket: "WebSocket | None" = None

    def __init__(self, server: "Engine", sid: str) -> None:
        # Not the base's, which makes a queue.
        self.server = server
        self.sid = sid
        self.session: dict[str, Any] = {}
        self.last_ping: float | None = time.monotonic()
        self._early: list[Any] = []

    def send(self, pkt: Any) -> None:
        """Send a packet, or keep it for the handshake's end. Never blocks. Raises SocketIsClosedError after the end."""
        if self.closed:
            raise exceptions.SocketIsClosedError
        if self.websocket is not None:
            self.websocket.send_frame(frame_of(pkt.encode()))
        elif not self.upgraded:
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

    def _websocket_handler(self, ws: "WebSocket") -> list[bytes]:
        self.connected = self.upgraded = True
        self._send_early()
        while (message := ws.wait()) is not None:
            if message == PONG:
                self.schedule_ping()
            elif not self._received(packet.Packet(encoded_packet=message)):
                break
        self.close(wait=False, abort=True, reason=self.server.reason.TRANSPORT_CLOSE)
        return []

    def _send_early(self) -> None:
        # Beside the loop, whose variables live as long as the connection.
        while self._early:
            self.send(self._early.pop(0))

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
        return session.handle_get_request(environ, start_response)

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
