"""A provider that stands in for the real one on this machine: real HTTP, and the answers that a test says."""

import os
import socket
import struct
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Listening(ThreadingHTTPServer):
    """Served on a free port of this machine; `of` is whom the requests are for."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, of: Any, handler: type["Answering"]) -> None:
        super().__init__(("127.0.0.1", 0), handler)
        self.of = of

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that gave up is nothing to write about."""


class Answering(BaseHTTPRequestHandler):
    """One request; `answers` it, or ends the connection where the status is a word and no number."""

    protocol_version = "HTTP/1.1"
    # Head and body leave apart: Nagle would hold the body back for 40 ms.
    disable_nagle_algorithm = True

    def answers(self, status: int | str, headers: Mapping[str, str], body: bytes) -> None:
        if not isinstance(status, int):
            self.close_connection = True
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            os.close(self.connection.detach())
            return
        self.send_response(status)
        for name, value in {**headers, "Content-Type": "application/json"}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words: Any) -> None:
        """Nothing is written."""
