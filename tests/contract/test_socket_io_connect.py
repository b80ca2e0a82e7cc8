"""
Socket.IO's protocol, fifth revision, how namespaces are entered, as its document states it: a server's part, in bytes.

Each test's docstring is the gist of one of its sentences.
"""

import json
from collections.abc import Iterator

import pytest

from tests.faults.raw_sockets import BINARY, TEXT, RawSocket, ServerProcess, server_process

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


@pytest.mark.parametrize(
    ("packet", "prefix"),
    [
        (b"40", b"40"),
        (b'40{"token":"123"}', b"40"),
        (b"40/custom,", b"40/custom,"),
        (b"40/custom", b"40/custom,"),
        (b'40/custom,{"token":"abc"}', b"40/custom,"),
    ],
)
def test_a_connect_is_answered_by_a_connect(client, packet, prefix):
    """
    "The server must respond with a CONNECT packet if the connection is successful, with the session id in the payload."
    """
    answer = asks(client, packet)

    assert answer.startswith(prefix + b"{")
    told = json.loads(answer[len(prefix) :])
    assert ["sid"] == list(told)
    assert isinstance(told["sid"], str)


@pytest.mark.parametrize(
    ("packet", "expected"),
    [
        (b'40{"token":"wrong"}', b'44{"message":"Not authorized"}'),
        (b'40/custom,{"token":"wrong"}', b'44/custom,{"message":"Not authorized"}'),
    ],
)
def test_a_refused_connect_is_answered_by_a_connect_error(client, packet, expected):
    """
    "or a CONNECT_ERROR packet if the connection is not allowed", its payload an object with a message.
    """
    assert expected == asks(client, packet)


def test_who_was_refused_may_ask_again(client):
    """
    The refusal is the namespace's and not the connection's.
    """
    refused = asks(client, b'40/custom,{"token":"wrong"}')

    sid = enter(client, "/custom")

    assert refused.startswith(b"44/custom,")
    assert sid


@pytest.mark.parametrize("namespace", [b"/random", b"/random,", b'/random,{"token":"123"}', b"/customs,"])
def test_a_namespace_that_is_not_there_is_a_connect_error(client, namespace):
    """
    In the form of every refusal: an object with a message, and with the problem of the contract.
    """
    answer = asks(client, b"40" + namespace)

    name, _, payload = answer.removeprefix(b"44").partition(b",")
    told = json.loads(payload)
    assert name == namespace.partition(b",")[0]
    assert told["type"] == "/problems/not-found"
    assert told["message"] == told["title"]
    assert told["data"] == {"type": told["type"], "title": told["title"]}


@pytest.mark.parametrize(
    ("packet", "opcode"),
    [
        (b'42["say","hello"]', TEXT),
        (b'42/custom,["repeat"]', TEXT),
        (b"41", TEXT),
        (b"41/custom,", TEXT),
        (b"431[]", TEXT),
        (b'44{"message":"no"}', TEXT),
        (b'451-["say",{"_placeholder":true,"num":0}]', TEXT),
        (b'461-1[{"_placeholder":true,"num":0}]', TEXT),
        (b"\x01\x02\x03", BINARY),
    ],
)
def test_a_packet_before_any_connect_closes_the_connection(client, packet, opcode):
    """
    "If the server does not receive a CONNECT packet first, then it must close the connection immediately."
    """
    client.send(packet, opcode)

    assert client.closing_code() in (POLICY, NO_PACKET)
    assert client.is_over()


def test_who_never_connects_is_closed():
    """
    A connection in no namespace is of no use to anybody, and costs as much as one that is.
    """
    with (
        server_process(pings={"ping_interval": 25, "ping_timeout": 20, "enter_seconds": ENTER_S}) as server,
        RawSocket(server.port) as idle,
        RawSocket(server.port) as refused,
        RawSocket(server.port) as left,
        RawSocket(server.port) as stays,
    ):
        for client in (idle, refused, left, stays):
            client.text()
        enter(stays)
        asks(refused, b'40{"token":"wrong"}')
        enter(left, "/custom")
        left.send(b"41/custom,")
        codes = [client.closing_code() for client in (idle, refused, left)]
        answer = asks(stays, b'421["repeat"]')

    assert [POLICY] * 3 == codes
    assert answer == b"431[]"


def test_two_namespaces_share_a_connection(client):
    """
    "A client may be connected to multiple namespaces at the same time, with the same underlying WebSocket connection."
    """
    ids = {enter(client), enter(client, "/custom")}

    assert len(ids) == 2
    assert asks(client, b'42["say back","one"]') == b'42["said back","one"]'
    assert asks(client, b'42/custom,["say back","two"]') == b'42/custom,["said back","two"]'
    assert asks(client, b'42["say back","three"]') == b'42["said back","three"]'


def test_a_namespace_is_entered_once(client):
    """
    A second CONNECT to the same one is out of turn: two sessions would be one connection's.
    """
    enter(client)
    client.send(b"40")

    assert client.closing_code() == POLICY
