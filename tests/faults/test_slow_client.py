"""A handset that stops reading: its stream is whole or ends, and the others never notice."""

import threading
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest

from tests.faults.raw_sockets import HungUp, RawSocket, ServerProcess, post, server_process

pytestmark = pytest.mark.faults


@pytest.fixture(scope="module")
def server() -> Iterator[ServerProcess]:
    """A server as it is, with the kernel's own buffers."""
    with server_process() as process:
        yield process


@pytest.fixture(scope="module")
def narrow_server() -> Iterator[ServerProcess]:
    """A server whose kernel takes a few KB per socket, so that nearly every frame is written in parts."""
    with server_process(send_buffer=4096, parked_seconds=1.5) as process:
        yield process


def intact_events(client: RawSocket) -> list[int]:
    """Which events came whole and in which order, until the server hung up; a corrupt byte raises."""
    numbers = []
    with suppress(HungUp):
        while True:
            name, data = client.event()
            assert name == "incident"
            assert set(data["pad"]) == {"x"}
            numbers.append(data["k"])
    return numbers


def test_a_stream_is_whole_to_the_last_byte_after_every_stall(narrow_server):
    """
    Three times, 900 KB go out to a client that reads nothing meanwhile.
    """
    expected = [("incident", k, 60_000) for _ in range(3) for k in range(15)]

    actual = []
    with RawSocket(narrow_server.port, receive_buffer=2048) as stalled:
        stalled.enter()
        for _ in range(3):
            post(narrow_server.port, "/emit", {"count": 15, "size": 60_000})
            time.sleep(0.5)
            for _ in range(15):
                name, data = stalled.event()
                actual.append((name, data["k"], len(data["pad"])))
        stalled.send(b'42["say","still here"]')
        last = stalled.event()

    assert expected == actual
    assert last == ("said", "still here")


def test_a_client_that_reads_slowly_gets_frames_of_every_length_in_order(narrow_server):
    """
    Lengths around the borders of the frame header, and reads of odd sizes.
    """
    sizes = [0, 1, 90, 91, 92, 93, 94, 95, 96, 97, 98, 99, 100, 5000, 65_490, 65_500, 65_520, 70_000]

    with RawSocket(narrow_server.port, receive_buffer=2048) as slow:
        slow.enter()
        for size in sizes:
            post(narrow_server.port, "/emit", {"count": 1, "size": size})
        actual = [len(slow.event()[1]["pad"]) for _ in sizes]

    assert sizes == actual


def test_who_stops_reading_is_dropped_at_the_cap_and_the_fast_one_gets_everything(server):
    """
    300 events of 60 KB: the stalled handset sees intact events and then the end, the other one all 300 in order.
    """
    fast_events: list[int] = []
    with RawSocket(server.port, receive_buffer=4096) as stalled, RawSocket(server.port) as fast:
        stalled.enter()
        fast.enter()
        reader = threading.Thread(target=lambda: fast_events.extend(fast.event()[1]["k"] for _ in range(300)))
        reader.start()

        post(server.port, "/emit", {"count": 300, "size": 60_000, "pause": 0.003})
        reader.join(20)
        stalled_events = intact_events(stalled)

    assert fast_events == list(range(300))
    assert stalled_events == list(range(len(stalled_events)))
    assert len(stalled_events) < 300
    assert "websocket.dropped" in server.written()
    assert "parked too much" in server.written()


def test_a_thousand_waiting_frames_are_too_many_however_small(narrow_server):
    """
    The cap counts frames as well as bytes: each costs memory of its own.
    """
    with RawSocket(narrow_server.port, receive_buffer=2048) as stalled:
        stalled.enter()

        post(narrow_server.port, "/emit", {"count": 1500, "size": 60})
        events = intact_events(stalled)

    assert events == list(range(len(events)))
    assert len(events) < 1500


def test_who_never_catches_up_is_dropped_when_its_time_is_over(narrow_server):
    """
    Below the cap, but parked for longer than a handset may be.
    """
    with RawSocket(narrow_server.port, receive_buffer=2048) as stalled:
        stalled.enter()
        post(narrow_server.port, "/emit", {"count": 10, "size": 60_000})

        time.sleep(2.0)
        events = intact_events(stalled)

    assert len(events) < 10
    assert "parked too long" in narrow_server.written()
    assert post(narrow_server.port, "/emit", {"count": 0}) == {"sockets": 0}


def test_a_handset_that_vanished_in_mid_stall_leaves_nothing_behind(narrow_server):
    """
    It hangs up with frames parked for it: no error, and no socket kept.
    """
    with RawSocket(narrow_server.port, receive_buffer=2048) as vanishing:
        vanishing.enter()
        post(narrow_server.port, "/emit", {"count": 10, "size": 60_000})

    time.sleep(0.3)

    assert post(narrow_server.port, "/emit", {"count": 3}) == {"sockets": 0}
    assert "unhandled.error" not in narrow_server.written()


def test_a_thousand_handsets_get_a_broadcast_to_their_room(server):
    """
    One emit to a room of 1,000, and nobody outside of it.
    """
    handsets = [RawSocket(server.port) for _ in range(1_001)]
    try:
        for handset in handsets:
            handset.enter()
        for handset in handsets[1:]:
            handset.send(b'42["join","everyone"]')
        joined = [handset.event() for handset in handsets[1:]]

        post(server.port, "/emit", {"count": 1, "size": 200, "room": "everyone"})
        received = [handset.event()[1]["k"] for handset in handsets[1:]]
        handsets[0].send(b'42["say","outside"]')
        outside = handsets[0].event()
    finally:
        for handset in handsets:
            handset.__exit__()

    assert joined == [("joined", "everyone")] * 1_000
    assert received == [0] * 1_000
    assert outside == ("said", "outside")
