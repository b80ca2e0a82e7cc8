"""`bluelight run` as it is, with one door more that tells everybody connected: `DATA PORT`; POST /bench/air."""

import sys
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

from flask import request

from infra import logs, running
from infra.settings import Settings
from infra.watch import Watch
from infra.wiring import Service
from notifications.airing import Airing

assemble = running.assemble


def with_a_door(settings: Settings, watch: Watch, **how: Any) -> Service:
    """The whole service; the door does what follows a broadcast's commit, with the body as its words."""
    service = assemble(settings, watch, **how)

    def air() -> str:
        airing = Airing(uuid4(), 1, 5, exercise=False, is_everyones=True, ended=False, data=request.get_json())
        at = time.monotonic_ns()
        service.sockets.air(airing)
        return str(at)

    service.app.add_url_rule("/bench/air", view_func=air, methods=["POST"])
    return service


if __name__ == "__main__":
    data, port = sys.argv[1:]
    logs.set_up("warning", pretty=False)
    running.assemble = with_a_door
    running.run(Settings(data_dir=Path(data)), running.Form("127.0.0.1", int(port), demo=True))
