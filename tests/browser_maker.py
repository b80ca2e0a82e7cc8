"""Stands in for a browser's maker: takes pushes without opening them, and answers as a test tells it to."""

import base64
import json
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


class Maker(ThreadingHTTPServer):
    """A push service that answers as it is told and remembers what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Request)
        self.status, self.headers = 201, dict[str, str]()
        self.hangs_s = 0.0
        self.asked: list[dict[str, str]] = []
        self.bodies: list[bytes] = []
        self.lines: set[Any] = set()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that gave up is nothing to write about."""

    @property
    def subscription(self) -> str:
        key = ec.generate_private_key(ec.SECP256R1()).public_key()
        point = key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        keys = {"p256dh": _base64(point), "auth": _base64(b"a" * 16)}
        return json.dumps({"endpoint": f"http://127.0.0.1:{self.server_port}/push/1", "keys": keys})


class _Request(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Maker

    def do_POST(self) -> None:
        maker = self.server
        maker.bodies.append(self.rfile.read(int(self.headers.get("Content-Length", 0))))
        maker.asked.append(dict(self.headers))
        maker.lines.add(self.client_address)
        time.sleep(maker.hangs_s)
        body = b"<html>as the test said</html>"
        self.send_response(maker.status)
        for name, value in maker.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        """Where a redirection would lead."""
        self.do_POST()

    def log_message(self, *words: Any) -> None:
        """Nothing is written."""


def _base64(told: bytes) -> str:
    return base64.urlsafe_b64encode(told).decode()
