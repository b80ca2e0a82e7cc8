"""The control room's socket by the console's cookie: for our own page, and for no other."""

import json
import time
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
import requests
import websocket

from tests.server import PASSWORD, Server, running_server

PATIENCE_S = 10


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """
    One server for the tests of this file.
    """
    with running_server(tmp_path_factory.mktemp("console_socket")) as server:
        yield server


def signs_in(server: Server, name: str) -> requests.Session:
    """A browser in which this person has signed in at the console."""
    browser = requests.Session()
    body = {"email": f"{name}@demo.example", "password": PASSWORD}
    answer = browser.post(f"{server.url}/console/api/sign-in", json=body, timeout=PATIENCE_S)
    assert answer.status_code == 200, answer.text
    browser.headers["X-CSRF-Token"] = answer.json()["csrf"]
    return browser


def cookie_of(browser: requests.Session) -> str:
    return "; ".join(f"{one.name}={one.value}" for one in browser.cookies)


def opened(server: Server, cookie: str, origin: str | None) -> websocket.WebSocket:
    """A WebSocket as a page of this origin opens it; raises WebSocketBadStatusException."""
    how: dict[str, Any] = {"suppress_origin": True} if origin is None else {"origin": origin}
    address = f"ws://127.0.0.1:{server.port}/socket.io/?EIO=4&transport=websocket"
    line = websocket.create_connection(address, timeout=PATIENCE_S, cookie=cookie, **how)
    assert str(line.recv()).startswith("0")
    return line


def connects(line: websocket.WebSocket, namespace: str = "/console", auth: Any = None) -> str:
    """What CONNECT is answered with: "connected", or the end of the problem's type."""
    line.send(f"40{namespace},{json.dumps(auth or {})}")
    answer = str(line.recv())
    told = json.loads(answer.partition(",")[2])
    return "connected" if answer.startswith("40") else str(told["type"]).rpartition("/")[2]


def hears(line: websocket.WebSocket, wanted: str, within_s: float = PATIENCE_S) -> Any:
    """The data of the next event of this name, or of this type of message."""
    until = time.monotonic() + within_s
    while time.monotonic() < until:
        packet = str(line.recv())
        if packet == "2":
            line.send("3")
        elif packet.startswith("42/console,"):
            event, data = json.loads(packet.partition(",")[2])
            if wanted in (event, data.get("type")):
                return data
    raise AssertionError(f"no {wanted} came")


def test_our_own_page_s_socket_opens_by_the_cookie_and_ends_with_it(server: Server) -> None:
    """
    It is shown the pictures like a bearer's, and within two seconds of signing out it is told and closed.
    """
    browser = signs_in(server, "controller1")

    with closing(opened(server, cookie_of(browser), server.url)) as line:
        answer = connects(line, auth={"last_seq": 0})
        picture = hears(line, "position")
        left = browser.post(f"{server.url}/console/api/sign-out", timeout=PATIENCE_S)
        hears(line, "signed_out", within_s=2)

    assert "connected" == answer
    assert "officers" in picture
    assert 204 == left.status_code


def test_a_foreign_page_opens_no_socket_by_it(server: Server) -> None:
    """
    The handshake is refused; and where no origin is told, the cookie is not looked at.
    """
    cookie = cookie_of(signs_in(server, "controller2"))

    for origin in ("https://somewhere.example", "null", f"http://127.0.0.1:{server.port + 1}"):
        with pytest.raises(websocket.WebSocketBadStatusException, match="400"):
            opened(server, cookie, origin)
    with closing(opened(server, cookie, None)) as line:
        assert "unauthenticated" == connects(line)


def test_the_cookie_opens_no_handset_s_stream_and_helps_no_bad_token(server: Server) -> None:
    """
    Whatever CONNECT says beside it; and who may not look at the console may not by a cookie.
    """
    cookie = cookie_of(signs_in(server, "auditor1"))

    with closing(opened(server, cookie, server.url)) as line:
        assert "unauthenticated" == connects(line, "/handset")
        assert "unauthenticated" == connects(line, auth={"token": "made-up"})
        assert "unauthenticated" == connects(line, auth={"token": 7})
        assert "connected" == connects(line)
    with closing(opened(server, cookie_of(signs_in(server, "admin1")), server.url)) as line:
        assert "forbidden" == connects(line)
