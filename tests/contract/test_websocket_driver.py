"""The driver and its server as phones, browsers and the ill-disposed meet them: by their bytes."""

import socket
import time
from collections.abc import Iterator

import pytest
import socketio

from tests.faults.raw_sockets import (
    BINARY,
    CLOSE,
    PING,
    PONG,
    TEXT,
    RawSocket,
    ServerProcess,
    client_frame,
    http,
    post,
    server_process,
)

CONTINUATION = 0


@pytest.fixture(scope="module")
def server() -> Iterator[ServerProcess]:
    """A server with brisk pings."""
    pings = {"ping_interval": 1, "ping_timeout": 1}
    with server_process(pings=pings) as process:
        yield process


def test_an_official_client_connects_gets_an_event_and_outlives_pings(server):
    """
    python-socketio's own client, over websocket-client, through two of the server's pings.
    """
    client = socketio.SimpleClient()
    client.connect(f"http://127.0.0.1:{server.port}", transports=["websocket"])
    client.emit("say", {"words": "grüße"})
    first = client.receive(timeout=5)

    time.sleep(2.4)
    client.emit("say", "still here")
    second = client.receive(timeout=5)
    client.disconnect()

    assert first == ["said", {"words": "grüße"}]
    assert second == ["said", "still here"]


def test_a_handset_that_answers_no_ping_is_let_go(server):
    """
    Its Engine.IO session ends within ping interval and timeout.
    """
    with RawSocket(server.port) as silent:
        silent.enter()
        code = silent.closing_code()

        assert code == 1000


def test_polling_is_refused(server):
    """
    The only transport is the WebSocket, so that no server has to be found again.
    """
    answer = http(server.port, b"GET /socket.io/?EIO=4&transport=polling HTTP/1.0\r\nHost: campus.example\r\n\r\n")

    assert answer.startswith(b"HTTP/1.1 400 ")


@pytest.mark.parametrize(
    ("origin", "expected"),
    [(None, 101), ("http://campus.example", 101), ("https://elsewhere.example", 400), ("null", 400)],
)
def test_only_pages_of_the_same_origin_and_native_apps_may_connect(server, origin, expected):
    """
    A native app sends no Origin; a browser always does.
    """
    with RawSocket(server.port, headers={"Origin": origin} if origin else {}) as client:
        assert expected == client.status


@pytest.mark.parametrize(
    ("header", "value", "expected"),
    [
        ("Sec-WebSocket-Version", "8", 426),
        ("Sec-WebSocket-Key", "c2hvcnQ=", 400),
        ("Sec-WebSocket-Key", "not base64!", 400),
        ("Connection", "keep-alive", 400),
        ("Upgrade", "h2c", 400),
    ],
)
def test_a_handshake_that_is_none_is_refused(server, header, value, expected):
    """
    As RFC 6455 asks in its section 4.2.
    """
    with RawSocket(server.port, headers={header: value}) as client:
        assert expected == client.status


def test_a_frame_that_came_with_the_handshake_is_not_lost(server):
    """
    A client may send without waiting for the 101.
    """
    with RawSocket(server.port, early=client_frame(b"40") + client_frame(b'42["say","early"]')) as eager:
        welcome, entered, event = eager.text(), eager.text(), eager.event()

    assert welcome.startswith(b"0{")
    assert entered.startswith(b"40{")
    assert event == ("said", "early")


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 60_000, 65_536 - len('42["say",""]')])
def test_messages_of_every_length_come_through_unharmed(server, size):
    """
    Masked on the way in, bare on the way out, up to 64 KiB.
    """
    words = "é" * (size // 2) + "x" * (size % 2)
    with RawSocket(server.port) as client:
        client.enter()
        client.send(f'42["say","{words}"]'.encode())
        event = client.event()

    assert event == ("said", words)


def test_a_message_in_pieces_is_put_together_even_around_a_ping(server):
    """
    The first cut is in the middle of a character, and a ping comes between.
    """
    message = '42["say","für alle"]'.encode()
    cut = message.index(b"\xc3") + 1
    with RawSocket(server.port) as client:
        client.enter()
        client.send(message[:cut], TEXT, last=False)
        client.send(b"are you there", PING)
        client.send(message[cut : cut + 3], CONTINUATION, last=False)
        client.send(b"", CONTINUATION, last=False)
        client.send(message[cut + 3 :], CONTINUATION)
        pong = client.frame()
        event = client.event()

    assert pong == (PONG, b"are you there")
    assert event == ("said", "für alle")


def test_binary_attachments_come_and_go(server):
    """
    Socket.IO sends bytes as binary frames behind their event.
    """
    data = bytes(range(256)) * 4
    with RawSocket(server.port) as client:
        client.enter()
        client.send(b'451-["say",{"_placeholder":true,"num":0}]')
        client.send(data, BINARY)
        event = client.text()
        attachment = client.frame()

    assert event == b'451-["said",{"_placeholder":true,"num":0}]'
    assert attachment == (BINARY, data)


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (client_frame(b"4" + b"x" * 65_536), 1009),
        (client_frame(b"4" * 40_000, last=False) + client_frame(b"4" * 40_000, CONTINUATION), 1009),
        (bytes((0x81, 0xFF)) + (1 << 40).to_bytes(8, "big") + bytes(4) + b"x" * 1_000_000, 1009),
        (client_frame(b"4\xff\xfe"), 1007),
        (client_frame(b"4\xc3"), 1007),
        (client_frame(b"40", masked=False), 1002),
        (client_frame(b"40", 3), 1002),
        (client_frame(b"40", CONTINUATION), 1002),
        (client_frame(b"x" * 126, PING), 1002),
        (client_frame(b"", PING, last=False), 1002),
        (client_frame(b"\x03", CLOSE), 1002),
        (client_frame(b"\x00\x01", CLOSE), 1002),
        (client_frame(b""), 1007),
        (client_frame(b"hello"), 1007),
        (client_frame(b"4" + b"[" * 60_000), 1007),
        (b"\x16\x03\x01 this is no WebSocket at all " * 99, 1002),
    ],
)
def test_a_client_that_breaks_the_rules_is_told_which_and_hung_up_on(server, sent, expected):
    """
    1009 too big, 1007 not what it says, 1002 no WebSocket; and then not a byte more.
    """
    with RawSocket(server.port) as client:
        assert client.text().startswith(b"0{")
        client.socket.sendall(sent)
        code = client.closing_code()

        assert expected == code
        assert client.is_over()


@pytest.mark.parametrize("packet", [b"6", b"9"])
def test_a_packet_that_says_nothing_harms_nobody(server, packet):
    """
    The connection is left as it was; what Socket.IO cannot read ends it, as its own tests show.
    """
    with RawSocket(server.port) as client:
        assert client.text().startswith(b"0{")
        client.send(packet)
        client.send(b"40")
        assert client.text().startswith(b"40{")
        client.send(b'42["say","well"]')

        assert client.event() == ("said", "well")


def test_a_close_is_answered_with_the_same_code(server):
    """
    And the server hangs up first, as RFC 6455 wants it.
    """
    with RawSocket(server.port) as client:
        client.enter()
        client.send((4001).to_bytes(2, "big") + b"shift is over", CLOSE)

        assert client.closing_code() == 4001
        assert client.is_over()


def test_a_ready_frame_is_sent_past_the_queue(server):
    """
    The way of a broadcast: encoded once, the same bytes on every socket.
    """
    with RawSocket(server.port) as one, RawSocket(server.port) as two:
        one.enter()
        two.enter()

        post(server.port, "/direct", "all clear")

        assert one.text() == b'"all clear"'
        assert two.text() == b'"all clear"'


def test_a_client_gone_in_mid_message_is_just_gone(server):
    """
    Half a frame, half a close, half a connection, and a reset: nothing of it is an error.
    """
    before = server.written().count("unhandled.error")
    for piece in (client_frame(b"40")[:3], client_frame(b"\x03\xe8", CLOSE)[:4], b"\x81"):
        with RawSocket(server.port) as vanishing:
            vanishing.socket.sendall(piece)
            vanishing.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
    with RawSocket(server.port) as closed:
        closed.socket.shutdown(socket.SHUT_WR)
        assert closed.closing_code() is None

    assert before == server.written().count("unhandled.error")


def test_nothing_that_clients_did_here_left_an_address_or_a_traceback(server):
    """
    Runs after all the tests above, on what their server wrote.
    """
    written = server.written()

    assert "127.0.0.1" not in written
    assert "campus.example" not in written
    assert "Traceback" not in written
