"""Flask-SocketIO on gevent, as its manual starts it: `PORT FILE`; GET /go emits what is in the file to everybody."""

from gevent import monkey

monkey.patch_all()

import json
import sys
import time
from pathlib import Path

from flask import Flask, request
from flask_socketio import SocketIO

app = Flask("stock")
socketio = SocketIO(app, async_mode="gevent", cors_allowed_origins="*")
told = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))


@socketio.on("connect", namespace="/handset")
def connect(_auth=None):
    return None


@app.get("/go")
def go():
    at = time.monotonic_ns()
    socketio.emit("broadcast", told, namespace="/handset")
    return str(at)


@app.post("/v1/taps")
def tap():
    return {"id": request.get_json()["tap_id"]}, 201


if __name__ == "__main__":
    socketio.run(app, "127.0.0.1", int(sys.argv[1]), log_output=False)
