"""What runs out runs out: whatever became of phone, account and server; and where the person was last."""

from datetime import timedelta

import sqlalchemy as sa

from backend.campus.campus_store import CampusVersion
from backend.campus.importing_campus import import_campus
from backend.people import people_store
from tests.campus import CampusStage
from tests.journeys.console import API
from tests.journeys.timers import reminders, sets


def test_it_needs_neither_phone_nor_sign_in_nor_an_account_that_is_still_active(campus: CampusStage) -> None:
    """
    Signed out, the phone in the river, the account closed in the evening: the promise stands.
    """
    officer, student, controller = campus.officer(), campus.student(), campus.controller()
    sets(student, 10, campus.SHERFIELD)
    student.posts("/v1/sign-out")
    campus.database.write(lambda session: setattr(people_store.lock(session, student.id), "active", False))

    campus.skips(seconds=600)

    assert officer.is_ringing
    (row,) = controller.gets(f"{API}/board")["items"]
    assert ("check_in", "student") == (row["trigger"], row["caller"]["name"])


def test_a_server_that_was_down_over_the_second_raises_it_when_it_is_back_and_once(campus: CampusStage) -> None:
    """
    Rows only: whoever starts next does what is due. What has run out is not reminded of any more.
    """
    officer, student = campus.officer(), campus.student()
    sets(student, 10, campus.SHERFIELD)

    campus.clock.now += timedelta(minutes=45)
    campus.restarts()
    campus.restarts()

    assert officer.is_ringing
    assert 1 == len(student.gets("/v1/incidents")["items"])
    assert [] == reminders(campus)
    assert "2026-11-23T14:45:00+00:00" == student.gets("/v1/incidents")["items"][0]["received_at"]


def test_a_position_of_long_ago_is_shown_with_its_time_and_sends_nobody_there(campus: CampusStage) -> None:
    """
    Last known is better than nothing, but the nearest of an hour ago are not the nearest: the whole team is asked.
    """
    officers = [campus.officer(f"officer{number}", at=campus.LIBRARY) for number in range(5)]
    student, controller = campus.student(), campus.controller()
    sets(student, 60, campus.SHERFIELD)

    campus.skips(minutes=60)

    case = student.gets("/v1/incidents")["items"][0]
    assert ("sherfield", "2026-11-23T14:00:00+00:00") == (case["zone"]["id"], case["position"]["recorded_at"])
    assert all(officer.is_ringing for officer in officers)
    assert {None} == {officer.offers[0]["distance_m"] for officer in officers}
    rung = controller.gets(f"{API}/incidents/{case['id']}/explain")["rungs"][0]["words"]
    assert "no usable position" in rung
    officers[0].accepts()
    assert [None] == [one["eta_s"] for one in student.gets("/v1/incidents")["items"][0]["responders"]]


def test_a_phone_that_goes_on_telling_where_it_is_is_looked_for_there(campus: CampusStage) -> None:
    """
    By request, newest wins; without duty or check-in nothing is taken.
    """
    officers = [campus.officer(f"officer{number}", at=campus.LIBRARY) for number in range(5)]
    student = campus.student()
    here = {"seq": 2, "latitude": 51.4980, "longitude": -0.1760, "accuracy_m": 8.0}
    refused = student.posts("/v1/positions", here, expecting=409)
    sets(student, 60, campus.SHERFIELD)
    campus.skips(seconds=3500)

    taken = [student.posts("/v1/positions", one)["taken"] for one in (here, {**here, "seq": 1, "latitude": 51.0})]
    campus.skips(seconds=100)

    assert "/problems/off-duty" == refused["type"]
    assert [1, 0] == taken
    case = student.gets("/v1/incidents")["items"][0]
    assert ("chemistry", 51.498) == (case["zone"]["id"], case["position"]["latitude"])
    assert 3 == sum(officer.is_ringing for officer in officers)
    student.posts("/v1/positions", here, expecting=409)


def test_an_officers_own_check_in_moves_with_their_duty(campus: CampusStage) -> None:
    """
    One position tells both; an officer alone on a round is a lone worker too.
    """
    officer, colleague = campus.officer(), campus.officer("colleague")
    sets(officer, 10)
    campus.skips(seconds=30)

    officer.is_at(campus.CHEMISTRY)
    campus.skips(seconds=570)

    assert "chemistry" == officer.gets("/v1/incidents")["items"][0]["zone"]["id"]
    assert colleague.is_ringing
    assert not officer.is_ringing


def test_a_check_in_of_an_exercise_person_asks_exercise_officers_only(campus: CampusStage) -> None:
    """
    The person decides, whatever runs out.
    """
    real, played = campus.officer("real"), campus.officer("played", exercise=True)
    student = campus.student(exercise=True)
    sets(student, 1, campus.SHERFIELD)

    campus.skips(seconds=60)

    assert (False, True) == (real.is_ringing, played.is_ringing)
    assert student.gets("/v1/incidents")["items"][0]["exercise"]


def test_several_run_out_in_one_second(campus: CampusStage) -> None:
    """
    Each is a case of its own person.
    """
    students = [campus.student(f"student{number}") for number in range(4)]
    for student in students:
        sets(student, 1)

    campus.skips(seconds=60)

    cases = [student.gets("/v1/incidents")["items"] for student in students]
    assert [1, 1, 1, 1] == [len(one) for one in cases]


def test_one_that_cannot_be_run_out_is_tried_again_and_the_control_room_knows(campus: CampusStage) -> None:
    """
    Here nobody can say who takes a case: one alarm, and the emergency as soon as somebody can (promise I9).
    """
    student, configuration = campus.student(), campus.configuration
    sets(student, 1)
    campus.clock.now += timedelta(seconds=60)
    campus.database.write(lambda session: session.execute(sa.delete(CampusVersion)))

    for _ in range(4):
        campus.service.rounds.expire()
        campus.clock.now += timedelta(seconds=5)
    standing = campus.alarms()
    campus.database.write(import_campus, configuration, by=None, now=campus.clock())
    campus.settles()

    assert ["dead_letter"] == standing
    assert "ran_out" == student.gets("/v1/check-in")["state"]
    assert 1 == len(student.gets("/v1/incidents")["items"])
