"""A connection that says nothing costs no greenlet, and one that speaks is heard in order, however its bytes come."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.faults.raw_sockets import CLOSE, TEXT, RawSocket, ServerProcess, client_frame, post, server_process

PING, PONG = b"2", client_frame(b"3")
NORMAL, GOING_AWAY = 1000, 1001


@pytest.fixture(scope="module")
def server() -> Iterator[ServerProcess]:
    """
    A server with brisk pings, that waits a moment only for the answer to its goodbye.
    """
    with server_process(pings={"ping_interval": 1, "ping_timeout": 5}, closing_seconds=0.3) as process:
        yield process


def held(server: ServerProcess) -> dict[str, int]:
    told: dict[str, int] = post(server.port, "/held", None)
    return told


def at_rest(server: ServerProcess) -> int:
    """How many descriptors it holds without a connection, once the last is over."""
    assert eventually(lambda: held(server)["sockets"] == 0)
    # A goodbye that nobody answers takes as long as this.
    time.sleep(0.4)
    return held(server)["descriptors"]


def eventually(what: Callable[[], Any], within_s: float = 5) -> Any:
    until = time.monotonic() + within_s
    while not (found := what()) and time.monotonic() < until:
        time.sleep(0.02)
    return found


def said(words: str) -> bytes:
    return client_frame(f'42["say","{words}"]'.encode())


def test_fifty_idle_connections_have_not_one_greenlet(server):
    """
    Entered, spoken and pinged: what is left of each is one watcher.
    """
    with RawSocket(server.port) as one:
        one.enter()
        before = held(server)
        others = [RawSocket(server.port).enter() for _ in range(50)]
        for other in others:
            other.socket.sendall(said("hello"))
            assert other.event() == ("said", "hello")
        for other in others:
            assert other.frame() == (TEXT, PING)
            other.socket.sendall(PONG)

        after = held(server)
        for other in others:
            other.__exit__()

    assert before["sockets"] + 50 == after["sockets"]
    assert before["greenlets"] == after["greenlets"]


def test_what_an_event_leaves_to_the_collector_is_little(server):
    """
    Its looking through everything stops everybody: frames, requests and readers are gone when the event is.
    """
    with RawSocket(server.port) as client:
        client.enter()
        before = held(server)["collected"]
        for _ in range(100):
            client.socket.sendall(said("hello"))
            client.event()
        each = (held(server)["collected"] - before) / 100

    assert each < 15


def test_a_descriptor_is_closed_with_its_connection_and_not_before(server):
    """
    Whoever closes, and however: one descriptor a connection while it stands, none behind it.
    """
    before = at_rest(server)
    clients = [RawSocket(server.port).enter() for _ in range(12)]
    amid = held(server)["descriptors"]
    for number, client in enumerate(clients):
        if number % 3 == 0:
            client.send(NORMAL.to_bytes(2, "big"), CLOSE)
            assert client.closing_code() == NORMAL
        elif number % 3 == 1:
            client.send(b"1")
        client.__exit__()

    assert before + 12 == amid
    assert eventually(lambda: held(server)["descriptors"] == before)


def test_who_gets_the_number_of_a_closed_one_is_not_cut_in_its_place(server):
    """
    The server says goodbye and sets a time for the answer; the answer comes, and somebody else has the descriptor.
    """
    before = at_rest(server)
    with RawSocket(server.port) as leaves:
        leaves.enter()
        leaves.send(b"1")
        assert leaves.closing_code() == NORMAL
        leaves.send(NORMAL.to_bytes(2, "big"), CLOSE)
        assert leaves.is_over()
    with RawSocket(server.port) as comes:
        comes.enter()
        assert before + 1 == held(server)["descriptors"]
        time.sleep(0.6)
        comes.socket.sendall(said("still here"))

        assert comes.event() == ("said", "still here")


def test_a_frame_that_dribbles_in_byte_by_byte_is_heard(server):
    """
    And so is what comes whole behind it, an answered ping among it.
    """
    with RawSocket(server.port) as client:
        client.enter()
        for byte in said("slowly"):
            client.socket.sendall(bytes((byte,)))
            time.sleep(0.002)
        slowly = client.event()
        client.socket.sendall(PONG)
        client.socket.sendall(said("at once"))

        assert slowly == ("said", "slowly")
        assert client.event() == ("said", "at once")


@pytest.mark.parametrize(
    "segment",
    [
        said("one") + said("two"),
        PONG + said("one") + said("two"),
        said("one") + PONG + said("two"),
        said("one") + said("two") + PONG,
        PONG + PONG + said("one") + said("two")[:9],
        said("one") + said("two")[:1],
    ],
)
def test_a_segment_may_hold_any_number_of_messages_and_a_part_of_one(server, segment):
    """
    All of them are heard, in their order; the rest may follow later.
    """
    rest = (said("one") + said("two")).removeprefix(segment.replace(PONG, b""))
    with RawSocket(server.port) as client:
        client.enter()
        client.socket.sendall(segment)
        assert client.event() == ("said", "one")
        client.socket.sendall(rest)

        assert client.event() == ("said", "two")


def test_a_clients_events_keep_their_order_while_one_is_thought_over(server):
    """
    What it says meanwhile waits, and nobody else does.
    """
    with RawSocket(server.port) as slow, RawSocket(server.port) as other:
        slow.enter()
        other.enter()
        slow.send(b'42["think",0.4]')
        for word in ("a", "b", "c"):
            slow.socket.sendall(said(word))
        other.socket.sendall(said("meanwhile"))
        began = time.monotonic()
        meanwhile = other.event()
        waited = time.monotonic() - began
        heard = [slow.event() for _ in range(4)]

    assert meanwhile == ("said", "meanwhile")
    assert waited < 0.4
    assert heard == [("thought", 0.4), ("said", "a"), ("said", "b"), ("said", "c")]


def test_who_vanishes_while_its_event_is_thought_over_leaves_nothing(server):
    """
    The end is seen when the event is done, and the descriptor goes with it.
    """
    before = at_rest(server)
    with RawSocket(server.port) as client:
        client.enter()
        client.send(b'42["think",0.2]')

    assert eventually(lambda: held(server)["descriptors"] == before)
    assert held(server)["sockets"] == 0
    assert "unhandled.error" not in server.written()


@pytest.mark.parametrize(
    ("words", "answers"), [(said("cut short")[:5], False), (client_frame(b'42["think",0.3]'), True), (b"", True)]
)
def test_a_server_that_retires_says_goodbye_to_who_is_speaking(words, answers):
    """
    In the middle of a frame, of an event, or of nothing: 1001, and it ends in good order.
    """
    with server_process() as process, RawSocket(process.port) as client:
        client.enter()
        client.socket.sendall(words)
        time.sleep(0.1)
        process.ask_to_stop()
        code = client.closing_code()
        if answers:
            client.send(GOING_AWAY.to_bytes(2, "big"), CLOSE)

        assert code == GOING_AWAY
        assert process.exit_code() == 0
        assert "unhandled.error" not in process.written()
