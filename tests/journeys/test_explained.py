"""Why a case went to whom it went: the team, the rungs, who was asked, and why the others were not."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from tests.campus import CampusStage
from tests.campus_people import Person
from tests.journeys.console import case_at, phoned_in


def explained(controller: Person, case_id: str) -> dict[str, Any]:
    found: dict[str, Any] = controller.gets(case_at(case_id, "explain"))
    return found


def not_asked(controller: Person, case_id: str) -> dict[str, tuple[str, str]]:
    """Name to the word and the sentence."""
    return {one["name"]: (one["why"], one["words"]) for one in explained(controller, case_id)["not_asked"]}


def rungs(controller: Person, case_id: str) -> list[str]:
    return [rung["state"] for rung in explained(controller, case_id)["rungs"]]


def test_the_team_and_its_routes_are_explained(campus: CampusStage) -> None:
    """
    A sentence for every route of the kind, why it won or lost.
    """
    controller = campus.controller()
    case_id = phoned_in(controller, subtype="facility_defect", zone="sherfield")["id"]

    told = explained(controller, case_id)

    assert ({"id": "customer-services", "name": "Customer Services Centre"}, True) == (told["team"], told["mailbox"])
    assert "Customer Services Centre takes help (facility defect)." == told["because"]
    assert [
        "Community Safety and Security, for help: loses: another is more specific.",
        "Safety Department, for help (accident): loses: it is for another subtype.",
        "Customer Services Centre, for help (facility defect): wins: the most specific.",
    ] == told["routes"][:3]
    assert told["by_todays_routes"] is None


def test_a_person_who_moved_on_did_not_move_the_case(campus: CampusStage) -> None:
    """
    The routes are explained by where the case was when it was raised; new routes since then are said to be new.
    """
    controller, student = campus.controller(), campus.student()
    case_id = student.taps("help", at=campus.LIBRARY)["id"]
    campus.passes(seconds=10)
    student.posts(
        f"/v1/incidents/{case_id}/positions",
        {"latitude": campus.SILWOOD[0], "longitude": campus.SILWOOD[1], "accuracy_m": 5.0},
    )

    told = explained(controller, case_id)
    routes = [replace(one, team="first-aid") if one.kind == "help" else one for one in campus.configuration.routes]
    campus.configure(routes=tuple(routes))
    later = explained(controller, case_id)

    assert "security" == told["team"]["id"]
    assert told["by_todays_routes"] is None
    assert told["because"] == later["because"]
    assert "First aiders takes help." == later["by_todays_routes"]


def test_the_rungs_are_told_with_their_seconds(campus: CampusStage) -> None:
    """
    Taken or waiting while the case is nobody's; not needed once enough have it; anew when it is asked again.
    """
    controller, officer = campus.controller(), campus.officer(at=campus.LIBRARY)
    case_id = campus.student().taps("help", at=campus.LIBRARY)["id"]
    received = campus.clock()

    told = explained(controller, case_id)
    campus.passes(seconds=121)
    waiting = rungs(controller, case_id)
    officer.accepts()
    staffed = rungs(controller, case_id)
    campus.passes(seconds=1800)
    again = explained(controller, case_id)

    due = [(received + timedelta(seconds=after)).isoformat() for after in (0, 120, 300)]
    assert due == [rung["due_at"] for rung in told["rungs"]]
    assert [
        "Asks the nearest 1 of Community Safety and Security on duty.",
        "Asks everybody of Community Safety and Security on duty at South Kensington Campus.",
        "Asks everybody of Community Safety and Security on duty, and alarms the control room.",
    ] == [rung["words"] for rung in told["rungs"]]
    assert due[1] == told["next_step_at"]
    assert ["taken", "taken", "waiting"] == waiting
    assert ["taken", "taken", "not_needed"] == staffed
    assert (1, [0]) == (again["climb"], [one["climb"] for one in again["asked"]])
    assert again["ladder_from"] > told["ladder_from"]


def test_who_was_asked_is_told_with_the_reason(campus: CampusStage) -> None:
    """
    Who, on which rung, how far away, and what they said.
    """
    controller = campus.controller()
    near = campus.officer("near", at=campus.LIBRARY)
    campus.officer("far", at=campus.BEIT)
    case_id = campus.student().taps("help", at=campus.LIBRARY)["id"]

    near.declines("with another case")

    first, second = explained(controller, case_id)["asked"]
    assert ("near", "declined", "with another case", "nearest, 0 m away") == tuple(
        first[name] for name in ("name", "state", "declined_because", "asked_because")
    )
    assert ("far", "offered", 1) == (second["name"], second["state"], second["rung"])


def test_who_was_not_asked_is_told_why(campus: CampusStage) -> None:
    """
    The nearest that each came to being asked; those at the case's site come first.
    """
    controller = campus.controller()
    aider: dict[str, Any] = {"teams": ["security", "first-aid"], "skills": {"first_aid": None}}
    campus.officer("asked", at=campus.LIBRARY, **aider)
    campus.officer("also asked", at=campus.CHEMISTRY, **aider)
    campus.officer("farther", at=campus.BEIT, **aider)
    campus.officer("elsewhere", at=campus.WHITE_CITY, **aider)
    campus.officer("ran out", teams=["first-aid"], skills={"first_aid": date(2025, 12, 31)})
    campus.officer("never learned", teams=["first-aid"])
    campus.officer("off", on_duty=False, teams=["first-aid"], skills={"first_aid": None})
    campus.officer("on no team", teams=[])
    campus.officer("playing", exercise=True, **aider)
    owner = campus.officer("in trouble", **aider)

    case_id = owner.taps("first_aid", at=campus.LIBRARY)["id"]

    assert {
        "farther": ("later", "rung 2 may ask them"),
        "elsewhere": ("later", "rung 3 may ask them"),
        "ran out": ("no_valid_skill", "first aid ran out on 2025-12-31"),
        "never learned": ("no_valid_skill", "has no first aid"),
        "off": ("off_duty", "off duty"),
        "on no team": ("not_on_team", "not in First aiders"),
        "in trouble": ("own_case", "it is their own case"),
    } == not_asked(controller, case_id)
    assert 1 == explained(controller, case_id)["not_asked_in_the_other_world"]
    assert "elsewhere" == list(not_asked(controller, case_id))[-1]


def test_who_was_passed_over_on_every_rung_is_told_so(campus: CampusStage) -> None:
    """
    Farther away than those who were asked, or at another site.
    """
    controller = campus.controller()
    campus.officer("near", at=campus.LIBRARY)
    campus.officer("elsewhere", at=campus.WHITE_CITY, site="white-city")
    nearest, at_site, _ = campus.policy_of("help").steps
    reasons = []

    for step in (nearest, replace(at_site, after_s=0)):
        campus.policy("help", steps=(step,))
        case_id = campus.student(step.ask).taps("help", at=campus.LIBRARY)["id"]
        reasons.append(not_asked(controller, case_id)["elsewhere"])

    assert [
        ("others_nearer", "3784 m away, and others were nearer"),
        ("other_site", "not at South Kensington Campus"),
    ] == reasons


def test_whom_nobody_needed_any_more_is_told_so(campus: CampusStage) -> None:
    """
    A rung that would have asked them was not reached: enough had said yes, or the case was closed.
    """
    controller, near = campus.controller(), campus.officer("near", at=campus.LIBRARY)
    campus.officer("farther", at=campus.BEIT)
    case_id = campus.student().taps("help", at=campus.LIBRARY)["id"]
    reasons = [not_asked(controller, case_id)]

    near.accepts()
    reasons.append(not_asked(controller, case_id))
    controller.posts(case_at(case_id, "resolve"))
    reasons.append(not_asked(controller, case_id))

    assert [
        {"farther": ("later", "rung 2 may ask them")},
        {"farther": ("not_needed", "enough had said yes before rung 2")},
        {"farther": ("not_needed", "the case was closed before rung 2")},
    ] == reasons


def test_far_outside_every_site_nobody_is_asked(campus: CampusStage) -> None:
    """
    Every officer is told of with that one reason.
    """
    controller = campus.controller()
    campus.officer()

    case_id = campus.student().taps("emergency", at=campus.PARIS)["id"]

    reason = ("far_from_every_site", "the case is too far outside every site to send anybody")
    assert {"officer": reason} == not_asked(controller, case_id)


def test_a_recall_is_explained(campus: CampusStage) -> None:
    """
    Off duty only those are rung who agreed to it and have a number.
    """
    controller = campus.controller()
    campus.officer("willing", on_duty=False, recall=True, mobile="+447700900123")
    campus.officer("no number", on_duty=False, recall=True)
    campus.officer("unwilling", on_duty=False, mobile="+447700900124")
    case_id = phoned_in(controller, kind="emergency")["id"]
    before = not_asked(controller, case_id)

    campus.passes(seconds=90)

    assert ("later", "off duty; rung 4 may ring them") == before["willing"]
    told = explained(controller, case_id)
    assert [("willing", ["sms", "voice"])] == [(one["name"], one["by"]) for one in told["asked"]]
    after = not_asked(controller, case_id)
    assert ("no_number", "off duty, agreed to be recalled, and has no number to ring") == after["no number"]
    assert ("off_duty", "off duty") == after["unwilling"]


def test_a_closed_case_is_not_judged_by_todays_duties(campus: CampusStage) -> None:
    """
    Whoever has come on or gone off duty since is said to be unknown; who has not is told as they were.
    """
    controller = campus.controller()
    off = campus.officer("off", on_duty=False)
    campus.officer("still off", on_duty=False)
    case_id = phoned_in(controller)["id"]
    controller.posts(case_at(case_id, "resolve"))

    campus.skips(hours=1)
    off.goes_on_duty(campus.LIBRARY)

    told = not_asked(controller, case_id)
    assert ("duty_not_known", "came on or went off duty since the case was closed") == told["off"]
    assert ("off_duty", "off duty") == told["still off"]
    assert explained(controller, case_id)["as_of"] < campus.clock().isoformat()
