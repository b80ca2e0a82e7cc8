"""Bodies no client should send: never a fault of ours, always a problem, and a tap stands whatever is in it."""

import json
import time
from collections.abc import Iterator
from uuid import uuid4

import pytest
import requests

from tests.faults.bad_bodies import BODIES, VALUES, example, filled, like
from tests.phone import LIBRARY, SHERFIELD, Answer, Phone, eventually
from tests.server import Server, running_server

MEDIA_TYPE = "application/problem+json"

#: Ways out of these doors that a loop must not take: they would end the sign-in it works with.
ENDS_THE_SIGN_IN = {("post", "/v1/sign-out"), ("post", "/console/api/sign-out")}

#: What an address's variable parts are filled with.
IDS = ["00000000-0000-0000-0000-000000000000", "x", "%00", "..%2f..%2fetc", "1" * 5000]

MEBIBYTE = 1 << 20

Door = tuple[str, str]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """
    One server for the tests of this file.
    """
    with running_server(tmp_path_factory.mktemp("bad_input")) as server:
        yield server


@pytest.fixture(scope="module")
def case(server: Server) -> tuple[Phone, Phone, str]:
    """
    A student and an officer who have a case that must outlive everything here.
    """
    student, officer = Phone(server, "student1"), Phone(server, "officer1")
    officer.goes_on_duty(at=LIBRARY)
    _, case = student.taps("help", at=SHERFIELD, note="still open")
    assert eventually(lambda: bool(officer.offers()))
    assert officer.accepts(officer.offers()[0]["id"]).status == 200
    return student, officer, case["id"]


def test_no_body_at_any_door_is_a_fault_of_ours(server: Server, case: tuple[Phone, Phone, str]) -> None:
    """
    Every POST and PUT of the published document answers every broken body with its answer or a problem that names why.
    """
    _, officer, incident_id = case

    bad = [
        f"{method} {path} {name}: {fault}"
        for method, path in _doors(server)
        for name, body in BODIES.items()
        if (fault := _fault_of(officer.asks(method, filled(path, incident_id), raw=body)))
    ]

    assert [] == bad
    assert _is_well(server, case)


def test_no_value_in_any_field_is_a_fault_of_ours(server: Server, case: tuple[Phone, Phone, str]) -> None:
    """
    A body that is right but for one field, for every field of the document and every odd value.
    """
    _, officer, incident_id = case
    document = requests.get(f"{server.url}/v1/openapi.json", timeout=10).json()

    bad = [
        f"{method} {path} {field}={name}: {fault}"
        for method, path in _doors(server)
        for field, right in example(document, method, path).items()
        for name, value in VALUES.items()
        if (
            fault := _fault_of(
                officer.asks(
                    method,
                    filled(path, incident_id),
                    raw=json.dumps({**example(document, method, path), field: like(right, value)}).encode(),
                )
            )
        )
    ]

    assert [] == bad
    assert _is_well(server, case)


def test_other_peoples_ids_and_odd_addresses_are_not_found(server: Server, case: tuple[Phone, Phone, str]) -> None:
    """
    Whoever is not in a case learns nothing of it at any door, and an address that is no id is simply not there.
    """
    _, _, incident_id = case
    stranger = Phone(server, "student7")
    document = requests.get(f"{server.url}/v1/openapi.json", timeout=10).json()

    bad = []
    for path, methods in document["paths"].items():
        if "{" in path:
            for method in {"get", "post", "put"} & set(methods):
                # A door with a secret of its own asks for that first.
                closed = {400, 403, 404, 405, 414, 422} | (set() if methods[method].get("security") else {401})
                for id_ in [incident_id, str(uuid4()), *IDS]:
                    # One address is as long with two ids in it: a longer one never reaches a door.
                    address = filled(path, id_[: max(36, len(id_) // path.count("{"))])
                    answer = stranger.asks(method, address, example(document, method, path) or None)
                    if _fault_of(answer) or answer.status not in closed:
                        bad.append(f"{method} {path} {id_[:40]}: {answer.status} {answer.body}")

    assert [] == bad
    assert "still open" not in str([stranger.asks("GET", f"/v1/incidents/{incident_id}"), stranger.stream()])


@pytest.mark.parametrize("token", ["", "nobody's", "\xff", "a" * 5000, "Bearer Bearer"])
def test_a_token_nobody_has_opens_no_door(server: Server, token: str) -> None:
    """
    401 with a problem at every door that wants somebody, whatever stands in the header.
    """
    stranger = Phone(server, "student1")
    stranger.token = None
    document = requests.get(f"{server.url}/v1/openapi.json", timeout=10).json()
    headers = {"Authorization": f"Bearer {token}"}

    answers = {
        f"{method} {path}": stranger.asks(method, filled(path, str(uuid4())), headers=headers)
        for path, methods in document["paths"].items()
        for method, door in methods.items()
        if isinstance(door, dict) and door.get("security")
    }

    assert {401} == {answer.status for answer in answers.values()}, answers
    assert {MEDIA_TYPE} == {answer.media_type for answer in answers.values()}


@pytest.mark.parametrize(
    "content_type", ["", "text/plain", "application/x-www-form-urlencoded", "application/json; charset=x"]
)
def test_json_is_json_whatever_it_is_called(server: Server, content_type: str) -> None:
    """
    A body is read for what it is: a tap without the right content type is a tap.
    """
    student = Phone(server, "student2")

    answer = student.asks("POST", "/v1/taps", raw=b'{"kind": "help"}', headers={"Content-Type": content_type})

    assert answer.status in (200, 201)
    assert "help" == answer.body["kind"]


@pytest.mark.parametrize("path", ["/v1/taps", "/v1/duty", "/v1/sign-in"])
def test_ten_megabytes_are_too_many(server: Server, path: str) -> None:
    """
    413 with a problem, at once, and the server goes on; a tap's problem says whom to ring.
    """
    officer = Phone(server, "officer2")
    body = b'{"note": "' + b"x" * (10 * MEBIBYTE) + b'"}'
    begun = time.monotonic()

    answer = officer.asks("PUT" if path == "/v1/duty" else "POST", path, raw=body)

    assert (413, MEDIA_TYPE) == (answer.status, answer.media_type)
    assert (path == "/v1/taps") == ("call" in answer.body)
    assert time.monotonic() - begun < 5
    assert requests.get(f"{server.url}/readyz", timeout=5).ok


def test_a_tap_stands_whatever_its_fields_hold(server: Server) -> None:
    """
    Every odd value in every field: 2xx and a case, its note cut, its unknown kind an emergency, its bad position none.
    """
    student = Phone(server, "student3")
    right = {"tap_id": str(uuid4()), "kind": "help", "subtype": "accident", "note": "x", "silent": False,
             "trigger": "button", "pressed_at": "2026-11-22T14:00:16+00:00",
             "position": {"latitude": 51.4985, "longitude": -0.177}, "nobody knows": 1}  # fmt: skip
    bodies = [{**right, "tap_id": str(uuid4()), field: value} for field in right for value in VALUES.values()]
    bodies += [{**right, "position": {**right["position"], field: value}}  # type: ignore[dict-item]
               for field in ("latitude", "longitude", "accuracy_m", "recorded_at", "floor", "source")
               for value in VALUES.values()]  # fmt: skip

    answers = [(body, student.asks("POST", "/v1/taps", raw=json.dumps(body).encode())) for body in bodies]

    assert [] == [(str(body)[:200], answer) for body, answer in answers if answer.status not in (200, 201)]
    assert {"help", "emergency"} == {answer.body["kind"] for _, answer in answers}
    long = student.asks("POST", "/v1/taps", {"kind": "first_aid", "note": "y" * 5000})
    assert "y" * 2000 == student.conversation(long.body["id"])[-1]["text"]


@pytest.mark.parametrize(("name", "status"), [
    ("empty", 201), ("blank", 201), ("unknown fields", 201), ("twice the same", 201),
    ("array", 400), ("number", 400), ("null", 400), ("string", 400), ("half", 400), ("not json", 400),
    ("bad utf-8", 400), ("deep", 400),
])  # fmt: skip
def test_only_what_is_no_object_refuses_a_tap(server: Server, name: str, status: int) -> None:
    """
    An empty body is a tap; what is no JSON object is refused, and told whom to ring.
    """
    student = Phone(server, "student4")

    answer = student.asks("POST", "/v1/taps", raw=BODIES[name])

    if status == 400:
        assert (400, MEDIA_TYPE) == (answer.status, answer.media_type)
        assert any(number["dialable"] for number in answer.body["call"])
    else:
        assert answer.status in (200, 201)
        assert "emergency" == answer.body["kind"]


@pytest.mark.parametrize("token", [None, "nobody's"])
def test_a_tap_of_a_stranger_is_refused_with_whom_to_ring(server: Server, token: str | None) -> None:
    """
    401 carries the numbers.
    """
    stranger = Phone(server, "student5")
    stranger.token = token

    status, problem = stranger.taps()

    assert (401, 401) == (status, problem["status"])
    assert any(number["dialable"] for number in problem["call"])


def test_the_socket_outlives_every_shape_of_event(server: Server, case: tuple[Phone, Phone, str]) -> None:
    """
    Whatever comes as a receipt, a position or a sync is answered `{type, title}` or taken, and the stream goes on.
    """
    student, officer, incident_id = case
    officer.connects()
    shapes = [None, 7, "x", [], {}, {"message_ids": "x", "stage": 1}, {"message_ids": [7, None], "stage": "displayed"},
              {"message_ids": [str(uuid4())] * 400, "stage": "displayed"}, {"last_seq": "x"}, {"last_seq": -1},
              {"last_seq": 2**70}, {"seq": 1, "latitude": 1e308, "longitude": 0}, {"latitude": "north"},
              {"seq": 1, "latitude": 51.4, "longitude": 0, "incident_id": "x"},
              {"seq": 1, "latitude": 51.4, "longitude": 0, "incident_id": str(uuid4())},
              {"a": {"b": [{"c": "\x00"}]}}, "x" * 20_000, *VALUES.values()]  # fmt: skip

    answers = [(event, shape, officer.sends(event, shape)) for event in ("receipt", "position") for shape in shapes]
    for shape in shapes:
        officer.throws("sync", shape)
        officer.throws("position", shape, shape)
        officer.throws("no such event", shape)
    officer.throws("receipt")

    faults = [(event, str(shape)[:80], told) for event, shape, told in answers
              if not isinstance(told, dict) or set(told) not in ({"confirmed"}, {"type", "title"})]  # fmt: skip
    assert [] == faults
    assert [] == [one for one in answers if one[2].get("type") == "/problems/our-fault"]
    student.says(incident_id, "are you there")
    assert officer.waits_for(lambda one: one["data"].get("text") == "are you there")
    assert officer.is_connected


def test_nothing_of_this_was_a_fault_in_the_servers_log(server: Server) -> None:
    """
    Whatever came before, the server wrote no unhandled fault.
    """
    written = server.written()

    assert "request.failed" not in written
    assert "socket.failed" not in written
    assert "Traceback" not in written


def _doors(server: Server) -> list[Door]:
    """Every POST and PUT of the published document."""
    document = requests.get(f"{server.url}/v1/openapi.json", timeout=10).json()
    doors = [(method, path) for path, methods in document["paths"].items() for method in methods]
    return [door for door in doors if door[0] in ("post", "put") and door not in ENDS_THE_SIGN_IN]


def _fault_of(answer: Answer) -> str | None:
    """What is wrong with an answer to a broken body."""
    if answer.status >= 500:
        return f"{answer.status} {answer.body}"
    if answer.status < 400:
        return None
    problem = answer.body if isinstance(answer.body, dict) else {}
    if answer.media_type != MEDIA_TYPE or problem.get("status") != answer.status:
        return f"{answer.status} is no problem: {answer.media_type} {answer.body}"
    if not str(problem.get("type", "")).startswith("/problems/") or not problem.get("title"):
        return f"{answer.status} without type and title: {problem}"
    return None


def _is_well(server: Server, case: tuple[Phone, Phone, str]) -> bool:
    """The case is still there with its words, and the server still takes taps."""
    student, _, incident_id = case
    said = [one["text"] for one in student.conversation(incident_id)]
    return said[:1] == ["still open"] and requests.get(f"{server.url}/readyz", timeout=5).ok
