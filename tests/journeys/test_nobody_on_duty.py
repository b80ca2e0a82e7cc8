"""The control room is alarmed when the last officer leaves duty: once, by whatever way, and until somebody is there."""

from collections.abc import Callable

import pytest

from backend.kernel.vocabulary import Role
from notifications.relaying import relay
from tests.campus import CampusStage
from tests.campus_people import Officer
from tests.journeys.console import API
from tests.journeys.trusted import stepped_up


def goes_off(officer: Officer) -> None:
    officer.goes_off_duty()


def signs_out(officer: Officer) -> None:
    officer.posts("/v1/sign-out", expecting=204)


def is_ended(officer: Officer) -> None:
    officer.campus.controller("ender").posts(f"{API}/sessions/{officer.id}/end")


def loses_the_role(officer: Officer) -> None:
    admin = stepped_up(officer.campus.somebody("admin", Role.ADMIN))
    assert admin.asks("PUT", f"{API}/people/{officer.id}/roles", {"roles": []}).status_code == 200
    officer.campus.settles()


def works_thirteen_hours(officer: Officer) -> None:
    officer.campus.skips(hours=13)


@pytest.mark.parametrize("leaves", [goes_off, signs_out, is_ended, loses_the_role, works_thirteen_hours])
def test_the_last_to_leave_alarms_the_control_room(campus: CampusStage, leaves: Callable[[Officer], None]) -> None:
    """
    Without a case: there is none yet, and nobody could come if there were.
    """
    officer, controller = campus.officer(), campus.controller()

    leaves(officer)

    (alarm,) = controller.heard("alarm")
    assert ("nobody_reachable", None, None) == (alarm["reason"], alarm["incident_id"], alarm["taken_at"])
    assert ["nobody_reachable"] == campus.alarms(standing_only=True)
    assert [] == campus.audit_faults()


def test_who_leaves_others_behind_alarms_nobody(campus: CampusStage) -> None:
    """
    A break is duty; an officer who was on no duty leaves nothing.
    """
    stays, leaves = campus.officer("stays"), campus.officer("leaves")
    never = campus.officer("never", on_duty=False)
    stays.goes_on_duty(state="break")

    leaves.goes_off_duty()
    never.posts("/v1/sign-out", expecting=204)

    assert [] == campus.alarms()


def test_two_who_leave_together_are_one_alarm(campus: CampusStage) -> None:
    """
    Also when a person has taken it before the second of them is told of.
    """
    first, second, controller = campus.officer("first"), campus.officer("second"), campus.controller()
    for officer in (first, second):
        assert officer.asks("PUT", "/v1/duty", {"state": "off_duty"}).status_code == 200
    campus.database.write(relay, now=campus.clock(), most=1)
    (alarm,) = controller.gets(f"{API}/alarms")["items"]
    controller.posts(f"{API}/alarms/{alarm['alarm_id']}/take")

    campus.settles()

    assert ["nobody_reachable"] == campus.alarms()


def test_the_first_to_come_answers_it(campus: CampusStage) -> None:
    """
    The alarm falls silent on every console, in that officer's name, and sounds anew the next time.
    """
    officer, controller = campus.officer(), campus.controller()
    officer.goes_off_duty()
    campus.passes(60)

    officer.goes_on_duty()

    last = controller.heard("alarm")[-1]
    assert (str(officer.id), []) == (last["taken_by"], campus.alarms(standing_only=True))
    sounded = len(controller.heard("alarm"))
    campus.passes(300)
    assert sounded == len(controller.heard("alarm"))
    officer.goes_off_duty()
    assert ["nobody_reachable"] == campus.alarms(standing_only=True)


def test_it_stands_and_sounds_until_then(campus: CampusStage) -> None:
    """
    As every alarm does; a case that comes meanwhile has one of its own.
    """
    officer, controller = campus.officer(), campus.controller()
    officer.goes_off_duty()

    campus.passes(120)
    campus.student().taps("help", at=campus.LIBRARY)

    of_no_case = [one for one in controller.heard("alarm") if one["incident_id"] is None]
    assert (3, 1) == (len(of_no_case), len({one["alarm_id"] for one in of_no_case}))
    assert 2 == campus.alarms(standing_only=True).count("nobody_reachable")


def test_an_exercise_that_is_over_alarms_nobody_real(campus: CampusStage) -> None:
    """
    Nor does a real officer on duty hide that the exercise has none; each world has its own alarm.
    """
    real, player = campus.officer("real"), campus.officer("player", exercise=True)
    controller, umpire = campus.controller(), campus.controller("umpire", exercise=True)

    player.goes_off_duty()
    heard = len(controller.heard("alarm")), len(umpire.heard("alarm"))
    real.goes_off_duty()

    assert (0, 1) == heard
    assert (1, 1) == (len(controller.heard("alarm")), len(umpire.heard("alarm")))
