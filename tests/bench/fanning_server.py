"""`bluelight run` as it is, with two doors more that tell everybody connected: `DATA PORT`."""

import sys
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

from flask import request

from backend.kernel.rooms import HANDSET, world
from infra import logs, running
from infra.settings import Settings
from infra.watch import Watch
from infra.wiring import Service
from notifications.airing import Airing
from notifications.channels.on_air import BROADCAST

assemble = running.assemble


def with_a_door(settings: Settings, watch: Watch, **how: Any) -> Service:
    """The whole service; /bench/air does what follows a commit, /bench/hand only hands it to the sockets."""
    service = assemble(settings, watch, **how)

    def air() -> str:
        airing = Airing(uuid4(), 1, 5, exercise=False, is_everyones=True, ended=False, data=request.get_json())
        at = time.monotonic_ns()
        service.sockets.on_air.air(airing)
        return str(at)

    def hand() -> str:
        socketio = service.app.extensions["socketio"]
        at = time.monotonic_ns()
        socketio.emit(BROADCAST, request.get_json(), to=world(False), namespace=HANDSET)
        return str(at)

    for door in (air, hand):
        service.app.add_url_rule(f"/bench/{door.__name__}", view_func=door, methods=["POST"])
    return service


if __name__ == "__main__":
    data, port = sys.argv[1:]
    logs.set_up("warning", pretty=False)
    running.assemble = with_a_door
    running.run(Settings(data_dir=Path(data)), running.Form("127.0.0.1", int(port), demo=True))
