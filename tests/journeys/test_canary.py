"""The canary lives in the exercise world and is nobody's business there; its silence is the control room's."""

from datetime import timedelta
from typing import Any

import pytest

from backend.dispatch.missing import miss_canary
from backend.incidents import played_case_store
from backend.kernel.vocabulary import Face
from backend.people.player import CANARY
from infra import exercise
from infra.canary.keeping import PRESSER, ROBOT
from tests.campus import CampusStage
from tests.campus_people import Officer, Person

PATIENCE = timedelta(minutes=3)


@pytest.fixture
def pair(campus: CampusStage) -> tuple[Person, Officer]:
    """The one who presses and the robot, which is on duty with a socket open."""
    presser, robot = exercise.muster(campus.database, [PRESSER, ROBOT], campus.clock)
    officer = Officer(campus, robot.id, "robot", robot.token)
    return Person(campus, presser.id, "presser", presser.token), officer.goes_on_duty()


def sings(pair: tuple[Person, Officer]) -> dict[str, Any]:
    presser, robot = pair
    case = presser.taps("emergency", subtype="canary")
    robot.accepts()
    robot.moves("resolved", case["id"])
    return presser.looks()


def is_missed(campus: CampusStage, since: Any) -> None:
    campus.database.write(miss_canary, expected_since=since, patience=PATIENCE, now=campus.clock())
    campus.settles()


def test_only_the_robot_is_asked_and_nobody_watches(campus: CampusStage, pair: tuple[Person, Officer]) -> None:
    """
    Officers and controllers of the exercise hear nothing of it, and neither does anybody real.
    """
    played, real = campus.officer("played", exercise=True), campus.officer("real")
    consoles = [campus.controller("exercise", exercise=True), campus.controller("control")]
    quiet = [len(console.messages()) for console in consoles]

    pair[0].taps("emergency", subtype="canary")
    board = [console.gets("/console/api/board") for console in consoles]
    officers = consoles[0].gets("/console/api/officers")["items"]
    case = sings(pair)

    assert ("resolved", "canary", True) == (case["state"], case["team"]["id"], case["exercise"])
    assert [] == [*played.offers, *real.offers, *played.heard("offer"), *real.heard("offer")]
    assert quiet == [len(console.messages()) for console in consoles]
    assert [([], 1), ([], 1)] == [(one["items"], one["officers_on_duty"]) for one in board]
    assert ["played"] == [one["name"] for one in officers]
    assert [] == consoles[0].gets("/console/api/incidents")["items"]
    assert [] == campus.audit_faults()


def test_a_drill_does_not_reach_the_robot(campus: CampusStage, pair: tuple[Person, Officer]) -> None:
    """
    An exercise case is offered to exercise officers, and never to the canary's.
    """
    played = campus.officer("played", exercise=True)

    campus.student("player", exercise=True).taps("emergency", at=campus.SHERFIELD)

    assert played.is_ringing
    assert [] == pair[1].offers


def test_a_real_persons_word_does_not_make_a_press_a_canarys(campus: CampusStage, pair: tuple[Person, Officer]) -> None:
    """
    Whatever a body says: a real tap of that subtype is an ordinary tap.
    """
    officer = campus.officer()

    case = campus.student().taps("emergency", at=campus.SHERFIELD, subtype="canary")

    assert "security" == case["team"]["id"]
    assert officer.is_ringing
    assert [] == pair[1].offers


def test_a_press_that_nobody_answers_alarms_nobody_by_itself(campus: CampusStage, pair: tuple[Person, Officer]) -> None:
    """
    Not even by its ladder's end: one alarm for the silence is enough.
    """
    pair[1].goes_off_duty()

    pair[0].taps("emergency", subtype="canary", at=campus.PARIS)
    campus.skips(minutes=15)

    assert [] == campus.alarms()


def test_the_robots_coming_and_going_is_nobodys_duty(campus: CampusStage, pair: tuple[Person, Officer]) -> None:
    """
    When the last human officer of the exercise leaves, it is deserted, robot or not; the robot answers no alarm.
    """
    played = campus.officer("played", exercise=True)

    pair[1].goes_off_duty()
    assert [] == campus.alarms()
    pair[1].goes_on_duty()
    played.goes_off_duty()
    assert ["nobody_reachable"] == campus.alarms(standing_only=True)
    pair[1].goes_off_duty()
    pair[1].goes_on_duty()

    assert ["nobody_reachable"] == campus.alarms(standing_only=True)


def test_silence_is_an_alarm_once_until_it_has_sung_again(campus: CampusStage, pair: tuple[Person, Officer]) -> None:
    """
    It stands until a person takes it, does not sound anew while the silence goes on, and does for the next silence.
    """
    control, since = campus.controller("control"), campus.clock()
    sings(pair)
    campus.passes(seconds=179)
    is_missed(campus, since)
    assert [] == campus.alarms()

    campus.passes(seconds=2)
    is_missed(campus, since)
    (alarm,) = control.heard("alarm")
    assert ("canary_missing", None, False) == (alarm["reason"], alarm["incident_id"], alarm["exercise"])

    control.posts(f"/console/api/alarms/{alarm['alarm_id']}/take")
    campus.skips(hours=1)
    is_missed(campus, since)
    assert ["canary_missing"] == campus.alarms()
    assert [] == campus.alarms(standing_only=True)

    pair[1].goes_on_duty()
    sings(pair)
    campus.passes(seconds=200)
    is_missed(campus, since)
    assert ["canary_missing"] == campus.alarms(standing_only=True)


def test_a_service_that_was_stopped_owes_nothing_for_the_time(
    campus: CampusStage, pair: tuple[Person, Officer]
) -> None:
    """
    After a night's stop the canary has three intervals to sing before it is missed.
    """
    sings(pair)
    campus.skips(hours=9)
    started = campus.clock()

    is_missed(campus, started)
    campus.passes(seconds=179)
    is_missed(campus, started)

    assert [] == campus.alarms()


def test_what_the_canary_leaves_is_cleared_away(campus: CampusStage, pair: tuple[Person, Officer]) -> None:
    """
    Cases of more than a day ago go with all that belongs to them; the streams' numbers go on, and the log stands.
    """
    old = sings(pair)
    campus.skips(hours=25)
    pair[1].goes_on_duty()
    young = sings(pair)
    ids = exercise.of_domain(campus.database, CANARY)

    cleared = exercise.clear(campus.database, ids, campus.clock, closed_before=campus.clock() - timedelta(days=1))

    assert 1 == cleared
    assert [young["id"]] == [one["id"] for one in pair[0].gets("/v1/incidents")["items"]]
    assert 404 == pair[0].asks("GET", f"/v1/incidents/{old['id']}").status_code
    assert not [one for one in campus.deliveries("push") if str(one.incident_id) == old["id"]]
    assert campus.database.read(played_case_store.last_flight) is not None
    assert [] == campus.audit_faults()


def test_mustering_again_ends_the_sign_ins_of_before(campus: CampusStage, pair: tuple[Person, Officer]) -> None:
    """
    A canary that is started again gets new tokens, and the old ones open nothing.
    """
    presser, _ = exercise.muster(campus.database, [PRESSER, ROBOT], campus.clock)

    assert 401 == pair[0].asks("GET", "/v1/me").status_code
    assert presser.id == pair[0].id
    assert 200 == Person(campus, presser.id, "presser", presser.token, Face.HANDSET).asks("GET", "/v1/me").status_code
