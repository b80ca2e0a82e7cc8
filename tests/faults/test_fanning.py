"""A broadcast to hundreds, written straight to their sockets: whole, in order, and past whoever is slow or gone."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.faults.raw_sockets import RawSocket, ServerProcess, post, server_process

pytestmark = pytest.mark.faults

#: Several slices of them.
MANY = 200


@pytest.fixture(scope="module")
def server() -> Iterator[ServerProcess]:
    """A server whose kernel takes a few KB per socket, so that what is large is written in parts."""
    with server_process(send_buffer=4096) as process:
        yield process


@pytest.fixture
def handsets(server: ServerProcess) -> Iterator[list[RawSocket]]:
    """All of them connected and in."""
    with ExitStack() as stack:
        yield [stack.enter_context(RawSocket(server.port)).enter() for _ in range(MANY)]


def test_one_of_two_hundred_that_does_not_read_holds_up_nobody_and_gets_all_of_it(server, handsets):
    """
    Its frames are written in part in the middle of each broadcast; afterwards it reads them whole and in order.
    """
    expected = [("incident", k, 20_000) for k in range(5)]
    with RawSocket(server.port, receive_buffer=2048) as slow:
        slow.enter()

        post(server.port, "/emit", {"count": 5, "size": 20_000})
        others = [[handset.event()[1]["k"] for _ in range(5)] for handset in handsets]
        events = [slow.event() for _ in range(5)]

    assert others == [[0, 1, 2, 3, 4]] * MANY
    assert expected == [(name, data["k"], len(data["pad"])) for name, data in events]


def test_what_goes_to_all_and_what_goes_to_one_stays_in_the_order_it_was_emitted(server, handsets):
    """
    Twenty in turns, without a pause between them.
    """
    post(server.port, "/in_turns", {"count": 20})
    numbers = [[handset.event()[1]["k"] for _ in range(20)] for handset in handsets]

    assert numbers == [list(range(20))] * MANY


def test_who_is_reset_in_the_middle_of_a_broadcast_is_just_gone(server, handsets):
    """
    Every second one; the rest get all of it, and nothing is an error.
    """
    before = server.written().count("unhandled.error")
    for handset in handsets[::2]:
        handset.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
    post(server.port, "/emit", {"count": 3, "size": 20_000})
    for handset in handsets[::2]:
        handset.__exit__()
    post(server.port, "/emit", {"count": 3, "size": 20_000})

    received = [[handset.event()[1]["k"] for _ in range(6)] for handset in handsets[1::2]]

    assert received == [[0, 1, 2, 0, 1, 2]] * (MANY // 2)
    assert before == server.written().count("unhandled.error")


def test_what_is_emitted_before_connect_is_answered_comes_behind_the_answer(server):
    """
    A client drops what comes before: it is in no namespace yet.
    """
    with RawSocket(server.port) as guest:
        assert guest.text().startswith(b"0{")
        guest.send(b"40/porch,")
        answer, event = guest.text(), guest.text()

    assert answer.startswith(b"40/porch,")
    assert event == b'42/porch,["said","come in"]'
