"""An alarm stands, sounds every minute, and goes elsewhere when nobody looks."""

from typing import Any
from uuid import UUID

import pytest

from backend.alarms.taking import take
from backend.inbox.confirming import confirm
from backend.inbox.message import Recipient
from backend.kernel.errors import Conflict, NotFound
from backend.kernel.vocabulary import Role, Stage
from tests.campus import CampusStage
from tests.campus_people import Person


def alarms(controller: Person) -> list[dict[str, Any]]:
    return controller.heard("alarm")


def nobody_there(campus: CampusStage) -> None:
    """A tap that no officer can be asked about: the control room is alarmed at once."""
    campus.student("alone").taps("help", at=campus.LIBRARY)


def elsewhere(campus: CampusStage) -> list[tuple[str, tuple[str, ...]]]:
    """What the other channels carried about alarms, as channel and targets."""
    return [(one.parcel.channel, one.parcel.values) for one in campus.recorder.sent if "alarm_id" in one.parcel.data]


def takes(campus: CampusStage, alarm: dict[str, Any], person: Person) -> None:
    campus.database.write(take, UUID(alarm["alarm_id"]), by=person.id, exercise=False, now=campus.clock())
    campus.settles()


def test_a_case_nobody_can_be_asked_about_alarms_the_control_room_at_once(campus: CampusStage) -> None:
    """
    It names the reason, the case and since when.
    """
    controller = campus.controller()

    nobody_there(campus)

    (alarm,) = alarms(controller)
    assert alarm["reason"] == "nobody_reachable"
    assert alarm["since"] == "2026-11-23T14:00:00+00:00"
    assert alarm["incident_id"] == controller.heard("incident")[-1]["incident_id"]
    assert campus.audit_faults() == []


def test_an_alarm_is_repeated_every_minute_until_a_person_takes_it(campus: CampusStage) -> None:
    """
    The same alarm, not a new one; once taken it is told a last time and then silent.
    """
    controller = campus.controller()
    nobody_there(campus)
    reason = "nobody_reachable"

    counts = []
    for seconds in (59, 1, 59, 1):
        campus.passes(seconds)
        counts.append(len([one for one in alarms(controller) if one["reason"] == reason]))
    alarm = alarms(controller)[0]
    takes(campus, alarm, controller)
    taken = len([one for one in alarms(controller) if one["reason"] == reason])
    campus.passes(300)

    after = [one for one in alarms(controller) if one["reason"] == reason]
    assert counts == [1, 2, 2, 3]
    assert (taken, len(after)) == (4, 4)
    assert {one["alarm_id"] for one in after} == {alarm["alarm_id"]}


def test_one_alarm_stands_for_each_reason_and_case(campus: CampusStage) -> None:
    """
    A second case has alarms of its own; the same case has one of each reason however long it waits.
    """
    controller = campus.controller()
    nobody_there(campus)
    campus.student("another").taps("help", at=campus.LIBRARY)
    campus.passes(400)

    found = {(one["reason"], one["incident_id"], one["alarm_id"]) for one in alarms(controller)}

    pairs = [(reason, case) for reason, case, _ in found]
    assert len(pairs) == len(set(pairs))
    assert len({case for reason, case in pairs if reason == "nobody_reachable"}) == 2


def test_what_one_person_has_taken_another_cannot(campus: CampusStage) -> None:
    """
    The second is told that somebody has it; the first may say so again.
    """
    first, second = campus.controller("first"), campus.controller("second")
    nobody_there(campus)
    alarm = alarms(first)[0]
    takes(campus, alarm, first)

    with pytest.raises(Conflict) as refused:
        takes(campus, alarm, second)
    takes(campus, alarm, first)

    assert refused.value.kind == "alarm-taken"
    assert len([one for one in alarms(second) if one["alarm_id"] == alarm["alarm_id"]]) == 2


def test_an_alarm_that_is_not_there_cannot_be_taken(campus: CampusStage) -> None:
    """
    Not found, and nothing is written.
    """
    controller = campus.controller()

    with pytest.raises(NotFound):
        campus.database.write(take, UUID(int=7), by=controller.id, exercise=False, now=campus.clock())


def test_an_alarm_no_console_displayed_goes_to_the_team_by_every_other_channel(campus: CampusStage) -> None:
    """
    After fifteen seconds, once, to everybody of the control-room team: push, text and call.
    """
    campus.controller("one", mobile="+442070000001")
    campus.controller("two", mobile="+442070000002")
    _carries(campus.somebody("three", Role.CONTROLLER, teams=["control-room"]), "pocket")
    nobody_there(campus)

    campus.passes(14)
    early = elsewhere(campus)
    campus.passes(1)
    on_time = elsewhere(campus)
    campus.passes(40)

    assert early == []
    assert sorted(on_time) == [
        ("push", ("pocket",)),
        ("sms", ("+442070000001",)),
        ("sms", ("+442070000002",)),
        ("voice", ("+442070000001",)),
        ("voice", ("+442070000002",)),
    ]
    assert elsewhere(campus) == on_time
    assert {one.parcel.sentence for one in campus.recorder.sent} == {"The control room is needed: open Bluelight"}


def test_an_alarm_a_console_displayed_stays_in_the_room(campus: CampusStage) -> None:
    """
    A receipt within fifteen seconds is enough; it still sounds until it is taken.
    """
    controller = campus.controller(mobile="+442070000001")
    nobody_there(campus)
    campus.passes(10)
    _displays(campus, controller)

    campus.passes(50)

    assert elsewhere(campus) == []
    assert len([one for one in alarms(controller) if one["reason"] == "nobody_reachable"]) == 2


def test_an_alarm_that_was_taken_goes_nowhere_else(campus: CampusStage) -> None:
    """
    A person who looks after it is better than a receipt.
    """
    controller = campus.controller(mobile="+442070000001")
    nobody_there(campus)
    for alarm in alarms(controller):
        takes(campus, alarm, controller)

    campus.passes(59)

    assert elsewhere(campus) == []


def test_an_exercise_alarm_rings_nobody_real(campus: CampusStage) -> None:
    """
    A drill at three in the morning wakes only who plays in it.
    """
    real = campus.controller("real", mobile="+442070000001")
    played = campus.controller("played", mobile="+442070000002", exercise=True)
    campus.student("player", exercise=True).taps("help", at=campus.LIBRARY)

    campus.passes(20)

    assert alarms(real) == []
    assert [one["reason"] for one in alarms(played)] == ["nobody_reachable"]
    assert {targets for _, targets in elsewhere(campus)} == {("+442070000002",)}


def test_alarms_survive_a_restart(campus: CampusStage) -> None:
    """
    Nothing of an alarm lives in memory: the next process goes on sounding it.
    """
    controller = campus.controller()
    nobody_there(campus)
    campus.restarts()

    campus.passes(60)

    assert len([one for one in alarms(controller) if one["reason"] == "nobody_reachable"]) == 2


def _displays(campus: CampusStage, console: Person) -> None:
    """The console shows everything it has, as its socket would say."""
    recipient = Recipient(console.id, console.face)
    ids = [UUID(message["id"]) for message in console.messages()]
    campus.database.write(confirm, recipient, ids, Stage.DISPLAYED, now=campus.clock())
    campus.settles()


def _carries(person: Person, where: str) -> None:
    push = {"kind": "fid", "value": where}
    body = {"installation_id": where, "platform": "ios", "push": push}
    assert person.asks("PUT", "/v1/handset", body).status_code == 200
