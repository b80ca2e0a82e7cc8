"""An exercise and the real world have a control room each, and neither sees or touches the other's."""

from uuid import uuid4

import pytest

from backend.kernel.vocabulary import Role
from tests.campus import CampusStage
from tests.journeys.console import API, case_at, ids, phoned_in, refusal
from tests.journeys.trusted import stepped_up

in_either_world = pytest.mark.parametrize("exercise", [True, False], ids=["exercise", "real"])


@in_either_world
def test_a_controller_sees_their_own_world(campus: CampusStage, exercise: bool) -> None:
    """
    Cases, alarms, officers and people; what a controller raises is of their world.
    """
    mine, theirs = campus.controller("mine", exercise=exercise), campus.controller("theirs", exercise=not exercise)
    own, other = phoned_in(mine), phoned_in(theirs)
    officer = campus.officer("officer", exercise=exercise)

    board = mine.gets(f"{API}/board")

    assert (exercise, not exercise) == (own["exercise"], other["exercise"])
    assert [own["id"]] == ids(board) == ids(mine.gets(f"{API}/incidents"))
    assert [own["id"]] == [alarm["incident_id"] for alarm in board["alarms"]]
    assert [str(officer.id)] == [one["officer_id"] for one in mine.gets(f"{API}/officers")["items"]]
    assert [] == theirs.gets(f"{API}/officers")["items"]
    assert ["mine", "officer"] == [one["name"] for one in mine.gets(f"{API}/people")["items"]]
    assert {own["id"]} == {message["id"] for message in mine.heard("incident")}


@in_either_world
def test_a_controller_touches_nothing_of_the_other_world(campus: CampusStage, exercise: bool) -> None:
    """
    To them a case, an alarm, an officer or a person of the other world is not there.
    """
    mine, theirs = campus.controller("mine", exercise=exercise), campus.controller("theirs", exercise=not exercise)
    student = campus.student(exercise=not exercise)
    case_id = student.taps("help")["id"]
    officer = campus.officer("officer", exercise=exercise)
    (alarm,) = theirs.gets(f"{API}/alarms")["items"]
    message = {"message_id": str(uuid4()), "text": "hello"}

    refusals = {
        refusal(mine, "GET", case_at(case_id)),
        refusal(mine, "GET", case_at(case_id, "explain")),
        refusal(mine, "GET", case_at(case_id, "messages")),
        refusal(mine, "GET", f"/v1/incidents/{case_id}/messages"),
        refusal(mine, "POST", case_at(case_id, "messages"), message),
        refusal(mine, "POST", case_at(case_id, "notes"), {"text": "hello"}),
        refusal(mine, "POST", case_at(case_id, "assign"), {"officer_id": str(officer.id)}),
        refusal(mine, "POST", case_at(case_id, "resolve"), {}),
        refusal(mine, "POST", f"{API}/alarms/{alarm['alarm_id']}/take"),
        refusal(mine, "POST", f"{API}/sessions/{student.id}/end"),
        refusal(theirs, "POST", case_at(case_id, "assign"), {"officer_id": str(officer.id)}),
    }

    assert {(404, "not-found")} == refusals
    assert "raised" == student.looks()["state"]
    assert [alarm] == theirs.gets(f"{API}/alarms")["items"]
    assert [] == student.heard("chat")


def test_an_admin_looks_after_the_people_of_both_worlds(campus: CampusStage) -> None:
    """
    Accounts are one list: an admin finds exercise people, and can end their sign-ins.
    """
    admin = stepped_up(campus.somebody("admin", Role.ADMIN))
    player = campus.student("player", exercise=True)

    found = {one["name"]: one["exercise"] for one in admin.gets(f"{API}/people")["items"]}
    ended = admin.posts(f"{API}/sessions/{player.id}/end")

    assert {"admin": False, "player": True} == found
    assert {"ended": 1} == ended
    assert (401, "unauthenticated") == refusal(player, "GET", "/v1/me")
