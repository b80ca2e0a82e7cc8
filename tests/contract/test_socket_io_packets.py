"""
Socket.IO's protocol, fifth revision, what ends it, as its document states it: a server's part, in bytes.

Each test's docstring is the gist of one of its sentences.
"""

import json
from collections.abc import Iterator

import pytest

from tests.faults.raw_sockets import RawSocket, ServerProcess, client_frame, server_process

POLICY, NO_PACKET = 1008, 1007

#: How long this server waits for a CONNECT: whole seconds are long in a test.
ENTER_S = 1.0


@pytest.fixture(scope="module")
def server() -> Iterator[ServerProcess]:
    """
    The product's own wiring, with two namespaces of the tests'.
    """
    with server_process(pings={"ping_interval": 25, "ping_timeout": 20}) as process:
        yield process


@pytest.fixture
def client(server) -> Iterator[RawSocket]:
    """
    A connection after Engine.IO's welcome and in no namespace yet; nothing it does is an error of the server's.
    """
    before = server.written().count("unhandled.error")
    with RawSocket(server.port) as client:
        assert client.text().startswith(b"0{")
        yield client
    assert before == server.written().count("unhandled.error")


def enter(client: RawSocket, namespace: str = "/") -> str:
    """Enter it; the session's id there."""
    prefix = f"40{'' if namespace == '/' else namespace + ','}".encode()
    client.send(prefix)
    answer = client.text()
    assert answer.startswith(prefix + b"{"), answer
    sid: str = json.loads(answer[len(prefix) :])["sid"]
    return sid


def asks(client: RawSocket, packet: bytes) -> bytes:
    """The server's next text after this one of ours."""
    client.send(packet)
    return client.text()


def test_a_disconnect_leaves_one_namespace_and_no_answer_is_given(client):
    """
    "No response is expected. The low-level connection may be kept alive" for another namespace.
    """
    enter(client)
    enter(client, "/custom")

    client.send(b"41/custom,")
    client.send(b'42/custom,7["repeat","to nobody"]')

    assert asks(client, b'421["repeat","here"]') == b'431["here"]'


def test_a_namespace_that_was_left_may_be_entered_again(client):
    """
    "At any time, one side can end the connection to a namespace"; it is another session then.
    """
    first = enter(client, "/custom")
    client.send(b"41/custom")

    second = enter(client, "/custom")

    assert first != second


@pytest.mark.parametrize(("namespace", "goodbye"), [("/", b"41"), ("/custom", b"41/custom,")])
def test_the_server_disconnects_by_the_same_packet(client, namespace, goodbye):
    """
    "one side": a DISCONNECT of the server's, and the other namespace stays.
    """
    other = {"/": "/custom", "/custom": "/"}[namespace]
    for one in (namespace, other):
        enter(client, one)
    prefix = {"/": b"", "/custom": b"/custom,"}

    told = asks(client, b"42" + prefix[namespace] + b'["leave me"]')

    assert told == goodbye
    assert asks(client, b"42" + prefix[other] + b'1["repeat"]') == b"43" + prefix[other] + b"1[]"


@pytest.mark.parametrize(
    "packet",
    [
        b"4",
        b"4abc",
        b"47",
        b"49",
        b"4-1",
        b"42{",
        b'42["say"',
        b'42["say"]]',
        b'42["say",NaN',
        b"42/custom",
        b"42[7]",
        b'42[["say"]]',
        b"42" + b"1" * 200 + b'["repeat"]',
        b"42\xc2\xb2[]",
        b"40abc",
        b"40 7",
        b"40/custom,[",
        b'44{"message":"mine"}',
        b'4{"type":2}',
        b"4[2]",
        b"4true",
        b"42" + b"[" * 5_000,
    ],
)
def test_what_is_no_packet_closes_its_connection_and_no_other(server, client, packet):
    """
    "<packet type>[<# of binary attachments>-][<namespace>,][<acknowledgment id>][JSON payload]", and nothing else.
    """
    enter(client)
    with RawSocket(server.port) as other:
        other.enter()
        client.send(packet)
        code = client.closing_code()

        assert code == NO_PACKET
        assert client.is_over()
        assert asks(other, b'421["repeat","unharmed"]') == b'431["unharmed"]'


@pytest.mark.parametrize("name", ["connect", "disconnect", "connect_error", "trigger_event", "", "say back!"])
def test_an_event_nobody_knows_is_acknowledged_and_does_nothing(client, name):
    """
    An event's name is the application's; what it has none for is still to be answered, and the session stays.
    """
    enter(client)
    client.send(b'428["%s",{}]' % name.encode())
    client.send(b'429["repeat"]')
    answers = [client.text()]
    while not answers[-1].startswith(b"439"):
        answers.append(client.text())

    assert answers[-1] == b"439[]"


def test_many_packets_in_one_piece_are_taken_in_their_order(client):
    """
    Frames are the packets' bounds, however the network joins or cuts them.
    """
    packets = [b"40", b"40/custom,", b'42/custom,1["repeat",1]', b'422["repeat",2]', b"41", b'42/custom,3["repeat",3]']
    pieces = b"".join(client_frame(packet) for packet in packets)
    for start in range(0, len(pieces), 7):
        client.socket.sendall(pieces[start : start + 7])
    answers = [client.text() for _ in range(5)]

    assert [b"43/custom,1[1]", b"432[2]", b"43/custom,3[3]"] == answers[2:]
