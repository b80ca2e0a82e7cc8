"""
Socket.IO's protocol, fifth revision, as its document states it: a server's part, in bytes.

Each test's docstring is the gist of one of its sentences.
"""

import json
from collections.abc import Iterator

import pytest

from tests.faults.raw_sockets import BINARY, TEXT, RawSocket, ServerProcess, client_frame, server_process

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
