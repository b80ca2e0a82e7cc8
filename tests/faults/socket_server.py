"""A small server of its own process, for tests of driver and protocol: two namespaces, four routes, errors by wish."""

import gc
import json
import sys
from pathlib import Path
from socket import SO_SNDBUF, SOL_SOCKET
from typing import Any

import gevent
from flask import Flask, request
from flask_socketio import ConnectionRefusedError, SocketIO, disconnect, emit, join_room

from infra.frame import frame_text
from infra.http_connection import Patience
from infra.parked_frames import ParkedFrames
from infra.serving import listen, serve_on, tls_context
from infra.websocket import WebSocket
from infra.websocket_server import make_socketio
from tests.faults.raw_sockets import SECRET


def main(options: dict[str, Any]) -> None:
    """Serve until told to stop; the first line written is `ready PORT`."""
    app = Flask(__name__)
    socketio = make_socketio(app, **options.get("pings", {}))
    WebSocket.closing_seconds = options.get("closing_seconds", WebSocket.closing_seconds)
    ParkedFrames.seconds = options.get("parked_seconds", ParkedFrames.seconds)
    add_routes(app, socketio)
    add_events(socketio)

    def door(environ, start_response):
        if environ["PATH_INFO"] == "/fail":
            raise ValueError(SECRET)
        return app(environ, start_response)

    listener = listen("127.0.0.1", 0)
    if "send_buffer" in options:
        listener.setsockopt(SOL_SOCKET, SO_SNDBUF, options["send_buffer"])
    serve_on(
        listener,
        door,
        on_ready=lambda port: announce(f"ready {port}"),
        on_stop=lambda: announce("stopping"),
        tls=tls_context(*map(Path, options["tls"])) if "tls" in options else None,
        patience=Patience(**options.get("patience", {})),
    )
    announce("stopped")


def add_routes(app: Flask, socketio: SocketIO) -> None:
    """What a test asks for by HTTP."""
    sockets = socketio.server.eio.sockets

    @app.post("/echo")
    def echo():
        return {"size": len(request.get_data())}, 201

    @app.get("/much")
    def much():
        return b"x" * 8_000_000

    @app.post("/emit")
    def emit_many():
        """Emit `count` events of `size` bytes to `room`, and pause between them."""
        wish = request.get_json()
        for k in range(wish["count"]):
            socketio.emit("incident", {"k": k, "pad": "x" * wish.get("size", 0)}, to=wish.get("room"))
            gevent.sleep(wish.get("pause", 0))
        return {"sockets": len(sockets)}

    @app.post("/in_turns")
    def in_turns():
        """To everybody and to each alone, in turns, faster than everybody can be written to."""
        count = request.get_json()["count"]
        for k in range(0, count, 2):
            socketio.emit("incident", {"k": k, "pad": "x" * 100})
            for session in list(sockets):
                sid = socketio.server.manager.sid_from_eio_sid(session, "/")
                socketio.emit("incident", {"k": k + 1, "pad": ""}, to=sid)
        return {"sockets": len(sockets)}

    @app.post("/direct")
    def direct():
        """Send one ready frame on every socket, past engineio's queues."""
        frame = frame_text(request.get_data())
        websockets = [session.websocket for session in sockets.values()]
        return {"sent": sum(websocket.send_frame(frame) for websocket in websockets if websocket)}

    @app.post("/held")
    def held():
        """What this process holds beside the request that asks."""
        gc.collect()
        greenlets = sum(isinstance(one, gevent.Greenlet) and not one.dead for one in gc.get_objects())
        return {
            "sockets": len(sockets),
            "greenlets": greenlets,
            "descriptors": len(list(Path("/dev/fd").iterdir())),
            "collected": sum(generation["collected"] for generation in gc.get_stats()),
        }

    @app.get("/wait/<seconds>")
    def wait(seconds):
        gevent.sleep(float(seconds))
        socketio.emit("incident", {"k": "last"})
        return {"waited": seconds}


def add_events(socketio: SocketIO) -> None:
    """What a test asks for by Socket.IO."""

    @socketio.on("say")
    def say(words):
        emit("said", words)

    @socketio.on("think")
    def think(seconds):
        gevent.sleep(seconds)
        emit("thought", seconds)

    @socketio.on("join")
    def join(room):
        join_room(room)
        emit("joined", room)

    @socketio.on("connect", namespace="/porch")
    def step_in(_auth=None):
        join_room("porch")
        socketio.emit("said", "come in", to="porch", namespace="/porch")
        gevent.sleep(0.05)

    @socketio.on("fail")
    def fail():
        gevent.spawn(int, SECRET)
        raise ValueError(SECRET)

    for namespace in ("/", "/custom"):
        socketio.on_event("connect", welcome, namespace=namespace)
        socketio.on_event("repeat", repeat, namespace=namespace)
        socketio.on_event("say back", say_back, namespace=namespace)
        socketio.on_event("leave me", disconnect, namespace=namespace)


def welcome(auth=None):
    """Whoever says so is refused."""
    if isinstance(auth, dict) and auth.get("token") == "wrong":
        raise ConnectionRefusedError("Not authorized")


def repeat(*said):
    """Said is acknowledged: nothing as nothing, and so on."""
    return said


def say_back(*said):
    """Said as an event of the server's own."""
    emit("said back", said)


def announce(words: str) -> None:
    """Write a line at once: the test reads along."""
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
