"""Socket.IO's own JavaScript client against the real server: told why, heard, nothing lost when it is cut."""

import random
import threading
import time
from collections.abc import Iterator
from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from tests.cut_line import CutLine, cut_line
from tests.faults.raw_sockets import RawSocket
from tests.official_client import OfficialClient, official_client
from tests.phone import Phone, eventually
from tests.server import Server, running_server

HANDSET, CONSOLE = "/handset", "/console"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """
    One server for the tests of this file.
    """
    with running_server(tmp_path_factory.mktemp("official_client")) as server:
        yield server


def open_case(server: Server, name: str) -> str:
    """This student's call for help; its id."""
    status, case = Phone(server, name).taps("help")
    assert status in (200, 201), case
    incident_id: str = case["id"]
    return incident_id


def says(controller: Phone, incident_id: str, text: str) -> None:
    """The control room's words, which come by the caller's stream."""
    told = {"message_id": str(uuid4()), "text": text}
    answer = controller.asks("POST", f"/console/api/incidents/{incident_id}/messages", told)
    assert answer.status in (200, 201), answer


def was_connected_again(client: OfficialClient, since: int) -> bool:
    return client.count("connect") > since


def cut_at_random(line: CutLine, client: OfficialClient, times: int, chance: random.Random) -> None:
    """So many cuts, each after it was connected for a while nobody can foresee; for less than that it stays cut."""
    for _ in range(times):
        connected = client.count("connect")
        time.sleep(chance.uniform(0, 0.15))
        line.cut()
        time.sleep(chance.uniform(0, 0.1))
        line.mend()
        assert eventually(partial(was_connected_again, client, connected), within_s=20)


def tells_of(namespace: str, what: str, told: dict[str, Any]) -> bool:
    return told["namespace"] == namespace and what in told


def nothing_is_missing(server: Server, *, cuts: int, words: int, seed: int) -> dict[str, int]:
    """The caller's phone is cut while the control room writes; its stream afterwards is the server's."""
    incident_id = open_case(server, "student1")
    caller, controller = Phone(server, "student1"), Phone(server, "controller1")
    done = threading.Event()

    def write() -> None:
        for number in range(words):
            says(controller, incident_id, f"word {number}")
        done.set()

    with (
        cut_line(server.port) as line,
        official_client(line.url, server.tokens["student1"], HANDSET) as phone,
    ):
        phone.waits_for(lambda told: "connect" in told)
        writing = threading.Thread(target=write)
        writing.start()
        cut_at_random(line, phone, cuts, random.Random(seed))
        writing.join(120)
        assert done.is_set()
        stream = [(one["seq"], one["id"]) for one in caller.stream()]
        assert eventually(lambda: stream[-1][0] in [one["seq"] for one in phone.messages(HANDSET)], within_s=20)
        came = [(one["seq"], one["id"]) for one in phone.messages(HANDSET)]
        connects = phone.count("connect")

    seen = dict(came)
    assert list(range(1, len(stream) + 1)) == sorted(seen), "a number is missing"
    assert stream == sorted(seen.items())
    assert len({*came}) == len(seen), "what came twice had another id"
    return {"came": len(came), "twice": len(came) - len(seen), "connects": connects}


def test_the_stream_is_whole_however_often_the_line_is_cut(server: Server) -> None:
    """
    Twelve cuts at random while sixty messages are written: contiguous numbers, none missing, what came twice the same.
    """
    told = nothing_is_missing(server, cuts=12, words=60, seed=7)

    assert told["connects"] > 12
    assert told["came"] >= 60


@pytest.mark.long
@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", range(3))
def test_the_stream_is_whole_after_hundreds_of_cuts(server: Server, seed: int) -> None:
    """
    The same for minutes.
    """
    told = nothing_is_missing(server, cuts=200, words=600, seed=seed)

    assert told["connects"] > 200


def test_two_faces_share_the_official_clients_connection(server: Server) -> None:
    """
    A controller's phone and console are one WebSocket with two namespaces; each says and hears its own.
    """
    with official_client(server.url, server.tokens["controller1"], HANDSET, CONSOLE) as client:
        for namespace in (HANDSET, CONSOLE):
            client.waits_for(partial(tells_of, namespace, "connect"))
        case = open_case(server, "student2")
        client.waits_for(
            lambda told: (
                told["namespace"] == CONSOLE
                and told.get("event") == "message"
                and told["args"][0]["data"].get("incident_id") == case
            )
        )
        receipt = {"message_ids": [client.messages(CONSOLE)[-1]["id"]], "stage": "displayed"}
        answers = [client.says(namespace, "receipt", receipt) for namespace in (CONSOLE, HANDSET)]
        unknown = client.says(HANDSET, "no such event", {})
        wrong = client.says(HANDSET, "sync", {"last_seq": "x"})
        heard = [one["event"] for one in client.events(HANDSET)]
        client.leaves()

    assert [{"confirmed": 1}, {"confirmed": 0}] == answers
    assert unknown is None
    assert wrong["type"] == "/problems/invalid"
    assert "position" not in heard


@pytest.mark.parametrize(
    ("name", "namespace", "expected"),
    [
        (None, HANDSET, "/problems/unauthenticated"),
        ("student1", CONSOLE, "/problems/forbidden"),
        ("student1", "/elsewhere", "/problems/not-found"),
        ("student1", "/", "/problems/not-found"),
    ],
)
def test_a_refusal_reaches_the_official_client_whole(
    server: Server, name: str | None, namespace: str, expected: str
) -> None:
    """
    It keeps `message` and `data` of a CONNECT_ERROR and drops the rest, so the problem is in `data` too.
    """
    token = server.tokens[name] if name else "nobody's"
    with official_client(server.url, token, namespace) as client:
        told = client.waits_for(lambda one: "refused" in one)

    assert told["data"]["type"] == expected
    assert told["refused"] == told["data"]["title"]


def test_a_signed_out_client_is_told_and_stays_away(server: Server) -> None:
    """
    `signed_out`, then DISCONNECT by the server: the official client does not come back by itself after that.
    """
    phone = Phone(server, "student5")
    token = phone.sign_in()["access_token"]
    with official_client(server.url, token, HANDSET) as client:
        client.waits_for(lambda told: "connect" in told)
        assert phone.asks("POST", "/v1/sign-out").status == 204
        ended = client.waits_for(lambda told: "disconnect" in told)
        last = client.messages(HANDSET)[-1]
        client.leaves()

    assert ended["disconnect"] == "io server disconnect"
    assert last["type"] == "signed_out"
    assert client.count("connect") == 1


def test_the_main_namespace_holds_nobody(server: Server) -> None:
    """
    In bytes, against the product itself: only the contract's namespaces can be entered.
    """
    with RawSocket(server.port) as client:
        assert client.text().startswith(b"0{")
        client.send(b"40")
        answer = client.text()

    assert answer.startswith(b'44{"type":"/problems/not-found"')
