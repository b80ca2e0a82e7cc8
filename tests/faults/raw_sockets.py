"""A server process of one's own, and WebSocket clients that do what no library would."""

import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
#: Stands in every error the server makes on demand, and must not be found in what it wrote.
SECRET = "hunter2"
TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10

HANDSHAKE = {
    "Host": "campus.example",
    "Upgrade": "websocket",
    "Connection": "Upgrade",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Version": "13",
}


class Corrupt(Exception):
    """The stream is no sequence of a server's frames."""


class HungUp(Exception):
    """The server ended the stream."""


class ServerProcess:
    """The server of `socket_server`, as the test sees it from outside."""

    def __init__(self, process: subprocess.Popen[bytes], written: Path) -> None:
        self._process = process
        self._written = written
        self.port = int(self._line("ready ").split()[1])

    def written(self) -> str:
        """All it has written so far, to both streams."""
        return self._written.read_text()

    def ask_to_stop(self) -> None:
        os.kill(self._process.pid, signal.SIGTERM)

    def exit_code(self) -> int:
        """Wait for its end, at most 15 s."""
        return self._process.wait(15)

    def is_running(self) -> bool:
        return self._process.poll() is None

    def _line(self, beginning: str) -> str:
        until = time.monotonic() + 40
        while time.monotonic() < until and self.is_running():
            for line in self.written().splitlines():
                if line.startswith(beginning):
                    return line
            time.sleep(0.02)
        raise AssertionError(f"no {beginning!r} from the server: {self.written()}")


@contextmanager
def server_process(**options: Any) -> Iterator[ServerProcess]:
    """Start the server with these options, and end it by its pid."""
    with tempfile.TemporaryDirectory() as folder, (Path(folder) / "written").open("wb") as written:
        command = [sys.executable, "-m", "tests.faults.socket_server", json.dumps(options)]
        process = subprocess.Popen(command, cwd=ROOT, stdout=written, stderr=subprocess.STDOUT)
        try:
            yield ServerProcess(process, Path(written.name))
        finally:
            process.kill()
            process.wait()


class RawSocket:
    """A handset of bytes: one WebSocket, read and written frame by frame."""

    def __init__(
        self,
        port: int,
        *,
        receive_buffer: int | None = None,
        headers: dict[str, str] | None = None,
        query: str = "EIO=4&transport=websocket",
        early: bytes = b"",
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.socket = socket.socket()
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.settimeout(10)
        self.socket.connect(("127.0.0.1", port))
        if tls is not None:
            self.socket = tls.wrap_socket(self.socket, server_hostname="campus.example")
        lines = [f"GET /socket.io/?{query} HTTP/1.1"] + [f"{k}: {v}" for k, v in (HANDSHAKE | (headers or {})).items()]
        self.socket.sendall("\r\n".join([*lines, "", ""]).encode() + early)
        self._stream = self.socket.makefile("rb")
        self.status = int(self._stream.readline().split()[1])
        while self._stream.readline() not in (b"\r\n", b""):
            pass

    def __enter__(self) -> "RawSocket":
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.close()
        self.socket.close()

    def enter(self) -> "RawSocket":
        """Take Engine.IO's welcome, and enter Socket.IO's first namespace."""
        assert self.text().startswith(b"0{")
        self.send(b"40")
        assert self.text().startswith(b"40{")
        return self

    def send(self, payload: bytes, opcode: int = TEXT, *, last: bool = True) -> None:
        self.socket.sendall(client_frame(payload, opcode, last=last))

    def frame(self) -> tuple[int, bytes] | None:
        """The next frame's opcode and payload; None once the stream ends, be it amid a frame."""
        try:
            head = self._stream.read(2)
            size = self._size(head)
            payload = self._stream.read(size)
        except ConnectionError:
            return None
        if len(head) < 2 or len(payload) < size:
            return None
        return head[0] & 15, payload

    def text(self) -> bytes:
        """The next text that is no Engine.IO ping, which is answered as a phone would; raises HungUp at the end."""
        while (frame := self.frame()) is not None:
            opcode, payload = frame
            if payload == b"2":
                self.send(b"3")
            elif opcode == TEXT:
                return payload
            else:
                raise AssertionError(f"not a text: {frame!r}")
        raise HungUp

    def event(self) -> tuple[str, Any]:
        """The next Socket.IO event: its name and its data."""
        packet = self.text()
        if not packet.startswith(b"42["):
            raise Corrupt(packet[:40])
        name, data = json.loads(packet[2:])
        return name, data

    def closing_code(self) -> int | None:
        """Read until the server's close frame, past everything before it; None if it hangs up without one."""
        while (frame := self.frame()) is not None:
            if frame[0] == CLOSE:
                return int.from_bytes(frame[1][:2], "big")
        return None

    def is_over(self) -> bool:
        """True once the server has hung up in good order, without a byte more; a reset raises."""
        return self._stream.read(1) == b""

    def _size(self, head: bytes) -> int:
        if len(head) < 2:
            return 0
        if head[0] not in {0x80 | opcode for opcode in (TEXT, BINARY, CLOSE, PING, PONG)} or head[1] & 0x80:
            raise Corrupt(head)
        size = head[1]
        return int.from_bytes(self._stream.read({126: 2, 127: 8}[size]), "big") if size > 125 else size


def client_frame(payload: bytes, opcode: int = TEXT, *, last: bool = True, masked: bool = True) -> bytes:
    """A frame as a client sends it; unmasked, it breaks the rules."""
    size = len(payload)
    first = opcode | (0x80 if last else 0)
    mask = b"\x37\xfa\x21\x3d" if masked else b""
    flag = 0x80 if masked else 0
    if size < 126:
        head = bytes((first, flag | size))
    elif size < 1 << 16:
        head = bytes((first, flag | 126)) + size.to_bytes(2, "big")
    else:
        head = bytes((first, flag | 127)) + size.to_bytes(8, "big")
    if masked:
        pad = (mask * (size // 4 + 1))[:size]
        payload = (int.from_bytes(payload, "big") ^ int.from_bytes(pad, "big")).to_bytes(size, "big")
    return head + mask + payload


def http(port: int, request: bytes) -> bytes:
    """Send these bytes as they are, and read until the server hangs up."""
    with socket.create_connection(("127.0.0.1", port), 10) as connection:
        connection.sendall(request)
        answer = b""
        try:
            while data := connection.recv(1 << 16):
                answer += data
        except ConnectionError:
            pass
        return answer


def post(port: int, path: str, body: Any) -> Any:
    """POST JSON, and the JSON that comes back."""
    words = json.dumps(body).encode()
    head = f"POST {path} HTTP/1.1\r\nHost: campus.example\r\nContent-Type: application/json\r\nConnection: close\r\n"
    answer = http(port, f"{head}Content-Length: {len(words)}\r\n\r\n".encode() + words)
    return json.loads(answer.partition(b"\r\n\r\n")[2])
