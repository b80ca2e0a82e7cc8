"""Where a map's pictures may come from, and that no other page's policy is any wider for it."""

import pytest
from flask import Flask, Response

from backend.console.map_tiles import MapTiles
from backend.kernel.errors import Invalid
from infra.app import HEADERS
from infra.map_tile_settings import POLICY, widening
from infra.settings import read_settings

TILES = "https://tiles.example.org/{z}/{x}/{y}.png"


def test_there_are_no_tiles_unless_a_server_is_named() -> None:
    """
    The map is drawn from the outlines alone.
    """
    assert read_settings({"BLUELIGHT_TILES_ATTRIBUTION": "nobody"}).map_tiles is None
    assert MapTiles(TILES, "") == read_settings({"BLUELIGHT_TILES_URL": TILES}).map_tiles


@pytest.mark.parametrize(
    "address",
    [
        "http://tiles.example.org/{z}/{x}/{y}.png",
        "https://tiles.example.org/{z}/{x}.png",
        "https://tiles.example.org; script-src */{z}/{x}/{y}.png",
        "https://tiles.example.org,*/{z}/{x}/{y}.png",
        "https://{z}.example.org/{z}/{x}/{y}.png",
        "tiles",
    ],
)
def test_an_address_that_cannot_be_one_stops_the_start(address: str) -> None:
    """
    It becomes part of a page's policy: nothing in it may end that policy or begin another.
    """
    with pytest.raises(Invalid) as stopped:
        read_settings({"BLUELIGHT_TILES_URL": address})

    assert ["BLUELIGHT_TILES_URL"] == [fault.field for fault in stopped.value.errors]


@pytest.mark.parametrize(("path", "is_wider"), [("/console", True), ("/app", False), ("/concern", False)])
def test_only_the_console_may_fetch_them(path: str, is_wider: bool) -> None:
    """
    Its pictures and its connections, from that server and for nothing else.
    """
    response = Response(headers={POLICY: HEADERS[POLICY]})

    with Flask("page").test_request_context(path):
        widening(MapTiles(TILES, ""))(response)

    policy = response.headers[POLICY]
    assert 2 * is_wider == policy.count("https://tiles.example.org")
    assert is_wider == ("connect-src 'self' https://tiles.example.org;" in policy)
    assert "script-src 'self';" in policy
