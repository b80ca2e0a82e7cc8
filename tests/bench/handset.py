"""An officer's handset: a Socket.IO client of the smallest kind, that never waits unless it is told to."""

import json
import select
import socket
from types import TracebackType
from typing import Any, Self

from tests.faults.raw_sockets import HANDSHAKE, client_frame

NAMESPACE = b"/handset,"


class Handset:
    """One WebSocket in the handset's namespace, signed in by this token."""

    def __init__(self, port: int, token: str) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), 10)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        lines = ["GET /socket.io/?EIO=4&transport=websocket HTTP/1.1", *(f"{k}: {v}" for k, v in HANDSHAKE.items())]
        self.socket.sendall("\r\n".join([*lines, "", ""]).encode())
        self._came = b""
        while b"\r\n\r\n" not in self._came:
            self._read()
        head, _, self._came = self._came.partition(b"\r\n\r\n")
        if b" 101 " not in head.split(b"\r\n")[0]:
            raise ConnectionError(head.decode("latin-1"))
        self._enter(token)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.socket.close()

    def fileno(self) -> int:
        return self.socket.fileno()

    def take(self) -> list[dict[str, Any]]:
        """The stream messages that have come; call it when there is something to read. Pings are answered."""
        self._read()
        return [json.loads(words)[1] for words in self._texts() if words.startswith(b'["message"')]

    def _enter(self, token: str) -> None:
        self._send(b"40" + NAMESPACE + json.dumps({"token": token, "last_seq": 0}).encode())
        while True:
            for words in self._texts(raw=True):
                if words.startswith(b"40" + NAMESPACE):
                    return
                if words.startswith(b"44"):
                    raise ConnectionError(words.decode())
            self._read()

    def _texts(self, *, raw: bool = False) -> list[bytes]:
        """Every whole text that has come: as it is, or the events of our namespace without their prefix."""
        found = []
        while (words := self._next()) is not None:
            if words == b"2":
                self._send(b"3")
            elif raw:
                found.append(words)
            elif words.startswith(b"42" + NAMESPACE):
                found.append(words[2 + len(NAMESPACE) :])
        return found

    def _next(self) -> bytes | None:
        came = self._came
        if len(came) < 2:
            return None
        size, at = came[1], 2
        if size > 125:
            at = {126: 4, 127: 10}[size]
            size = int.from_bytes(came[2:at], "big")
        if len(came) < at + size:
            return None
        self._came = came[at + size :]
        return came[at : at + size]

    def _send(self, words: bytes) -> None:
        self.socket.sendall(client_frame(words, 1))

    def _read(self) -> None:
        came = self.socket.recv(1 << 16)
        if not came:
            raise ConnectionError("the server hung up")
        self._came += came


def listen(handsets: list[Handset], *, quiet_s: float) -> list[dict[str, Any]]:
    """What they are told until none of them has been told anything for this long."""
    heard: list[dict[str, Any]] = []
    while ready := select.select(handsets, (), (), quiet_s)[0]:
        for handset in ready:
            heard += handset.take()
    return heard
