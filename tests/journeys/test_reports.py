"""How fast cases were answered, told to those who run the service without telling who was in them."""

import csv
import io
from datetime import UTC, datetime
from typing import Any

import pytest

from backend.kernel.vocabulary import Role
from tests.campus import CampusStage
from tests.campus_people import Person
from tests.journeys.console import API, lines, phoned_in
from tests.journeys.twins import DURESS, has_pins

one_store = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)


def report(person: Person, query: str = "") -> dict[str, Any]:
    told: dict[str, Any] = person.gets(f"{API}/reports{query}")
    return told


def times(case: dict[str, Any]) -> tuple[int | None, ...]:
    return case["answered_s"], case["accepted_s"], case["on_scene_s"], case["resolved_s"]


def test_a_case_is_told_by_its_steps_and_its_place_and_hour(campus: CampusStage) -> None:
    """
    The first answer is a no after 10 s, the first yes comes after 25, somebody is there after 145, it ends at 445.
    """
    near, other = campus.officer("near"), campus.officer("other")
    case_id = campus.student().taps("help", at=campus.SHERFIELD)["id"]
    campus.passes(10)
    ringing = near if near.offers else other
    ringing.declines("busy")
    campus.passes(15)
    coming = other if ringing is near else near
    coming.accepts()
    campus.passes(120)
    coming.moves("on_scene", case_id)
    campus.passes(300)
    coming.moves("resolved", case_id)

    told = report(campus.controller())

    (case,) = told["cases"]
    assert (10, 25, 145, 445) == times(case)
    assert ("help", "resolved", "south-kensington", "sherfield") == tuple(
        case[name] for name in ("kind", "state", "site", "zone")
    )
    assert ("2026-11-23", 14, False) == (case["day"], case["hour"], case["late"])
    assert {"kind": "help", "accepted_s": 300, "on_scene_s": 1200} in told["targets"]


def test_a_case_that_missed_its_target_is_late(campus: CampusStage) -> None:
    """
    Nobody answered within the minute that emergencies have here.
    """
    controller = campus.controller()
    campus.student().taps("emergency", at=campus.LIBRARY)
    before = report(controller)["cases"]

    campus.passes(70)

    assert [False, True] == [before[0]["late"], report(controller)["cases"][0]["late"]]
    assert (None,) * 4 == times(report(controller)["cases"][0])


def test_neither_exercises_nor_the_canary_are_in_it(campus: CampusStage) -> None:
    """
    Nor does whoever is in an exercise see what is real.
    """
    campus.student("real").taps("help")
    campus.student("player", exercise=True).taps("emergency")
    campus.student("bird", exercise=True).taps("help", subtype="canary")
    trainee = campus.somebody("trainee", Role.CONTROLLER, exercise=True)

    told = report(campus.controller())["cases"]

    assert ["help"] == [case["kind"] for case in told]
    assert [] == report(trainee)["cases"]


def test_no_person_is_in_it(campus: CampusStage) -> None:
    """
    Neither a name nor an id of caller, officer or controller, nor what was said, in either form.
    """
    officer, controller = campus.officer("olga"), campus.controller()
    student = campus.student("stella")
    student.taps("help", at=campus.LIBRARY, note="my knee")
    officer.accepts()
    phoned_in(controller, caller={"name": "Reception", "number": "+442075941000"}, note="a fall")

    for path in ("reports", "reports.csv"):
        text = controller.asks("GET", f"{API}/{path}").text
        named = [one for person in (officer, controller, student) for one in (str(person.id), person.name)]
        assert [] == [word for word in (*named, "Reception", "+4420", "knee", "a fall") if word in text], path
        assert "H-2026-" in text


def test_an_admin_is_not_told_where(campus: CampusStage) -> None:
    """
    Where a caller is, is not an admin's to know: the site is told, the building is not.
    """
    campus.student().taps("help", at=campus.SHERFIELD)
    places = {
        role: (case["site"], case["zone"])
        for role in (Role.CONTROLLER, Role.AUDITOR, Role.ADMIN)
        for case in report(campus.somebody(role.value, role))["cases"]
    }

    assert {
        Role.CONTROLLER: ("south-kensington", "sherfield"),
        Role.AUDITOR: ("south-kensington", "sherfield"),
        Role.ADMIN: ("south-kensington", None),
    } == places


def test_days_begin_and_end_by_the_clock_on_the_wall(campus: CampusStage) -> None:
    """
    Half past midnight in a London summer is the evening before in UTC, and belongs to the new day.
    """
    campus.clock.now = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    controller = campus.controller()
    phoned_in(controller)

    assert [("2026-07-01", 0)] == [
        (case["day"], case["hour"]) for case in report(controller, "?from=2026-07-01&to=2026-07-01")["cases"]
    ]
    assert [] == report(controller, "?from=2026-06-01&to=2026-06-30")["cases"]


def test_without_days_it_is_the_last_four_weeks(campus: CampusStage) -> None:
    """
    A case of the twenty-ninth day before is no longer in it.
    """
    controller = campus.controller()
    phoned_in(controller)
    campus.skips(days=27)
    phoned_in(controller)

    first = report(controller)
    campus.skips(days=1)

    assert ("2026-11-23", "2026-12-20", 2) == (first["from"], first["to"], len(first["cases"]))
    assert 1 == len(report(controller)["cases"])


@one_store
@pytest.mark.parametrize(
    "query",
    [
        "?from=2026-11-23&to=2026-11-22",
        "?from=2025-11-22&to=2026-11-23",
        "?from=yesterday",
        "?to=9999-12-31",
        "?to=0001-01-01",
        "?from=0001-01-01&to=0001-01-02",
    ],
)
def test_days_that_make_no_report_are_refused(campus: CampusStage, query: str) -> None:
    """
    In the wrong order, more than a year of them, or no days at all.
    """
    response = campus.controller().asks("GET", f"{API}/reports{query}")

    assert 422 == response.status_code
    assert {error["field"] for error in response.json["errors"]} <= {"from", "to"}


@one_store
def test_the_table_has_the_same_cases(campus: CampusStage) -> None:
    """
    As a file of its own name, to be kept by nobody on the way.
    """
    controller = campus.controller()
    for _ in range(2):
        phoned_in(controller, zone="sherfield")

    response = controller.asks("GET", f"{API}/reports.csv?from=2026-11-01&to=2026-11-30")

    table = list(csv.DictReader(io.StringIO(response.text, newline="")))
    told = report(controller, "?from=2026-11-01&to=2026-11-30")["cases"]
    assert [case["reference"] for case in told] == [line["reference"] for line in table]
    assert {"sherfield"} == {line["zone"] for line in table}
    assert ("text/csv", "no-store") == (response.mimetype, response.headers["Cache-Control"])
    assert 'filename="bluelight-reports-2026-11-01-2026-11-30.csv"' in response.headers["Content-Disposition"]


def test_every_report_leaves_a_line(campus: CampusStage) -> None:
    """
    Which days, in which form, and how many cases; never which.
    """
    auditor = campus.somebody("auditor", Role.AUDITOR)
    campus.student().taps("help")

    report(auditor, "?from=2026-11-23&to=2026-11-23")
    auditor.asks("GET", f"{API}/reports.csv?from=2026-11-23&to=2026-11-23")

    told = [(line.action, line.facts) for line in lines(campus, actor=str(auditor.id), about="board")]
    days = {"from": "2026-11-23", "to": "2026-11-23", "cases": 1}
    assert [("reports.viewed", {"form": form, **days}) for form in ("json", "csv")] == told


def test_a_case_under_duress_is_called_off_to_its_owner_alone(campus: CampusStage) -> None:
    """
    A controller who is forced to show the report shows the case they called off; a colleague sees that it goes on.
    """
    forced, colleague = has_pins(campus.controller("forced")), campus.controller("colleague")
    reference = forced.taps("help", at=campus.LIBRARY)["reference"]
    campus.passes(5)
    forced.posts(f"/v1/incidents/{forced.case['id']}/cancel", {"pin": DURESS, "reason": "all right"})
    officer = campus.officer("late")
    campus.passes(5)
    officer.accepts()

    seen = {one.name: report(one)["cases"] for one in (forced, colleague)}

    ((own,), (true,)) = seen.values()
    assert (reference, "help", "cancelled", None) == (own["reference"], own["kind"], own["state"], own["accepted_s"])
    assert (reference, "emergency", "accepted", 10) == (
        true["reference"],
        true["kind"],
        true["state"],
        true["accepted_s"],
    )
