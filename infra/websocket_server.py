"""Socket.IO for phones and consoles: WebSocket only, on the hub, over our own driver."""

from typing import Any

from flask import Flask, request
from flask_socketio import SocketIO

from infra.engine import Engine
from infra.environs import Environs
from infra.fanning_rooms import FanningRooms
from infra.packets import ENTER_SECONDS, Gate, StrictPacket
from infra.ping_wheel import PingWheel
from infra.unhandled import DiscreetLog

#: The largest message a client may send, in bytes; a larger one ends its connection with 1009.
MESSAGE_BYTES = 1 << 16


def make_socketio(
    app: Flask,
    *,
    ping_interval: int = 25,
    ping_timeout: int = 20,
    enter_seconds: float = ENTER_SECONDS,
    client_manager: Any = None,
) -> SocketIO:
    """
    Socket.IO on this app's `/socket.io/`.

    Native apps, which send no Origin, and pages of the same origin may connect;
    foreign pages get 400, and so does polling. Pings are whole seconds: a
    fraction would be told to the client as 0.
    """
    socketio = SocketIO(
        app,
        async_mode="gevent",
        transports=["websocket"],
        allow_upgrades=False,
        http_compression=False,
        # None is "the same origin only"; an empty list would switch the check off.
        cors_allowed_origins=None,
        cors_credentials=False,
        # A client's events are handled one after the other: positions and receipts have an order.
        async_handlers=False,
        always_connect=False,
        manage_session=False,
        max_http_buffer_size=MESSAGE_BYTES,
        ping_interval=ping_interval,
        ping_timeout=ping_timeout,
        client_manager=FanningRooms() if client_manager is None else client_manager,
        # The wheel finds who is gone.
        monitor_clients=False,
        serializer=StrictPacket,
        logger=DiscreetLog(),
        engineio_logger=DiscreetLog(),
    )
    socketio.server.environ = Environs()
    engine = socketio.server.eio
    # Made by python-socketio's server, which Flask-SocketIO makes: neither can be told of which class.
    engine.__class__ = Engine
    engine.wheel = PingWheel(ping_interval, ping_timeout)
    Gate(socketio.server, enter_seconds=enter_seconds)
    app.teardown_request(_forget_routing)
    return socketio


def _forget_routing(_fault: BaseException | None) -> None:
    # Flask makes a request of every event, and its address is no door's: the error that it keeps of this holds twenty
    # frames, which hold it. Nothing asks for it at the end of a request.
    request.routing_exception = None
