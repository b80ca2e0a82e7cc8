"""One press from door to door: every step over HTTP and the official Socket.IO client, as phones take it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pysqlite3
import pytest

from tests.phone import BEIT, LIBRARY, SHERFIELD, Message, Phone, eventually
from tests.server import PASSWORD, Server, running_server

ORDER = ["raised", "offered", "accepted", "en_route", "on_scene", "resolved"]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """
    One server for the tests of this file.
    """
    with running_server(tmp_path_factory.mktemp("one_press")) as server:
        yield server


def test_a_press_is_answered_followed_and_closed_by_the_published_interface(server: Server) -> None:
    """
    Sign-in, duty, tap, offer, receipt, yes, moves, positions, words, and the end: each is told to the others.
    """
    student, officer = Phone(server, "student1"), Phone(server, "officer1")
    console = Phone(server, "controller1", face="console")
    for person in (student, officer, console):
        assert person.sign_in()["person"]["roles"]
        person.connects()
    officer.goes_on_duty(at=LIBRARY)

    status, case = student.taps("first_aid", at=SHERFIELD, note="someone has collapsed")
    incident_id = case["id"]
    offer_id = officer.is_asked_about(incident_id)
    offer = officer.waits_for(lambda one: one["data"].get("offer_id") == offer_id)

    assert 201 == status
    assert (False, "sherfield") == (case["seen"], case["zone"]["id"])
    assert [offer_id] == [one["id"] for one in officer.offers()]
    assert ("someone has collapsed", False) == (offer["data"]["incident"]["note"], offer["data"]["quiet"])
    assert any(number["dialable"] for number in case["call"])

    assert {"confirmed": 1} == officer.sends("receipt", {"message_ids": [offer["id"]], "stage": "displayed"})
    seen = student.waits_for(lambda one: one["data"].get("seen") is True, what="the case seen")
    assert (incident_id, "offered") == (seen["data"]["incident_id"], seen["data"]["state"])
    assert student.case(incident_id)["seen"]

    accepted = officer.accepts(offer_id)
    told = student.waits_for(_at(incident_id, "accepted"), what="the yes")
    assert (200, "accepted") == (accepted.status, accepted.body["state"])
    assert ["Officer 1"] == [one["name"] for one in told["data"]["responders"]]
    assert 0 < told["data"]["responders"][0]["eta_s"] < 600
    assert 200 == officer.accepts(offer_id).status

    assert 200 == officer.moves(incident_id, "en_route").status
    student.waits_for(_at(incident_id, "en_route"))
    assert {"taken": 1} == officer.is_at(BEIT, seq=1, incident_id=incident_id)
    assert {"taken": 1} == student.is_at(BEIT, seq=1, incident_id=incident_id)
    newer = {"seq": 2, "latitude": LIBRARY[0], "longitude": LIBRARY[1], "accuracy_m": 4}
    assert {"taken": 1} == student.asks("POST", f"/v1/incidents/{incident_id}/positions", newer).body
    assert {"taken": 0} == student.asks("POST", f"/v1/incidents/{incident_id}/positions", {**newer, "seq": 1}).body
    assert eventually(lambda: officer.case(incident_id)["position"]["latitude"] == LIBRARY[0])

    assert 201 == student.says(incident_id, "I am by the stairs").status
    heard = officer.waits_for(_says("I am by the stairs"))
    assert ("Student 1", False) == (heard["data"]["author"], heard["data"]["mine"])
    assert 201 == officer.says(incident_id, "One minute").status
    heard = student.waits_for(_says("One minute"))
    assert ("Officer 1", False) == (heard["data"]["author"], heard["data"]["mine"])
    words = ["someone has collapsed", "I am by the stairs", "One minute"]
    assert words == [one["text"] for one in officer.conversation(incident_id)]

    assert 200 == officer.moves(incident_id, "on_scene").status
    there = student.waits_for(_at(incident_id, "on_scene"))
    assert 0 == there["data"]["responders"][0]["eta_s"]
    assert 409 == officer.moves(incident_id, "en_route").status
    assert 200 == officer.moves(incident_id, "resolved").status
    student.waits_for(_at(incident_id, "resolved"))
    console.waits_for(_at(incident_id, "resolved"))
    assert 409 == student.asks("POST", f"/v1/incidents/{incident_id}/positions", {**newer, "seq": 9}).status

    assert "resolved" == student.case(incident_id)["state"]
    stages = [line["stage"] for line in student.case(incident_id)["progress"]]
    assert ["received", "offered", "seen", "accepted", "en_route", "on_scene", "resolved"] == stages
    for person in (student, officer, console):
        assert list(range(1, len(person.messages) + 1)) == [one["seq"] for one in person.messages]
        assert _only_forward(person.messages, incident_id)


def test_the_console_hears_of_a_case_from_its_first_second_to_its_last(server: Server) -> None:
    """
    A controller's socket is told of the case, the officer's duty, what is said and where they are, never of an offer.
    """
    student, officer = Phone(server, "student2"), Phone(server, "officer2")
    console = Phone(server, "controller2", face="console")
    console.connects()
    officer.connects()
    officer.goes_on_duty(at=LIBRARY)
    _, case = student.taps("first_aid", note="a fall")
    officer.accepts(officer.is_asked_about(case["id"]))
    assert eventually(lambda: case["id"] in str([data for event, data in console.heard if event == "position"]))
    officer.moves(case["id"], "resolved")

    console.waits_for(_at(case["id"], "resolved"))

    assert {"officer", "incident", "chat"} <= {one["type"] for one in console.messages}
    assert not console.of_type("offer")
    assert _only_forward(console.messages, case["id"])


def test_a_closed_case_leaves_an_officer_with_its_ids_and_no_more(server: Server) -> None:
    """
    A resync after the end keeps every message of the case, without where the person was or what they said.
    """
    student, officer = Phone(server, "student3"), Phone(server, "officer1")
    officer.goes_on_duty()
    officer.connects()
    _, case = student.taps("first_aid", note="short of breath")
    officer.accepts(officer.is_asked_about(case["id"]))
    officer.moves(case["id"], "resolved")
    officer.waits_for(_at(case["id"], "resolved"))
    live = [one for one in officer.messages if one["data"].get("incident_id") == case["id"]]

    again = [one for one in officer.stream() if one["data"].get("incident_id") == case["id"]]

    assert [(one["seq"], one["id"]) for one in live] == [(one["seq"], one["id"]) for one in again]
    assert "short of breath" in str(live)
    assert "short of breath" not in str(again)
    assert "51.4985" not in str(again)


def test_a_duress_pin_ends_the_case_on_the_phone_alone(server: Server) -> None:
    """
    The phone's socket hears one end and nothing after it, while an officer says yes, writes and resolves.
    """
    student, officer = Phone(server, "student4"), Phone(server, "officer4")
    student.sign_in()
    # Nearer than those whom the other tests have left on duty.
    officer.goes_on_duty(at=SHERFIELD)
    for person in (student, officer):
        person.connects()
    pins = {"password": PASSWORD, "cancel_pin": "2580", "duress_pin": "085213"}
    assert 204 == student.asks("PUT", "/v1/pins", pins).status
    _, case = student.taps("help", at=SHERFIELD)
    officer.is_asked_about(case["id"])
    path = f"/v1/incidents/{case['id']}/cancel"

    refused = student.asks("POST", path, {})
    answered = student.asks("POST", path, {"pin": "085213"})
    student.waits_for(_at(case["id"], "cancelled"), what="the end")
    assert eventually(lambda: [one["incident"]["trigger"] for one in officer.offers()] == ["duress_pin"])
    assert "accepted" == officer.accepts(officer.offers()[0]["id"]).body["state"]
    assert 201 == officer.says(case["id"], "on our way").status
    assert "resolved" == officer.moves(case["id"], "resolved").body["state"]
    officer.waits_for(_at(case["id"], "resolved"))

    told = [one["data"] for one in student.stream() if one["data"].get("incident_id") == case["id"]]
    assert (422, ["pin"]) == (refused.status, [one["field"] for one in refused.body["errors"]])
    assert (200, "cancelled", "help") == (answered.status, answered.body["state"], answered.body["kind"])
    assert ["cancelled"] == [one["state"] for one in told if one["state"] not in ("raised", "offered")]
    assert [one["data"] for one in student.messages if one["data"].get("incident_id") == case["id"]] == told
    assert answered.body == student.case(case["id"])


def test_every_step_has_its_audit_line_and_the_log_stands(tmp_path: Path) -> None:
    """
    Every deed has its line; the chain and its anchor verify while the server runs and after.
    """
    with running_server(tmp_path) as server:
        student, officer = Phone(server, "student1"), Phone(server, "officer1")
        student.sign_in()
        officer.goes_on_duty()
        _, case = student.taps("help", note="the lift is stuck")
        assert eventually(lambda: bool(officer.offers()))
        officer.accepts(officer.offers()[0]["id"])
        for move in ("en_route", "on_scene", "resolved"):
            officer.moves(case["id"], move)

        assert eventually(lambda: _unlinked(server) == 0)
        told_live = server.audit_stands()
        actions = _actions(server, case["id"])
        server.stop()
        told_after = server.audit_stands()

    deeds = ["incident.raised", "ladder.climbed", "offer.made", "offer.accepted"]
    assert set(deeds) | {"responder.en_route", "responder.on_scene", "incident.resolved"} <= set(actions)
    assert "anchors met" in told_live
    assert "anchors met" in told_after


def _at(incident_id: str, state: str) -> Any:
    return lambda one: (
        one["type"] == "incident"
        and (incident_id, state)
        == (
            one["data"].get("incident_id"),
            one["data"].get("state"),
        )
    )


def _says(text: str) -> Any:
    return lambda one: one["type"] == "chat" and one["data"].get("text") == text


def _only_forward(messages: list[Message], incident_id: str) -> bool:
    """Whether the case never went backwards before this observer."""
    states = [
        one["data"]["state"] for one in messages if one["data"].get("id") == incident_id and "state" in one["data"]
    ]
    places = [ORDER.index(state) for state in states]
    return bool(places) and places == sorted(places)


def _rows(server: Server, statement: str, *values: Any) -> list[Any]:
    """What the store holds, read beside the server that owns it."""
    connection = pysqlite3.connect(f"file:{server.data_dir / 'bluelight.db'}?mode=ro", uri=True)
    try:
        return list(connection.execute(statement, values).fetchall())
    finally:
        connection.close()


def _actions(server: Server, incident_id: str) -> list[str]:
    return [
        action for (action,) in _rows(server, "SELECT action FROM audit WHERE about_id = ? ORDER BY id", incident_id)
    ]


def _unlinked(server: Server) -> int:
    ((count,),) = _rows(server, "SELECT count(*) FROM audit WHERE place IS NULL")
    return int(count)
