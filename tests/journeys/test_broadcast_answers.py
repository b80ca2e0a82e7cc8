"""What people say back: safe, need help, not here; the last one wins, and need help is a case at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest

from backend.answers.answering import take_answer
from backend.broadcasts.spoken import Part
from backend.kernel.vocabulary import Answer, Severity
from tests.campus import CampusStage
from tests.journeys.console import lines
from tests.journeys.warned import FIRE, SHERFIELD, answers, entry_of, says, told, warns

OUT = {"en": {"title": "The fire is out", "body": "You may go back in."}}


def test_an_answer_changed_to_need_help_opens_a_case_that_is_routed_like_a_tap(campus: CampusStage) -> None:
    """
    Safe first, then an update, then need help: an officer is asked, and the case says which broadcast it answers.
    """
    officer = campus.officer(at=campus.SHERFIELD)
    student = campus.student()
    fire = warns(campus, student)
    assert "safe" == answers(student, fire, "safe")["my_answer"]
    says(campus, fire, {"en": {"title": "The fire has spread", "body": "Stay away."}}, Part.UPDATE)

    said = answers(student, fire, "need_help", position={"latitude": campus.LIBRARY[0], "longitude": campus.LIBRARY[1]})

    case = said["case"]
    assert ("need_help", "emergency", "broadcast_answer") == (said["my_answer"], case["kind"], case["trigger"])
    assert campus.LIBRARY[0] == case["position"]["latitude"]
    assert [case["id"]] == [offer["incident"]["id"] for offer in officer.offers]
    notes = [one["text"] for one in student.gets(f"/v1/incidents/{case['id']}/messages")["items"]]
    assert ["Answered NEED HELP to: The fire has spread"] == notes
    assert "need_help" == told(student)[0]["my_answer"]


def test_a_phone_that_was_off_throughout_sees_only_the_end(campus: CampusStage) -> None:
    """
    Alert, update, all clear: one thread, in its last words, and nothing of it is live.
    """
    student = campus.student()
    fire = warns(campus, student)
    says(campus, fire, {"en": {"title": "Worse", "body": "Stay away."}}, Part.UPDATE)
    says(campus, fire, OUT, Part.ALL_CLEAR)

    live, all_of_it = told(student), told(student, active=False)

    assert [] == live
    (end,) = all_of_it
    assert (str(fire), 3, "The fire is out") == (end["id"], end["version"], end["title"])
    assert (True, "all_clear", None) == (end["ended"], end["part"], end["next_update_at"])

    campus.clock.now += timedelta(hours=25)

    assert [] == told(student, active=False)


def test_need_help_twice_joins_the_open_case_and_safe_does_not_close_it(campus: CampusStage) -> None:
    """
    Retries say it once; a new place is taken; only people close cases.
    """
    student = campus.student()
    fire = warns(campus, student)
    first = answers(student, fire, "need_help")["case"]

    again = answers(
        student, fire, "need_help", position={"latitude": campus.CHEMISTRY[0], "longitude": campus.CHEMISTRY[1]}
    )
    safe = answers(student, fire, "safe")

    assert first["id"] == again["case"]["id"]
    assert campus.CHEMISTRY[0] == again["case"]["position"]["latitude"]
    assert ("safe", None) == (safe["my_answer"], safe["case"])
    (case,) = student.gets("/v1/incidents?open=true")["items"]
    assert first["id"] == case["id"]
    assert 1 == len(student.gets(f"/v1/incidents/{case['id']}/messages")["items"])


def test_need_help_after_the_case_was_closed_opens_another(campus: CampusStage) -> None:
    """
    Also with the same answer as before, and with what is needed said again.
    """
    student, controller = campus.student(), campus.controller()
    fire = warns(campus, student)
    first = answers(student, fire, "need_help")["case"]
    controller.posts(f"/console/api/incidents/{first['id']}/resolve", {"note": None})

    second = answers(student, fire, "need_help")["case"]

    assert first["id"] != second["id"]
    notes = [one["text"] for one in student.gets(f"/v1/incidents/{second['id']}/messages")["items"]]
    assert ["Answered NEED HELP to: Fire in Sherfield"] == notes


def test_what_is_less_than_severe_asks_for_help_and_not_for_an_emergency(campus: CampusStage) -> None:
    """
    How bad it is decides the kind of the case.
    """
    student = campus.student()
    leak = warns(campus, student, severity=Severity.MODERATE)

    case = answers(student, leak, "need_help")["case"]

    assert "help" == case["kind"]


@pytest.mark.parametrize(
    "body",
    [
        {"answer": "need_help", "position": {"latitude": 400, "longitude": "west"}},
        {"answer": "NEED-HELP", "position": "in the library", "mood": ["low"]},
        {"answer": " need help ", "position": {"latitude": 51.4, "longitude": 1e300}},
        {"answer": "need_help", "position": [], "tap_id": 7, "silent": "perhaps"},
    ],
)
def test_need_help_is_never_refused_for_its_details(campus: CampusStage, body: dict[str, object]) -> None:
    """
    What cannot be understood is left out, and a bad position is no position.
    """
    student = campus.student()
    fire = warns(campus, student)

    said = student.posts(f"/v1/broadcasts/{fire}/answer", body)

    assert ("need_help", None) == (said["my_answer"], said["case"]["position"])
    entry = entry_of(campus, fire, student)
    assert entry is not None
    assert entry.position is None


def test_what_is_no_answer_is_a_problem_that_says_whom_to_ring(campus: CampusStage) -> None:
    """
    None of the three cannot be guessed; nor can a stranger's be taken.
    """
    student = campus.student()
    fire = warns(campus, student)

    wrong = student.asks("POST", f"/v1/broadcasts/{fire}/answer", {"answer": "perhaps"})
    nowhere = student.asks("POST", f"/v1/broadcasts/{uuid4()}/answer", {"answer": "need_help"})
    stranger = campus.client.post(f"/v1/broadcasts/{fire}/answer", json={"answer": "need_help"})

    assert [422, 404, 401] == [one.status_code for one in (wrong, nowhere, stranger)]
    assert all("999" in [number["number"] for number in one.json["call"]] for one in (wrong, nowhere, stranger))
    assert "answer" == wrong.json["errors"][0]["field"]


def test_a_sign_in_that_ran_out_is_good_for_an_answer(campus: CampusStage) -> None:
    """
    For thirty days, as it is for a tap.
    """
    student = campus.student()
    campus.clock.now += timedelta(days=100)
    fire = warns(campus, student)

    said = answers(student, fire, "need_help")

    assert "emergency" == said["case"]["kind"]


def test_of_two_answers_the_one_that_arrived_last_stands(campus: CampusStage) -> None:
    """
    Whatever the order in which they are taken; who said need help has a case all the same.
    """
    student = campus.student()
    fire = warns(campus, student)
    early, late = campus.clock(), campus.clock() + timedelta(milliseconds=5)

    campus.database.write(take_answer, fire, student.id, Answer.SAFE, channel="app", now=late)
    overtaken = campus.database.write(take_answer, fire, student.id, Answer.NEED_HELP, channel="sms", now=early)

    assert ("safe", "app", late) == (
        overtaken.entry.answer,
        overtaken.entry.answered_by,
        overtaken.entry.answered_at,
    )
    assert "raised" == overtaken.case.state


def test_sixteen_answers_at_once_are_one_place_on_the_roll_and_one_case(campus: CampusStage) -> None:
    """
    Of somebody who is not on the roll yet, by several channels in the same instant.
    """
    student = campus.student()
    fire = warns(campus)
    given = [(Answer.NEED_HELP, "app"), (Answer.SAFE, "sms")] * 8

    def take(number: int) -> None:
        at = campus.clock() + timedelta(milliseconds=number)
        answer, channel = given[number]
        campus.database.write(take_answer, fire, student.id, answer, channel=channel, now=at)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(take, range(16)))
    campus.settles()

    entry = entry_of(campus, fire, student)
    assert entry is not None
    assert ("safe", "sms", campus.clock() + timedelta(milliseconds=15)) == (
        entry.answer,
        entry.answered_by,
        entry.answered_at,
    )
    assert 1 == len(student.gets("/v1/incidents")["items"])


def test_who_needs_help_gets_a_case_when_the_broadcast_is_over(campus: CampusStage) -> None:
    """
    An all clear is not true for everybody.
    """
    student = campus.student()
    fire = warns(campus, student)
    says(campus, fire, OUT, Part.ALL_CLEAR)

    said = answers(student, fire, "need_help")

    assert "emergency" == said["case"]["kind"]


def test_an_exercise_is_for_its_own_people_and_nobody_else(campus: CampusStage) -> None:
    """
    Neither read nor answered across the worlds, and a player's case is an exercise.
    """
    student, player = campus.student("student"), campus.student("player", exercise=True)
    drill, fire = warns(campus, exercise=True), warns(campus)

    crossed = [
        person.asks("POST", f"/v1/broadcasts/{other}/answer", {"answer": "need_help"}).status_code
        for person, other in ((student, drill), (player, fire))
    ]
    case = answers(player, drill, "need_help")["case"]

    assert [404, 404] == crossed
    assert [[str(fire)], [str(drill)]] == [[one["id"] for one in told(person)] for person in (student, player)]
    assert case["exercise"] is True
    assert [] == student.gets("/v1/incidents")["items"]


def test_only_what_is_for_this_person_is_told_in_their_language(campus: CampusStage) -> None:
    """
    On the roll, or everybody; in the account's language, in English where there is no translation.
    """
    arab, german = campus.student("arab", language="ar"), campus.student("german", language="de")
    fire = warns(campus, arab, german)
    elsewhere = warns(campus, arab, audience=SHERFIELD)

    of_arab, of_german = told(arab), told(german)

    assert {str(fire), str(elsewhere)} == {one["id"] for one in of_arab}
    assert [(str(fire), "en", "ltr", FIRE["en"]["title"])] == [
        (one["id"], one["language"], one["direction"], one["title"]) for one in of_german
    ]
    assert {("ar", "rtl", FIRE["ar"]["title"])} == {
        (one["language"], one["direction"], one["title"]) for one in of_arab
    }
    assert 1 == len({one["hash"] for one in [*of_arab, *of_german] if one["id"] == str(fire)})


def test_an_answers_position_is_on_the_roll_and_in_no_audit_line(campus: CampusStage) -> None:
    """
    Where somebody is safe is for the count alone, and the log says who answered what by which channel.
    """
    student = campus.student()
    fire = warns(campus, student)

    answers(student, fire, "safe", position={"latitude": 51.49811234, "longitude": -0.17711234})

    entry = entry_of(campus, fire, student)
    assert entry is not None
    assert 51.49811234 == entry.latitude
    (line,) = [one for one in lines(campus, actor=str(student.id)) if one.action == "broadcast.answered"]
    assert {"answer": "safe", "by": "app"} == line.facts
    assert [] == student.gets("/v1/incidents")["items"]
