"""
Socket.IO's protocol, fifth revision, events and acknowledgements, as its document states it: a server's part, in bytes.

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
    ("packet", "expected"),
    [
        (b'42["say back","foo"]', b'42["said back","foo"]'),
        (b'42["say back",1,"2",{"3":[true]}]', b'42["said back",1,"2",{"3":[true]}]'),
        (b'42/custom,["say back","foo"]', b'42/custom,["said back","foo"]'),
        (b'42/custom,["say back",null,1.5,[]]', b'42/custom,["said back",null,1.5,[]]'),
    ],
)
def test_events_go_both_ways(client, packet, expected):
    """
    "Once the connection to a namespace is established, the client and the server can begin exchanging data."
    """
    enter(client)
    enter(client, "/custom")

    assert expected == asks(client, packet)


@pytest.mark.parametrize("payload", [b"", b"[]", b"{}", b'{"a":1}', b'"say"', b"null", b"7", b"true", b"7[]"])
@pytest.mark.parametrize("namespace", [b"", b"/custom,"])
def test_an_event_without_a_payload_closes_the_connection(client, namespace, payload):
    """
    "The payload is mandatory and must be a non-empty array; if not, the receiver must close the connection."
    """
    enter(client)
    enter(client, "/custom")
    client.send(b"42" + namespace + payload)

    assert client.closing_code() == NO_PACKET


@pytest.mark.parametrize(
    ("packet", "expected"),
    [
        (b'4212["repeat","bar"]', b'4312["bar"]'),
        (b'420["repeat"]', b"430[]"),
        (b'42/custom,13["repeat","bar"]', b'43/custom,13["bar"]'),
        (b'42456["repeat",1,"2",{"3":[false]}]', b'43456[1,"2",{"3":[false]}]'),
        (b'429007199254740991["repeat"]', b"439007199254740991[]"),
    ],
)
def test_an_event_with_an_id_is_acknowledged_with_the_same(client, packet, expected):
    """
    "The receiver must respond with an ACK packet with the same event id", its payload "an array (possibly empty)".
    """
    enter(client)
    enter(client, "/custom")

    assert expected == asks(client, packet)


def test_acknowledgements_keep_their_order_and_their_ids(client):
    """
    Each event's own, however many are on their way.
    """
    enter(client)
    for number in range(50):
        client.send(b'42%d["repeat",%d]' % (number, number))

    answers = [client.text() for _ in range(50)]

    assert [b"43%d[%d]" % (number, number) for number in range(50)] == answers


def test_a_client_that_acknowledges_what_nobody_asked_is_heard_out(client):
    """
    "The sender may include an event id": ours never do, so any ACK is late or wrong, and harmless.
    """
    enter(client)
    enter(client, "/custom")
    for packet in (b"437[]", b'43/custom,13["bar"]'):
        client.send(packet)
    client.send(b'461-15["bar",{"_placeholder":true,"num":0}]')
    client.send(b"\x01\x02\x03\x04", BINARY)

    assert asks(client, b'421["repeat","still here"]') == b'431["still here"]'


@pytest.mark.parametrize("packet", [b"43", b"43[]", b"431", b"431{}", b'431"x"', b"43/custom,1", b"43/custom,[]"])
def test_an_acknowledgement_has_an_id_and_an_array(client, packet):
    """
    "The payload is mandatory and must be an array": what is none ends the connection.
    """
    enter(client)
    enter(client, "/custom")
    client.send(packet)

    assert client.closing_code() == NO_PACKET


def test_binary_attachments_follow_their_packet(client):
    """
    "+ binary attachments extracted": a placeholder each, then a frame each, in their order, in both directions.
    """
    enter(client, "/custom")
    placeholders = b'{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]'
    client.send(b'452-/custom,["say back",' + placeholders)
    client.send(b"\x01\x02", BINARY)
    client.send(b"\x03\x04", BINARY)
    packet, attachments = client.text(), [client.frame(), client.frame()]

    assert packet == b'452-/custom,["said back",' + placeholders
    assert attachments == [(BINARY, b"\x01\x02"), (BINARY, b"\x03\x04")]


def test_a_binary_event_is_acknowledged_in_kind(client):
    """
    "BINARY_ACK: used to acknowledge an event (the response includes binary data)"; without such data a plain ACK.
    """
    enter(client)
    client.send(b'451-14["repeat","bar",{"_placeholder":true,"num":0}]')
    client.send(b"\x01\x02\x03\x04", BINARY)
    packet, attachment = client.text(), client.frame()
    client.send(b'451-15["join",{"_placeholder":true,"num":0}]')
    client.send(b"room", BINARY)
    joined, also, plain = client.text(), client.frame(), client.text()

    assert packet == b'461-14["bar",{"_placeholder":true,"num":0}]'
    assert attachment == (BINARY, b"\x01\x02\x03\x04")
    assert (joined, also) == (b'451-["joined",{"_placeholder":true,"num":0}]', (BINARY, b"room"))
    assert plain == b"4315[]"


@pytest.mark.parametrize(
    "frames",
    [
        [(b"\x01\x02", BINARY)],
        [(b'42["say","plain"]', BINARY)],
        [(b'451-["say",{"_placeholder":true,"num":0}]', TEXT), (b'42["say","in between"]', TEXT)],
        [(b'451-["say",{"_placeholder":true,"num":1}]', TEXT), (b"\x01", BINARY)],
        [(b'451-["say",{"_placeholder":true,"num":"x"}]', TEXT), (b"\x01", BINARY)],
        [(b'4511-["say",{"_placeholder":true,"num":0}]', TEXT)],
        [(b'459999999-["say",{"_placeholder":true,"num":0}]', TEXT)],
        [(b'45["say",{"_placeholder":true,"num":0}]', TEXT)],
        [(b'450-["say"]', TEXT)],
        [(b"451-[]", TEXT)],
        [(b'421-["say"]', TEXT)],
        [(b'451-/custom,["say",{"_placeholder":true,"num":0}]', TEXT)],
    ],
)
def test_attachments_that_do_not_fit_close_the_connection(client, frames):
    """
    "<# of binary attachments>-": as many frames as it says, binary ones, few enough to be kept until they are there.
    """
    enter(client)
    for payload, opcode in frames:
        client.send(payload, opcode)

    assert client.closing_code() in (POLICY, NO_PACKET)
