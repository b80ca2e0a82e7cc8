"""A phone's live connection: the official Socket.IO client, in order, and cut as a network cuts it."""

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
from socketio.exceptions import SocketIOError

#: What may go wrong with a connection; its owner opens it again.
BROKEN = (SocketIOError, engineio.exceptions.EngineIOError, OSError, TimeoutError)

OPENED_WITHIN_S = 10.0

Take = Callable[[dict[str, Any]], None]


class InOrder(engineio.Client):
    """The official client starts a thread for every message, which loses the order they came in: here one takes all."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._came: SimpleQueue[Callable[[], Any] | None] = SimpleQueue()
        self._taker = threading.Thread(target=self._take, daemon=True)
        self._taker.start()

    def finish(self) -> None:
        """Wait until what has come is handled; then nothing more will be."""
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


class Client(socketio.Client):
    """One connection of it, which is never opened again by itself."""

    def __init__(self) -> None:
        super().__init__(reconnection=False, handle_sigint=False)

    def _engineio_client_class(self) -> type[engineio.Client]:
        return InOrder


class Line:
    """
    One person's stream on one face; what comes is handed to `take` in order, on a thread of the connection's.

    After it was cut or has broken it may be opened again, from any number on.
    """

    def __init__(self, url: str, token: str, *, face: str, take: Take) -> None:
        self._url = url
        self._token = token
        self._namespace = f"/{face}"
        self._take = take
        self._events: dict[str, Take] = {}
        self._client: Client | None = None
        self._wire: Any = None

    @property
    def is_open(self) -> bool:
        return self._client is not None and self._namespace in self._client.namespaces

    def hear(self, event: str, take: Take) -> None:
        """What comes under another name than the stream's; before the connection is opened."""
        self._events[event] = take

    def open(self, last_seq: int = 0) -> None:
        """Connect; what was missed after `last_seq` follows. Raises one of BROKEN."""
        self.close()
        client = Client()
        opened = threading.Event()
        client.on("message", self._take, namespace=self._namespace)
        for event, take in self._events.items():
            client.on(event, take, namespace=self._namespace)
        client.on("connect", opened.set, namespace=self._namespace)
        client.on("connect_error", lambda *_: opened.set(), namespace=self._namespace)
        auth = {"token": self._token, "last_seq": last_seq}
        try:
            client.connect(self._url, auth=auth, namespaces=[self._namespace], transports=["websocket"], wait=False)
        except BROKEN:
            client.eio.finish()
            raise
        # The client forgets its WebSocket when the server ends it; whoever closes it needs it still.
        self._client, self._wire = client, client.eio.ws
        if not opened.wait(OPENED_WITHIN_S) or not self.is_open:
            self.close()
            raise ConnectionError("the live connection was not opened")

    def confirms(self, message_ids: list[str], stage: str = "displayed") -> Any:
        """Say what the screen has shown; the acknowledgement. Raises one of BROKEN."""
        return self._say("receipt", {"message_ids": message_ids, "stage": stage})

    def is_at(self, told: dict[str, Any]) -> Any:
        """Say where this phone is; the acknowledgement. Raises one of BROKEN."""
        return self._say("position", told)

    def cut(self) -> None:
        """The network goes away in the middle of a word: the connection is reset, nothing is said."""
        wire = self._wire.sock if self._wire is not None else None
        if wire is not None:
            with suppress(OSError):
                wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                wire.shutdown(socket.SHUT_RD)
        self._leave()

    def close(self) -> None:
        """Say goodbye; nothing happens without an open connection."""
        if self._client is not None:
            with suppress(*BROKEN):
                self._client.disconnect()
        self._leave()

    def _say(self, event: str, body: dict[str, Any]) -> Any:
        client = self._client
        if client is None:
            raise ConnectionError("not connected")
        return client.call(event, body, namespace=self._namespace, timeout=OPENED_WITHIN_S)

    def _leave(self) -> None:
        client, wire = self._client, self._wire
        self._client = self._wire = None
        if client is not None:
            for task in (client.eio.read_loop_task, client.eio.write_loop_task):
                if task is not None and task is not threading.current_thread():
                    task.join(2)
            client.eio.finish()
        if wire is not None:
            with suppress(OSError):
                wire.shutdown()
