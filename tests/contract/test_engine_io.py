"""
Engine.IO version 4, heartbeats and packets, as its document states it for a server of WebSockets alone.

Each test's docstring is the gist of one of its sentences. What only long-polling needs is refused, which is tested too.
"""

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.faults.raw_sockets import BINARY, CLOSE, TEXT, RawSocket, ServerProcess, server_process

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


def test_the_server_pings_at_the_interval_it_told(server):
    """
    "At a given interval the server sends a ping packet and the client has a few seconds to send a pong packet back."
    """
    gaps = []
    with RawSocket(server.port) as client:
        opened(client)
        last = time.monotonic()
        for _ in range(2):
            assert client.frame() == (TEXT, PING)
            gaps.append(time.monotonic() - last)
            last = time.monotonic()
            client.send(PONG)

    assert all(gap < INTERVAL_S + GRACE_S for gap in gaps), gaps
    assert sum(gaps) > INTERVAL_S


def test_who_sends_no_pong_is_let_go(server):
    """
    "If the server does not receive a pong packet back, then it should consider that the connection is closed."
    """
    with RawSocket(server.port) as silent:
        opened(silent)
        began = time.monotonic()
        assert silent.frame() == (TEXT, PING)
        code = silent.closing_code()

    assert code == 1000
    assert time.monotonic() - began < INTERVAL_S + TIMEOUT_S + GRACE_S


def test_a_pong_nobody_asked_for_is_harmless(server):
    """
    The heartbeat goes on at its interval, however often a client says that it is there.
    """
    with RawSocket(server.port) as client:
        opened(client)
        for _ in range(20):
            client.send(PONG)
        client.send(b"40")
        entered = client.text()
        began = time.monotonic()
        pinged = client.frame()
        gap = time.monotonic() - began

    assert entered.startswith(b"40{")
    assert pinged == (TEXT, PING)
    assert gap < INTERVAL_S + GRACE_S


def test_a_close_packet_closes_the_transport(server):
    """
    "close: used to indicate that a transport can be closed."
    """
    with RawSocket(server.port) as client:
        client.enter()
        client.send(CLOSE_PACKET)

        assert client.closing_code() == 1000
        client.send(NORMAL, CLOSE)
        assert client.is_over()


@pytest.mark.parametrize("behind", [b"40", b"40/custom,", b'42["say","too late"]', b"41"])
def test_nothing_is_taken_behind_a_close_packet(server, behind):
    """
    The session is over with it: whoever entered a namespace now would never leave it.
    """
    before = server.written().count("unhandled.error")
    with RawSocket(server.port) as client:
        opened(client)
        client.send(CLOSE_PACKET)
        client.send(behind)
        client.send(NORMAL, CLOSE)
        said = []
        while (frame := client.frame()) is not None:
            said.append(frame)

    assert [(CLOSE, NORMAL)] == said
    assert before == server.written().count("unhandled.error")


@pytest.mark.parametrize("packet", [b"abc", b"x", b"\xe2\x82\xac"])
def test_what_is_no_packet_ends_the_session(server, packet):
    """
    "An Engine.IO packet consists of a packet type and an optional payload"; what has no type is none.
    """
    with RawSocket(server.port) as client:
        opened(client)
        client.send(packet)

        assert client.closing_code() == 1007


def test_each_packet_is_a_frame_of_its_own(server):
    """
    "Each Engine.IO packet is sent in its own WebSocket frame", as <packet type>[<data>], in both directions.
    """
    with RawSocket(server.port) as client:
        client.enter()
        client.send(b'42["say",1]')
        client.send(b'42["say",2]')
        frames = [client.text(), client.text()]

    assert [b'42["said",1]', b'42["said",2]'] == frames


def test_plain_text_is_utf_8(server):
    """
    "The character encoding is UTF-8 for plain text."
    """
    with RawSocket(server.port) as client:
        client.enter()
        client.send('42["say","€ ☂ 𝄞"]'.encode())
        told = client.event()

    assert told == ("said", "€ ☂ 𝄞")


def test_binary_payloads_are_sent_as_they_are(server):
    """
    "Binary payloads are sent as is, without modification": a binary frame has no packet type in front.
    """
    data = bytes(range(256))
    with RawSocket(server.port) as client:
        client.enter()
        client.send(b'451-["say",{"_placeholder":true,"num":0}]')
        client.send(data, BINARY)
        client.text()
        frame = client.frame()

    assert frame == (BINARY, data)


@pytest.mark.parametrize("packet", [b"2probe", b"5", b"6", b"2"])
def test_what_belongs_to_an_upgrade_changes_nothing_here(server, packet):
    """
    "To upgrade, the client must open a connection with the same session id"; there is nothing to upgrade from.
    """
    with RawSocket(server.port) as client:
        opened(client)
        client.send(packet)
        client.send(b"40")
        entered = client.text()
        while not entered.startswith(b"4"):
            entered = client.text()

    assert entered.startswith(b"40{")


def test_a_payload_may_be_as_large_as_told_and_no_larger(server):
    """
    "maxPayload: the maximum number of bytes per chunk."
    """
    frame = b'42["say","%s"]'
    with RawSocket(server.port) as client:
        most = opened(client)["maxPayload"]
        client.send(b"40")
        client.text()
        client.send(frame % (b"x" * (most - len(frame) + 2)))
        name, words = client.event()
        client.send(frame % (b"x" * (most - len(frame) + 3)))
        code = client.closing_code()

    assert (name, len(words)) == ("said", most - len(frame) + 2)
    assert code == 1009
