"""The control room works a case: the board, a call, an assignment, words, notes, the end."""

from typing import Any
from uuid import uuid4

import pytest

from tests.campus import CampusStage
from tests.journeys.console import API, case_at, faulty_fields, ids, phoned_in, refusal


def test_the_board_puts_first_what_needs_a_person_most(campus: CampusStage) -> None:
    """
    Unanswered before accepted before on scene, an emergency before first aid before help, the older first.
    """
    controller, officer = campus.controller(), campus.officer()
    there = campus.student("there").taps("help", at=campus.LIBRARY)["id"]
    officer.accepts()
    officer.moves("on_scene", there)
    coming = campus.student("coming").taps("emergency", at=campus.LIBRARY)["id"]
    officer.accepts()
    help_, first, second = (
        campus.student(f"waiting-{kind}-{number}").taps(kind, at=campus.LIBRARY)["id"]
        for number, kind in enumerate(("help", "emergency", "emergency"))
    )

    board = controller.gets(f"{API}/board")

    assert [first, second, help_, coming, there] == ids(board)
    assert {"asked": 1, "accepted": 1, "wanted": 2, "state": "accepted"}.items() <= board["items"][3].items()
    assert (1, 1, None) == (board["officers_on_duty"], board["officers_reachable"], board["next_cursor"])


def test_a_call_is_a_case_like_any_other(campus: CampusStage) -> None:
    """
    The nearest officer is asked at once, the caller is on the board, what they said opens the conversation.
    """
    controller, officer = campus.controller(), campus.officer(at=campus.LIBRARY)
    body = {
        "kind": "help",
        "position": {"latitude": campus.LIBRARY[0], "longitude": campus.LIBRARY[1]},
        "caller": {"name": "Reception", "number": "+442075941000"},
        "note": "somebody has fallen",
    }

    case = controller.posts(f"{API}/incidents", body, expecting=201)

    assert ("phoned_in", "security", "raised") == (case["trigger"], case["team"], case["state"])
    assert {"name": "Reception", "number": "+442075941000", "person_id": None} == case["caller"]
    assert "somebody has fallen" == officer.offers[0]["incident"]["note"]
    assert [case["id"]] == ids(controller.gets(f"{API}/board"))
    said = controller.gets(case_at(case["id"], "messages"))["items"]
    assert [("somebody has fallen", "controller", True)] == [(one["text"], one["author"], one["mine"]) for one in said]


def test_a_case_can_be_dropped_on_a_zone_or_nowhere(campus: CampusStage) -> None:
    """
    A zone gives the site; without a position nobody is nearest, so the whole team is asked at once.
    """
    controller = campus.controller()
    here, elsewhere = campus.officer("here"), campus.officer("elsewhere", at=campus.WHITE_CITY, site="white-city")

    placed = phoned_in(controller, kind="emergency", zone="sherfield")
    after_the_first = (here.is_ringing, len(elsewhere.offers))
    nowhere = phoned_in(controller)

    assert ("sherfield", "south-kensington", True) == (
        placed["zone"]["id"],
        placed["zone"]["site"],
        placed["inside"],
    )
    assert (None, None) == (nowhere["zone"], nowhere["inside"])
    assert (True, 1) == after_the_first
    assert [nowhere["id"]] == [offer["incident"]["id"] for offer in elsewhere.offers][1:]


@pytest.mark.parametrize(
    ("body", "faulty"),
    [
        ({}, ["kind"]),
        ({"kind": "fire"}, ["kind"]),
        ({"kind": "help", "zone": "atlantis"}, ["zone"]),
        ({"kind": "help", "zone": "sherfield", "position": {"latitude": 51.5, "longitude": -0.17}}, ["zone"]),
        ({"kind": "help", "position": {"latitude": 91, "longitude": 0}}, ["position.latitude"]),
        ({"kind": "help", "caller": {"named": "x"}}, ["caller.named"]),
        ({"kind": "help", "urgency": 1}, ["urgency"]),
    ],
)
def test_a_call_that_is_not_understood_names_the_field(campus: CampusStage, body: Any, faulty: list[str]) -> None:
    """
    The console's client is our own: what is wrong with it should be heard of, and nothing is raised.
    """
    controller = campus.controller()

    found = faulty_fields(controller, f"{API}/incidents", body)

    assert faulty == found
    assert [] == ids(controller.gets(f"{API}/incidents"))


def test_the_list_holds_the_open_cases_and_those_of_thirty_days(campus: CampusStage) -> None:
    """
    Newest first, a page at a time, the open or the closed ones when asked for.
    """
    controller = campus.controller()
    forgotten, closed, first, second = (phoned_in(controller)["id"] for _ in range(4))
    controller.posts(case_at(forgotten, "resolve"))
    campus.skips(days=2)
    controller.posts(case_at(closed, "resolve"))
    campus.skips(days=29)

    page = controller.gets(f"{API}/incidents?limit=2")
    rest = controller.gets(f"{API}/incidents?limit=2&cursor={page['next_cursor']}")

    assert [second, first] == ids(page)
    assert [closed] == ids(rest)
    assert rest["next_cursor"] is None
    assert [second, first] == ids(controller.gets(f"{API}/incidents?open=true"))
    assert [closed] == ids(controller.gets(f"{API}/incidents?open=false"))
    for door in ("", "explain", "messages"):
        assert (404, "not-found") == refusal(controller, "GET", case_at(forgotten, door).rstrip("/"))


def test_a_controller_gives_a_case_to_an_officer(campus: CampusStage) -> None:
    """
    Also to one who was not asked; the person in trouble is told who comes, and the same again changes nothing.
    """
    controller, student = campus.controller(), campus.student()
    campus.officer("near", at=campus.LIBRARY)
    far = campus.officer("far", at=campus.WHITE_CITY, site="white-city")
    case = student.taps("help", at=campus.LIBRARY)

    _, seen = (controller.posts(case_at(case["id"], "assign"), {"officer_id": str(far.id)}) for _ in range(2))

    assert "accepted" == seen["state"]
    assert [("far", "accepted")] == [(one["name"], one["state"]) for one in student.looks()["responders"]]
    assert ["received", "offered", "assigned"] == [line["stage"] for line in student.looks()["progress"]]


def test_what_cannot_be_assigned_says_why(campus: CampusStage) -> None:
    """
    No such officer or case is 404; off duty and closed are 409 with a slug of their own.
    """
    controller, member = campus.controller(), campus.student()
    resting, officer = campus.officer("resting", on_duty=False), campus.officer("officer")
    door = case_at(phoned_in(controller)["id"], "assign")
    nowhere = case_at(str(uuid4()), "assign")

    assert (404, "not-found") == refusal(controller, "POST", door, {"officer_id": str(member.id)})
    assert (404, "not-found") == refusal(controller, "POST", nowhere, {"officer_id": str(officer.id)})
    assert (409, "off-duty") == refusal(controller, "POST", door, {"officer_id": str(resting.id)})
    assert ["officer_id"] == faulty_fields(controller, door, {"officer_id": "the nearest"})
    controller.posts(door.replace("assign", "resolve"))
    assert (409, "incident-closed") == refusal(controller, "POST", door, {"officer_id": str(officer.id)})


def test_the_control_room_and_the_person_in_trouble_speak(campus: CampusStage) -> None:
    """
    Either hears the other; once the case is closed nothing new is said.
    """
    controller, student = campus.controller(), campus.student()
    case = student.taps("help", note="the door is locked")
    door = case_at(case["id"], "messages")
    message_id = str(uuid4())

    for _ in range(2):
        controller.posts(door, {"message_id": message_id, "text": "We see you"}, expecting=201)

    assert ["the door is locked", "We see you"] == [said["text"] for said in student.heard("chat")]
    page = controller.gets(f"{door}?limit=1")
    rest = controller.gets(f"{door}?limit=1&cursor={page['next_cursor']}")
    assert [("student", False), ("controller", True)] == [
        (said["author"], said["mine"]) for said in page["items"] + rest["items"]
    ]
    controller.posts(case_at(case["id"], "resolve"))
    too_late = {"message_id": str(uuid4()), "text": "Are you there?"}
    assert (409, "incident-closed") == refusal(controller, "POST", door, too_late)


def test_a_note_is_the_control_rooms_own(campus: CampusStage) -> None:
    """
    It is in the case's story there, every console hears of it, and neither the owner nor an officer ever does.
    """
    controller, colleague = campus.controller("one"), campus.controller("two")
    student, officer = campus.student(), campus.officer()
    case = student.taps("help", at=campus.LIBRARY)
    officer.accepts()
    heard = len(colleague.heard("incident"))

    told = controller.posts(case_at(case["id"], "notes"), {"text": "known to the police"}, expecting=201)

    assert ("note", "one", "known to the police") == (told["stage"], told["by"], told["words"])
    assert "known to the police" == colleague.gets(case_at(case["id"]))["progress"][-1]["words"]
    assert heard + 1 == len(colleague.heard("incident"))
    for person in (student, officer):
        seen = [person.gets(f"/v1/incidents/{case['id']}{part}") for part in ("", "/messages")]
        assert "police" not in str([seen, person.messages()])
        assert "note" not in [line["stage"] for line in seen[0]["progress"]]


def test_a_note_can_be_added_when_the_case_is_closed(campus: CampusStage) -> None:
    """
    What came of a case is often known only later; an empty note is none.
    """
    controller = campus.controller()
    case = phoned_in(controller)
    controller.posts(case_at(case["id"], "resolve"), {"note": "a false alarm"})

    controller.posts(case_at(case["id"], "notes"), {"text": "the detector was replaced"})

    story = controller.gets(case_at(case["id"]))["progress"]
    assert ["a false alarm", "the detector was replaced"] == [line["words"] for line in story][-2:]
    assert ["text"] == faulty_fields(controller, case_at(case["id"], "notes"), {"text": ""})


def test_the_control_room_closes_a_case_for_everybody(campus: CampusStage) -> None:
    """
    Officers fall silent, the owner sees the end, closing it again is fine; what was cancelled cannot be resolved.
    """
    controller, student, officer = campus.controller(), campus.student(), campus.officer()
    case = student.taps("help", at=campus.LIBRARY)
    was_ringing = officer.is_ringing

    _, seen = (controller.posts(case_at(case["id"], "resolve"), {"note": "solved by telephone"}) for _ in range(2))

    assert ("resolved", None, True) == (seen["state"], seen["next_step_at"], was_ringing)
    assert not officer.is_ringing
    assert "resolved" == student.looks()["state"]
    other = student.taps("help")
    student.posts(f"/v1/incidents/{other['id']}/cancel")
    assert (409, "incident-closed") == refusal(controller, "POST", case_at(other["id"], "resolve"), {})


def test_an_alarm_is_one_persons_to_look_after(campus: CampusStage) -> None:
    """
    Whoever takes it first has it; it stands no longer and is not repeated.
    """
    first, second = campus.controller("first"), campus.controller("second")
    phoned_in(first)
    (alarm,) = first.gets(f"{API}/alarms")["items"]
    door = f"{API}/alarms/{alarm['alarm_id']}/take"

    taken = [first.posts(door) for _ in range(2)]
    campus.passes(seconds=61)

    assert "nobody_reachable" == alarm["reason"]
    assert [str(first.id)] * 2 == [one["taken_by"] for one in taken]
    assert (409, "alarm-taken") == refusal(second, "POST", door)
    assert [] == second.gets(f"{API}/alarms")["items"]
    assert [] == second.gets(f"{API}/board")["alarms"]
    assert 2 == len([one for one in second.heard("alarm") if one["alarm_id"] == alarm["alarm_id"]])
    assert (404, "not-found") == refusal(second, "POST", f"{API}/alarms/{uuid4()}/take")


def test_officers_are_seen_with_where_they_are_only_on_shift(campus: CampusStage) -> None:
    """
    Off duty there is no position; two minutes old it is stale.
    """
    controller = campus.controller()
    campus.officer("on", at=campus.LIBRARY, skills={"first_aid": None})
    off = campus.officer("off", at=campus.BEIT)
    off.goes_off_duty()

    campus.passes(seconds=121)
    officers = {one["name"]: one for one in controller.gets(f"{API}/officers")["items"]}

    assert (campus.LIBRARY[0], True) == (officers["on"]["position"]["latitude"], officers["on"]["position"]["stale"])
    assert (["first_aid"], ["security"], "on_patrol") == tuple(
        officers["on"][name] for name in ("skills", "teams", "state")
    )
    assert (None, "off_duty") == (officers["off"]["position"], officers["off"]["state"])
