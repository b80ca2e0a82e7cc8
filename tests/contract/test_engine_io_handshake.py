"""
Engine.IO version 4, how a session is opened, as its document states it for a server of WebSockets alone.

Each test's docstring is the gist of one of its sentences. What only long-polling needs is refused, which is tested too.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.faults.raw_sockets import RawSocket, ServerProcess, http, server_process

PING, PONG, CLOSE_PACKET = b"2", b"3", b"1"

#: The payload of WebSocket's own close frame: 1000.
NORMAL = b"\x03\xe8"

INTERVAL_S, TIMEOUT_S = 1, 1

#: What a shared machine may be late by.
GRACE_S = 3


@pytest.fixture(scope="module")
def server() -> Iterator[ServerProcess]:
    """
    The product's own wiring with brisk pings.
    """
    with server_process(pings={"ping_interval": INTERVAL_S, "ping_timeout": TIMEOUT_S}) as process:
        yield process


def opened(client: RawSocket) -> dict[str, Any]:
    """What the open packet says."""
    packet = client.text()
    assert packet.startswith(b"0")
    told: dict[str, Any] = json.loads(packet[1:])
    return told


def status_of(server: ServerProcess, method: str, query: str, body: bytes = b"") -> int:
    """What a plain request is answered, no WebSocket asked for."""
    head = f"{method} /socket.io/?{query} HTTP/1.1\r\nHost: campus.example\r\nConnection: close\r\n"
    answer = http(server.port, f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
    return int(answer.split()[1])


@pytest.mark.parametrize("query", ["transport=websocket", "EIO=&transport=websocket", "EIO=3&transport=websocket"])
def test_the_version_is_mandatory_and_is_four(server, query):
    """
    "EIO: 4, mandatory. If a mandatory query parameter is missing, the server must close the connection."
    """
    with RawSocket(server.port, query=query) as client:
        assert 400 == client.status


@pytest.mark.parametrize("query", ["EIO=4", "EIO=4&transport=", "EIO=4&transport=abc", "EIO=4&transport=webtransport"])
def test_the_transport_is_mandatory_and_is_a_known_one(server, query):
    """
    "transport: mandatory, the name of the transport. Missing: the server must close the connection."
    """
    with RawSocket(server.port, query=query) as client:
        assert 400 == client.status


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_long_polling_is_refused_from_the_first_request_on(server, method):
    """
    A fallback, "if the WebSocket connection can't be established": not ours, and said at once.
    """
    assert 400 == status_of(server, method, "EIO=4&transport=polling")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_only_a_get_opens_a_session(server, method):
    """
    "To establish a connection, the client must send an HTTP GET request."
    """
    assert status_of(server, method, "EIO=4&transport=websocket") in (400, 405)


def test_a_websocket_session_wants_the_upgrade_it_names(server):
    """
    A GET for the WebSocket transport that asks for no WebSocket is refused, and nothing of it stays.
    """
    assert 400 == status_of(server, "GET", "EIO=4&transport=websocket")


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("transport", ["polling", "websocket"])
def test_a_session_that_is_not_known_is_refused(server, method, transport):
    """
    "The server must return an HTTP 400 response if the session id is not known."
    """
    assert 400 == status_of(server, method, f"EIO=4&transport={transport}&sid=nobodys", b"4hello")


def test_an_accepted_connection_is_answered_by_an_open_packet(server):
    """
    "It must respond with an open packet with the following JSON-encoded payload", and with these keys.
    """
    with RawSocket(server.port) as client:
        status, told = client.status, opened(client)

    assert 101 == status
    assert {"sid", "upgrades", "pingInterval", "pingTimeout", "maxPayload"} == set(told)
    assert isinstance(told["sid"], str)
    assert len(told["sid"]) >= 16
    assert (INTERVAL_S * 1000, TIMEOUT_S * 1000) == (told["pingInterval"], told["pingTimeout"])
    assert told["maxPayload"] == 65_536


def test_no_upgrade_is_offered_where_there_is_nothing_better(server):
    """
    "upgrades: the list of available transport upgrades"; the WebSocket is the last of them.
    """
    with RawSocket(server.port) as client:
        told = opened(client)

    assert [] == told["upgrades"]


def test_every_session_has_an_id_of_its_own(server):
    """
    "sid: the session id."
    """
    with RawSocket(server.port) as one, RawSocket(server.port) as two:
        ids = {opened(client)["sid"] for client in (one, two)}

    assert len(ids) == 2


def test_a_session_has_one_websocket_and_keeps_it(server):
    """
    "A client must not open more than one WebSocket per session: the server must close the connection", the second.
    """
    with RawSocket(server.port) as first:
        sid = opened(first)["sid"]
        with RawSocket(server.port, query=f"EIO=4&transport=websocket&sid={sid}") as second:
            refused = second.status
        first.send(b"40")
        first.text()
        first.send(b'42["say","here"]')
        said = first.event()

    assert 400 == refused
    assert said == ("said", "here")


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_websocket_session_takes_nothing_by_long_polling(server, method):
    """
    Requests with its id are refused, and what they carry reaches nobody.
    """
    with RawSocket(server.port) as client:
        sid = opened(client)["sid"]
        client.send(b"40")
        client.text()
        refused = status_of(server, method, f"EIO=4&transport=polling&sid={sid}", b'42["say","from elsewhere"]')
        client.send(b'42["say","here"]')
        said = client.event()

    assert 400 == refused
    assert said == ("said", "here")
