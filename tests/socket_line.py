"""One connection of the official Socket.IO client: in order, and cut like a network cuts."""

import socket
import struct
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from queue import SimpleQueue
from typing import Any

import engineio
import socketio


class Refused(Exception):
    """CONNECT_ERROR; its argument is what the server gave."""


class InOrder(engineio.Client):
    """The official client starts a thread for every message, which loses the order they came in: here one takes all."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._came: SimpleQueue[Callable[[], Any] | None] = SimpleQueue()
        self._taker = threading.Thread(target=self._take, daemon=True)
        self._taker.start()

    def drain(self) -> None:
        """Wait until what has come is handled; nothing more will be."""
        self._came.put(None)
        if self._taker is not threading.current_thread():
            self._taker.join(5)

    def _take(self) -> None:
        for handle in iter(self._came.get, None):
            handle()

    def _trigger_event(self, event: str, *args: Any, run_async: bool = False, **more: Any) -> Any:
        if event == "message":
            return self._came.put(partial(super()._trigger_event, event, *args, **more))
        return super()._trigger_event(event, *args, run_async=run_async, **more)


class Line(socketio.Client):
    """One Socket.IO connection; `wire` is its WebSocket, which the official client forgets when the server ends it."""

    def __init__(self) -> None:
        super().__init__(reconnection=False, handle_sigint=False)
        self.wire: Any = None

    def _engineio_client_class(self) -> type[engineio.Client]:
        return InOrder

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
        self.eio.drain()
        if self.wire is not None:
            self.wire.shutdown()
