"""What officers and the control room see of a case that was called off under duress; its owner's side: the twins."""

from typing import Any
from uuid import uuid4

import pytest

from backend.incidents.going_on import raise_concealed
from backend.kernel.vocabulary import Role
from backend.people.signing_in import recognise
from tests.campus import CampusStage
from tests.campus_people import Person
from tests.journeys.console import API, case_at, lines, refusal
from tests.journeys.twins import CANCEL, DURESS, WRONG, has_pins


def student_with_pins(campus: CampusStage, name: str = "student", **more: Any) -> Person:
    return has_pins(campus.student(name, **more))


def calls_off(person: Person, pin: str | None = None, *, expecting: int = 200) -> dict[str, Any]:
    body = {"pin": pin, "reason": "all right"}
    answer: dict[str, Any] = person.posts(f"/v1/incidents/{person.case['id']}/cancel", body, expecting=expecting)
    return answer


def hidden_of(controller: Person, student: Person) -> list[dict[str, Any]]:
    """The open cases of this student that go on under duress, as the board has them."""
    rows = controller.gets(f"{API}/board")["items"]
    return [row for row in rows if row["trigger"] == "duress_pin" and row["caller"]["person_id"] == str(student.id)]


def test_the_case_goes_on_as_a_silent_emergency(campus: CampusStage) -> None:
    """
    Under its own name, first on the board, with an alarm at once; officers see SILENT and do not ring.
    """
    officer, controller = campus.officer(), campus.controller()
    campus.student("other").taps("emergency", at=campus.LIBRARY)
    student = student_with_pins(campus)
    case = student.taps("help", at=campus.SHERFIELD, subtype="lost")

    answered = calls_off(student, DURESS)
    campus.passes(1)

    assert (answered["state"], student.looks()["state"], student.looks()["kind"]) == ("cancelled", "cancelled", "help")
    row = controller.gets(f"{API}/board")["items"][0]
    assert (row["id"], row["reference"]) == (case["id"], case["reference"])
    assert (row["kind"], row["silent"], row["trigger"], row["state"]) == ("emergency", True, "duress_pin", "offered")
    assert (row["wanted"], row["subtype"]) == (campus.policy_of("emergency").wanted, None)
    assert ("unanswered", case["id"]) in {(one["reason"], one["incident_id"]) for one in controller.heard("alarm")}
    offered = [one for one in officer.heard("offer") if one["incident"]["id"] == case["id"]]
    assert [(one["quiet"], one["incident"]["silent"]) for one in offered] == [(False, False), (True, True)]
    assert [one["stage"] for one in controller.gets(case_at(case["id"]))["progress"]][-2:] == ["offered", "duress"]


def test_who_had_said_yes_keeps_the_case_and_is_told(campus: CampusStage) -> None:
    """
    As many more are asked as an emergency wants; the officer on the way moves, writes and ends it.
    """
    campus.policy("emergency", wanted=2)
    near, far = campus.officer("near"), campus.officer("far", at=campus.BEIT)
    student = student_with_pins(campus)
    case = student.taps("help", at=campus.LIBRARY)
    near.accepts()
    said_yes_at = campus.clock().isoformat()
    before = len(student.messages())

    calls_off(student, DURESS)
    campus.passes(40)
    told = near.heard("incident")[-1]
    far.accepts()
    far.posts(f"/v1/incidents/{case['id']}/messages", {"message_id": str(uuid4()), "text": "we are near"})
    for move in ("en_route", "on_scene", "resolved"):
        near.moves(move, case["id"])

    seen = (told["kind"], told["silent"], told["trigger"], told["state"])
    assert seen == ("emergency", True, "duress_pin", "accepted")
    assert [one["data"].get("state") for one in student.messages()[before:]] == ["cancelled"]
    assert student.looks()["responders"] == [
        {"name": "near", "state": "cancelled", "eta_s": None, "delayed": False, "updated_at": said_yes_at}
    ]


def test_a_third_wrong_pin_is_duress_and_two_are_not(campus: CampusStage) -> None:
    """
    Two are refused alike; the third answers as called off, a right one in its place calls off.
    """
    controller = campus.controller()
    careless, forced = student_with_pins(campus, "careless"), student_with_pins(campus, "forced")
    refused = []
    for student in (careless, forced):
        student.taps("help", at=campus.LIBRARY)
        refused += [calls_off(student, WRONG, expecting=422) for _ in range(2)]

    answered = [calls_off(careless, CANCEL)["state"], calls_off(forced, WRONG)["state"]]

    assert answered == ["cancelled", "cancelled"]
    assert all(one == refused[0] for one in refused)
    assert (refused[0]["type"], [one["field"] for one in refused[0]["errors"]]) == ("/problems/pin-wrong", ["pin"])
    assert [len(hidden_of(controller, one)) for one in (careless, forced)] == [0, 1]


def test_wrong_pins_are_counted_for_each_case(campus: CampusStage) -> None:
    """
    What was mistyped in another case yesterday is not held against anybody.
    """
    controller, student = campus.controller(), student_with_pins(campus)
    for _ in range(2):
        student.taps("help", at=campus.LIBRARY)
        for _ in range(2):
            calls_off(student, WRONG, expecting=422)
        campus.restarts()
        calls_off(student, CANCEL)

    assert hidden_of(controller, student) == []


def test_a_pin_is_needed_once_pins_are_set(campus: CampusStage) -> None:
    """
    The field is named, the case stands, and nothing is counted as wrong.
    """
    student = student_with_pins(campus)
    student.taps("help", at=campus.LIBRARY)

    refused = [calls_off(student, pin, expecting=422) for pin in (None, "", None, None)]

    assert {one["type"] for one in refused} == {"/problems/pin-missing"}
    assert [one["field"] for one in refused[0]["errors"]] == ["pin"]
    assert student.looks()["state"] == "raised"
    assert calls_off(student, CANCEL)["state"] == "cancelled"


def test_without_pins_none_is_needed(campus: CampusStage) -> None:
    """
    Whatever is typed, it calls off.
    """
    students = [campus.student("one"), campus.student("two")]
    for student in students:
        student.taps("help", at=campus.LIBRARY)

    assert [calls_off(students[0])["state"], calls_off(students[1], DURESS)["state"]] == ["cancelled"] * 2


@pytest.mark.parametrize("ended", ["cancelled", "resolved"])
def test_the_duress_pin_is_heard_when_the_case_was_over_already(campus: CampusStage, ended: str) -> None:
    """
    The answer is what it would have been; a concealed emergency is raised, once, where the person was last.
    """
    officer, controller, student = campus.officer(), campus.controller(), student_with_pins(campus)
    case = student.taps("first_aid", at=campus.SHERFIELD)
    if ended == "cancelled":
        calls_off(student, CANCEL)
    else:
        controller.posts(case_at(case["id"], "resolve"))
    status = 200 if ended == "cancelled" else 409
    read, heard = student.gets("/v1/incidents"), student.messages()

    plain = calls_off(student, CANCEL, expecting=status)
    forced = [calls_off(student, DURESS, expecting=status) for _ in range(3)]

    (hidden,) = hidden_of(controller, student)
    campus.passes(1)
    assert forced == [plain] * 3
    assert (hidden["kind"], hidden["silent"], hidden["zone"]["id"]) == ("emergency", True, "sherfield")
    assert officer.heard("offer")[-1]["incident"]["id"] == hidden["id"]
    assert (student.gets("/v1/incidents"), student.messages()) == (read, heard)
    assert refusal(student, "GET", f"/v1/incidents/{hidden['id']}") == (404, "not-found")


def test_a_concealed_case_is_nowhere_for_its_person(campus: CampusStage) -> None:
    """
    Raised where a check-in is ended under duress: no list, no stream, no socket, no conversation, no console.
    """
    controller = campus.controller()
    person = has_pins(campus.somebody("person", Role.OFFICER, Role.CONTROLLER, teams=["control-room", "security"]))
    by = campus.database.read(recognise, person.token, now=campus.clock())
    note = "ended a check-in"

    case = campus.database.write(raise_concealed, by, position=None, note=note, now=campus.clock())
    campus.passes(70)

    (hidden,) = hidden_of(controller, person)
    doors = [f"/v1/incidents/{case.id}", f"/v1/incidents/{case.id}/messages", case_at(str(case.id))]
    doors += [case_at(str(case.id), "messages"), case_at(str(case.id), "explain")]
    assert (hidden["id"], hidden["note"], hidden["trigger"]) == (str(case.id), note, "duress_pin")
    assert {refusal(person, "GET", door) for door in doors} == {(404, "not-found")}
    assert [person.gets(path)["items"] for path in ("/v1/incidents", f"{API}/incidents", f"{API}/alarms")] == [[]] * 3
    assert (person.gets(f"{API}/board")["items"], person.messages()) == ([], [])
    assert person.at_the_console().messages() == []
    assert [one for one in campus.deliveries("push", "sms", "voice") if one.person_id == person.id] == []
    alarm = controller.gets(f"{API}/alarms")["items"][0]["alarm_id"]
    assert refusal(person, "POST", f"{API}/alarms/{alarm}/take") == (404, "not-found")


@pytest.mark.parametrize("typed", [[DURESS], [WRONG, WRONG, WRONG]], ids=["duress-pin", "third-wrong-pin"])
def test_a_check_in_ended_under_duress_is_an_emergency(campus: CampusStage, typed: list[str]) -> None:
    """
    The timer says ended, and at its time nothing more is raised; those who search have its note and the last place.
    """
    controller, student = campus.controller(), student_with_pins(campus)
    position = {"latitude": campus.SHERFIELD[0], "longitude": campus.SHERFIELD[1]}
    assert student.asks("PUT", "/v1/check-in", {"minutes": 5, "note": "lab 3", "position": position}).status_code == 200
    end = "/v1/check-in/end"

    asked = student.posts(end, {}, expecting=422)["type"]
    answers = [student.posts(end, {"pin": pin}, expecting=(200, 422)) for pin in typed]
    campus.passes(400)

    (hidden,) = hidden_of(controller, student)
    assert (asked, answers[-1]["state"]) == ("/problems/pin-missing", "ended")
    assert student.gets("/v1/check-in") == answers[-1]
    assert student.gets("/v1/incidents")["items"] == []
    assert (hidden["note"], hidden["zone"]["id"], hidden["silent"]) == ("lab 3", "sherfield", True)


def test_who_looked_at_the_profile_meanwhile_is_not_told(campus: CampusStage) -> None:
    """
    Looks from before the calling off stay; those after it would tell that the case goes on.
    """
    controller, student = campus.controller(), student_with_pins(campus)
    case = student.taps("help", at=campus.LIBRARY)
    controller.posts(case_at(case["id"], "profile"), {"reason": "before"})
    calls_off(student, DURESS)
    controller.posts(case_at(case["id"], "profile"), {"reason": "after"})

    assert [one["reason"] for one in student.gets("/v1/profile/views")["items"]] == ["before"]


def test_where_the_person_is_goes_on_to_those_who_search(campus: CampusStage) -> None:
    """
    A phone that still sends is told to stop, as by any closed case, and the officers see where it was.
    """
    officer, student = campus.officer(), student_with_pins(campus)
    case = student.taps("emergency", at=campus.LIBRARY)
    officer.accepts()
    calls_off(student, DURESS)
    shown = student.looks()["position"]

    here = {"latitude": 51.4985, "longitude": -0.177}
    refused = student.posts(f"/v1/incidents/{case['id']}/positions", here, expecting=409)

    assert (refused["type"], refused["state"]) == ("/problems/incident-closed", "cancelled")
    assert officer.gets(f"/v1/incidents/{case['id']}")["position"]["latitude"] == 51.4985
    assert student.looks()["position"] == shown


def test_a_new_press_opens_a_case_of_its_own(campus: CampusStage) -> None:
    """
    As after any calling off; the old tap sent again still finds the old case, cancelled.
    """
    student = student_with_pins(campus)
    first = student.taps("emergency", at=campus.LIBRARY, tap_id=str(uuid4()))
    body = {"tap_id": str(uuid4()), "kind": "emergency"}
    known = student.asks("POST", "/v1/taps", body)
    calls_off(student, DURESS)

    again, new = student.asks("POST", "/v1/taps", body), student.asks("POST", "/v1/taps", {"kind": "emergency"})

    assert (known.json["id"], again.json["id"], again.json["state"]) == (first["id"], first["id"], "cancelled")
    assert (again.status_code, new.status_code) == (200, 201)
    assert [one["id"] for one in student.gets("/v1/incidents?open=true")["items"]] == [new.json["id"]]


def test_an_officer_who_is_forced_is_told_of_as_one_in_danger(campus: CampusStage) -> None:
    """
    On duty the alarm says so; nobody is ever offered their own case, nor given it.
    """
    other, controller = campus.officer("other"), campus.controller()
    officer = campus.officer("officer", at=campus.LIBRARY)
    has_pins(officer)
    case = officer.taps("help", at=campus.LIBRARY)
    calls_off(officer, DURESS)
    campus.passes(60)

    given = refusal(controller, "POST", case_at(case["id"], "assign"), {"officer_id": str(officer.id)})

    assert campus.alarms()[0] == "responder_duress"
    assert (officer.heard("offer"), officer.offers) == ([], [])
    assert other.offers[0]["incident"]["trigger"] == "duress_pin"
    assert given == (409, "own-case")


def test_the_log_says_what_happened(campus: CampusStage) -> None:
    """
    One line for each wrong PIN and for the duress; none says that the case was cancelled.
    """
    student = student_with_pins(campus)
    case = student.taps("help", at=campus.LIBRARY)
    for status in (422, 422, 200):
        calls_off(student, WRONG, expecting=status)

    told = [line.action for line in lines(campus, about="incident", about_id=case["id"], actor=str(student.id))]

    assert told == ["incident.raised", "pin.refused", "pin.refused", "incident.duress"]
    assert campus.audit_faults() == []
