"""The same door with nothing behind it: reads a tap as ours does, tells the same sockets, keeps nothing. `PORT`."""

import sys
from typing import Any
from uuid import uuid4

from flask import Flask, request
from flask_socketio import Namespace, join_room

from backend.web.bodies import json_object
from infra.serving import serve
from infra.websocket_server import make_socketio
from mobile_api.tap_body import read_tap

AT = "2026-11-22T14:00:17+00:00"
#: How many of those who connect are told of each tap: as many as the demonstration's policy asks first.
ASKED = 3


class Handsets(Namespace):
    """The first few to connect are told, the others only listen."""

    connected = 0

    def on_connect(self, _auth: Any = None) -> None:
        if self.connected < ASKED:
            join_room("asked")
        self.connected += 1


def main(port: int) -> None:
    app = Flask("no_store")
    socketio = make_socketio(app)
    socketio.on_namespace(Handsets("/handset"))

    @app.get("/readyz")
    def ready() -> dict[str, str]:
        return {"status": "ready"}

    @app.post("/v1/taps")
    def tap() -> tuple[dict[str, Any], int]:
        told = read_tap(json_object(request))
        where = told.position
        case = {
            "id": str(uuid4()),
            "reference": "E-2026-0147",
            "kind": told.kind.value,
            "subtype": told.subtype,
            "state": "raised",
            "silent": told.silent,
            "trigger": told.trigger.value,
            "received_at": AT,
            "position": {"latitude": where.latitude, "longitude": where.longitude} if where else None,
            "zone": {"id": "sherfield", "name": "Sherfield Building", "site": "south-kensington"},
            "inside": True,
            "note": told.note,
            "exercise": False,
        }
        offer = {
            "incident_id": case["id"],
            "offer_id": str(uuid4()),
            "incident": case,
            "offered_at": AT,
            "quiet": False,
        }
        message = {"seq": 1, "id": str(uuid4()), "type": "offer", "at": AT, "data": offer}
        socketio.emit("message", message, to="asked", namespace="/handset")
        call = [{"label": "Emergency services", "number": "999", "reach": "country:GB", "dialable": True}] * 3
        return {**case, "call": call, "progress": [{"stage": "received", "at": AT, "by": None}], "responders": []}, 201

    serve(app, host="127.0.0.1", port=port)


if __name__ == "__main__":
    main(int(sys.argv[1]))
