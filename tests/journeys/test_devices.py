"""A button that is no phone: signed, never refused for its details, one press one case."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from backend.devices import registering
from backend.devices.signature import sign
from backend.kernel.vocabulary import Role
from tests.campus import CampusStage
from tests.campus_people import Person
from tests.journeys.buttons import Button, button, button_of
from tests.journeys.console import API


def board(controller: Person) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = controller.gets(f"{API}/board")["items"]
    return rows


def test_a_persons_device_taps_for_its_person(campus: CampusStage) -> None:
    """
    Their case, their phone tells it too; officers see what raised it.
    """
    officer, student = campus.officer(), campus.student()

    answer = button_of(campus, student).is_pressed(
        {"press_id": "4711", "position": {"latitude": 51.4985, "longitude": -0.177}, "note": " on the roof "}
    )

    assert 201 == answer.status_code
    assert {"id", "reference", "kind", "state", "received_at", "exercise"} == set(answer.json)
    (case,) = student.gets("/v1/incidents")["items"]
    assert (answer.json["id"], "device", "sherfield") == (case["id"], case["trigger"], case["zone"]["id"])
    assert "on the roof" == officer.offers[0]["incident"]["note"]
    assert student.heard("incident")
    assert campus.audit_faults() == []


def test_a_press_of_theirs_joins_the_case_they_have(campus: CampusStage) -> None:
    """
    As any other tap of the same person and kind.
    """
    student = campus.student()
    case = student.taps("emergency")

    answer = button_of(campus, student).is_pressed({"press_id": 1})

    assert (200, case["id"]) == (answer.status_code, answer.json["id"])


def test_a_button_on_a_wall_opens_a_case_that_is_nobodys_at_its_zone(campus: CampusStage) -> None:
    """
    Like one phoned in: the control room reads which button it was.
    """
    officer, controller = campus.officer(), campus.controller()

    answer = button(campus).is_pressed({"press_id": "a", "note": "alarm contact 3"})

    assert 201 == answer.status_code
    assert officer.is_ringing
    (row,) = board(controller)
    assert ("device", "sherfield", "Library desk") == (row["trigger"], row["zone"]["id"], row["caller"]["name"])
    assert (None, "alarm contact 3") == (row["caller"]["person_id"], row["note"])
    told = controller.gets(f"{API}/incidents/{answer.json['id']}/messages")["items"]
    assert ["alarm contact 3"] == [one["text"] for one in told]


def test_a_button_whose_place_is_known_to_the_metre_sends_the_nearest(campus: CampusStage) -> None:
    """
    Where it hangs decides, whatever it says of that itself.
    """
    near, far = campus.officer("near", at=campus.LIBRARY), [campus.officer(f"far{n}", at=campus.BEIT) for n in range(4)]
    far[0].is_at(campus.CHEMISTRY)

    button(campus, "help", place=campus.LIBRARY).is_pressed({"position": {"latitude": 51.4100, "longitude": -0.6420}})

    assert near.is_ringing
    assert [] == [one.name for one in far if one.is_ringing]


def test_the_same_press_sent_again_is_the_same_case(campus: CampusStage) -> None:
    """
    By its id, or without one by its signature; also when that is written differently.
    """
    wall, student = button(campus), campus.student()
    own = button_of(campus, student)
    for device in (wall, own):
        first = device.is_pressed({"press_id": "x"})
        campus.clock.now += timedelta(seconds=3)
        controller_closes(campus, first.json["id"])

        again = device.is_pressed({"press_id": "x", "battery": 12})

        assert (201, 200, first.json["id"]) == (first.status_code, again.status_code, again.json["id"])
    at = int(campus.clock().timestamp())
    header = sign(wall.secret, b"{}", at=at)
    turned = ",".join(header.split(",")[::-1])

    once, twice = wall.is_pressed(raw=b"{}", header=header), None
    controller_closes(campus, once.json["id"])
    twice = wall.is_pressed(raw=b"{}", header=turned)

    assert (201, 200, once.json["id"]) == (once.status_code, twice.status_code, twice.json["id"])


def controller_closes(campus: CampusStage, incident_id: str) -> None:
    closer = campus.somebody(f"closer{uuid4()}", Role.CONTROLLER)
    closer.posts(f"{API}/incidents/{incident_id}/resolve", {"note": "looked after"})


def test_pressed_again_and_again_a_wall_button_has_one_open_case(campus: CampusStage) -> None:
    """
    Every press is kept in it with its note, and nothing limits them; after the end the next opens another.
    """
    controller, wall = campus.controller(), button(campus)

    answers = [wall.is_pressed({"press_id": number, "note": f"press {number}"}) for number in range(30)]
    (case,) = board(controller)
    whole = controller.gets(f"{API}/incidents/{case['id']}")
    controller_closes(campus, case["id"])
    after = wall.is_pressed({"press_id": 99})

    assert [201] + [200] * 29 == [answer.status_code for answer in answers]
    assert 30 == len(whole["taps"])
    said = controller.gets(f"{API}/incidents/{case['id']}/messages")["items"]
    assert {f"press {number}" for number in range(30)} == {one["text"] for one in said}
    assert 201 == after.status_code
    assert case["id"] != after.json["id"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b'{"press_id": [1], "battery": "full", "note": 7, "position": "here", "vendor": {"a": 1}}',
        b'{"press_id": "", "battery": 1e9, "note": null, "position": {"latitude": 900}}',
        json.dumps({"press_id": "x" * 5000, "note": "y" * 5000, "battery": -3}).encode(),
    ],
)
def test_a_press_is_never_refused_for_its_details(campus: CampusStage, body: bytes) -> None:
    """
    What cannot be understood is left out.
    """
    answer = button(campus).is_pressed(raw=body)

    assert 201 == answer.status_code


def test_what_is_not_signed_just_now_is_refused_and_says_whom_to_ring(campus: CampusStage) -> None:
    """
    A wrong signature, another body, another device's secret, one caught an hour ago: 401 with `call`, and no case.
    """
    controller, wall, other = campus.controller(), button(campus), button(campus)
    caught = sign(wall.secret, b"{}", at=int(campus.clock().timestamp()))
    campus.skips(hours=1)
    now = int(campus.clock().timestamp())

    refused = [
        wall.is_pressed(raw=b"{}", header=""),
        wall.is_pressed(raw=b"{}", header=f"t={now},v1={'0' * 64}"),
        wall.is_pressed(raw=b"{ }", header=sign(wall.secret, b"{}", at=now)),
        wall.is_pressed(raw=b"{}", header=sign(other.secret, b"{}", at=now)),
        Button(campus, uuid4(), wall.secret).is_pressed(),
    ]
    late = wall.is_pressed(raw=b"{}", header=caught)

    assert {401} == {answer.status_code for answer in (*refused, late)}
    assert {"/problems/signature-not-good"} == {answer.json["type"] for answer in refused}
    assert "/problems/signature-too-old" == late.json["type"]
    assert all("999" in [one["number"] for one in answer.json["call"]] for answer in (*refused, late))
    assert [] == board(controller)


def test_a_signed_body_that_is_no_object_is_refused_as_a_taps_is(campus: CampusStage) -> None:
    """
    There is nothing to read; the numbers to ring are told.
    """
    refused = button(campus).is_pressed(raw=b"[1]")

    assert 400 == refused.status_code
    assert refused.json["call"]


def test_a_clock_that_is_a_few_minutes_off_costs_nothing(campus: CampusStage) -> None:
    """
    Either way.
    """
    wall = button(campus)

    answers = []
    for off_s in (-600, 600):
        wall.clock_off_s = off_s
        answers.append(wall.is_pressed().status_code)

    assert [201, 200] == answers


def test_another_secret_ends_the_one_before_and_a_removed_device_is_heard_no_more(campus: CampusStage) -> None:
    """
    At once, and without a secret in any row.
    """
    wall = button(campus)
    _, renewed = campus.database.write(registering.rotate, wall.id, by=None, now=campus.clock())

    old = wall.is_pressed()
    wall.secret, before = renewed, wall.secret
    new = wall.is_pressed()
    campus.database.write(registering.remove, wall.id, by=None, now=campus.clock())
    removed = wall.is_pressed()

    assert before != renewed
    assert [401, 201, 401] == [old.status_code, new.status_code, removed.status_code]


def test_a_zone_that_the_campus_no_longer_has_does_not_refuse_a_press(campus: CampusStage) -> None:
    """
    The case stands, and says by its name which button it was.
    """
    wall, controller = button(campus), campus.controller()
    campus.configure(zones=tuple(zone for zone in campus.configuration.zones if zone.id != "sherfield"))

    answer = wall.is_pressed()

    assert 201 == answer.status_code
    assert (None, "Library desk") == (board(controller)[0]["zone"], board(controller)[0]["caller"]["name"])


def test_a_device_of_an_exercise_asks_exercise_officers_only(campus: CampusStage) -> None:
    """
    One on a wall says so itself, somebody's is in its person's world.
    """
    real, played = campus.officer("real"), campus.officer("played", exercise=True)
    student = campus.student(exercise=True)

    wall = button(campus, exercise=True).is_pressed()
    own = button_of(campus, student).is_pressed()

    assert (True, True) == (wall.json["exercise"], own.json["exercise"])
    assert (False, 2) == (real.is_ringing, len(played.offers))


def test_every_press_and_every_change_of_a_device_leaves_a_line(campus: CampusStage) -> None:
    """
    Which button, which case; who for a person's own.
    """
    student, auditor = campus.student(), campus.somebody("auditor", Role.AUDITOR)
    own = button_of(campus, student)
    own.is_pressed({"press_id": 1})
    campus.database.write(registering.rotate, own.id, by=None, now=campus.clock())
    campus.database.write(registering.remove, own.id, by=None, now=campus.clock())

    lines = auditor.gets(f"{API}/audit?about=device&about_id={own.id}")["items"][::-1]

    assert ["device.added", "device.pressed", "device.rotated", "device.removed"] == [one["action"] for one in lines]
    assert str(student.id) == lines[1]["actor"]
