"""A server of map pictures as the settings name it, and the one page whose policy lets its browser fetch from there."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from flask import Response, request

from backend.console.map_tiles import MapTiles
from infra.service_account import is_safe_address

#: The page that draws a map; every other keeps to this server.
PAGE = "/console"

#: What may stand in an address that becomes part of a policy: nothing that could end it or begin another.
PLAIN = re.compile(r"[A-Za-z0-9:/._~@?&=%+{}-]+")

POLICY = "Content-Security-Policy"


def read_tiles_url(text: str) -> str:
    """An address with `{z}`, `{x}` and `{y}`. Raises ValueError."""
    if not is_safe_address(text.translate({ord(sign): None for sign in "{}"})):
        raise ValueError("must begin with https:// (http:// on this machine only)")
    if not PLAIN.fullmatch(text) or "{" in origin_of(text) or not all(one in text for one in ("{z}", "{x}", "{y}")):
        raise ValueError("must have {z}, {x} and {y}: https://tiles.example.org/{z}/{x}/{y}.png")
    return text


def origin_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def widening(tiles: MapTiles) -> Callable[[Response], Response]:
    """Lets the console's page alone, after its policy was set, fetch pictures from their server and from no other."""
    origin = origin_of(tiles.url)

    def widen(response: Response) -> Response:
        if request.path == PAGE:
            policy = response.headers[POLICY]
            for source in ("connect-src 'self'", "img-src 'self'"):
                policy = policy.replace(source, f"{source} {origin}")
            response.headers[POLICY] = policy
        return response

    return widen
