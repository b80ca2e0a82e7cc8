"""One connection of the official Socket.IO client: in order, and cut like a network cuts."""

import socket
import struct
import threading
from contextlib import suppress
from typing import Any

from infra.drill.line import Client


class Refused(Exception):
    """CONNECT_ERROR; its argument is what the server gave."""


class Line(Client):
    """One Socket.IO connection; `wire` is its WebSocket, which the official client forgets when the server ends it."""

    def __init__(self) -> None:
        super().__init__()
        self.wire: Any = None

    def cut(self) -> None:
        """Reset the connection in the middle of a word, and wait until nothing more can come by it."""
        wire = self.wire.sock if self.wire is not None else None
        if wire is not None:
            # What is dead already need not be cut.
            with suppress(OSError):
                wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                wire.shutdown(socket.SHUT_RD)
        self._end()

    def leave(self) -> None:
        """Say goodbye, and wait until nothing more can come by it."""
        self.disconnect()
        self._end()

    def _end(self) -> None:
        for task in (self.eio.read_loop_task, self.eio.write_loop_task):
            if task is not None and task is not threading.current_thread():
                task.join(5)
        self.eio.finish()
        if self.wire is not None:
            self.wire.shutdown()
