"""How an HTTP request becomes a WebSocket, and when it may not: RFC 6455, section 4.2."""

from base64 import b64decode
from collections.abc import Mapping
from typing import Any

from wsproto.utilities import generate_accept_token


def refusal(environ: Mapping[str, Any]) -> str | None:
    """
    The status line that refuses this handshake, or None when it is one.

    That it is a GET with an `Upgrade: websocket` was asked before.
    """
    if environ.get("SERVER_PROTOCOL") != "HTTP/1.1":
        return "400 Bad Request"
    if environ.get("HTTP_SEC_WEBSOCKET_VERSION") != "13":
        return "426 Upgrade Required"
    try:
        nonce = b64decode(environ.get("HTTP_SEC_WEBSOCKET_KEY", ""), validate=True)
    except ValueError:
        nonce = b""
    return None if len(nonce) == 16 else "400 Bad Request"


def acceptance(environ: Mapping[str, Any]) -> bytes:
    """The last bytes of HTTP on this connection. No extension is agreed to: compressed frames serve one client each."""
    token = generate_accept_token(environ["HTTP_SEC_WEBSOCKET_KEY"].encode())
    lines = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    return lines + b"Sec-WebSocket-Accept: %s\r\n\r\n" % token
