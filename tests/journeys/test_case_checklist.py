"""The control room's checklist for a case, and the METHANE report of a major incident."""

from typing import Any
from uuid import uuid4

import pytest

from backend.campus.protocol import BUILT_IN, Protocol, ProtocolStep
from backend.kernel.vocabulary import Kind, Role
from tests.campus import CampusStage
from tests.campus_people import Person
from tests.journeys.console import API, case_at, lines, phoned_in, refusal

LETTERS = ("exact_location", "type", "hazards", "access", "number", "emergency_services")


def put(person: Person, case_id: str, *further: str, expecting: int = 200, **body: Any) -> Any:
    answer = person.asks("PUT", case_at(case_id, *further), body)
    assert expecting == answer.status_code, answer.text
    return answer.json


def notes(seen: Any) -> list[str]:
    return [line["words"] for line in seen["progress"] if line["stage"] == "note"]


def test_a_case_has_the_checklist_of_its_subtype_then_of_its_kind_then_the_built_in_one(campus: CampusStage) -> None:
    """
    No institution begins with nothing; what the campus has written comes first.
    """
    accident = Protocol(Kind.HELP, (ProtocolStep("hurt", "Is anybody hurt?"),), ("What happened?",), "accident")
    emergency = Protocol(Kind.EMERGENCY, (ProtocolStep("ring", "Ring 999."),))
    campus.configure(protocols=(accident, emergency))
    controller = campus.controller()

    seen = [
        phoned_in(controller, kind=kind, subtype=subtype)
        for kind, subtype in (("help", "accident"), ("help", None), ("emergency", "fire"), ("first_aid", None))
    ]
    told = controller.gets(f"{API}/campus")["protocols"]

    fallback = {one.kind: one for one in BUILT_IN}
    expected = [accident, fallback[Kind.HELP], emergency, fallback[Kind.FIRST_AID]]
    assert [[step.text for step in one.steps] for one in expected] == [
        [step["text"] for step in one["protocol"]] for one in seen
    ]
    assert [list(one.questions) for one in expected] == [one["questions"] for one in seen]
    assert [
        ("help", "accident", False),
        ("emergency", None, False),
        ("first_aid", None, True),
        ("help", None, True),
    ] == [(one["kind"], one["subtype"], one["built_in"]) for one in told]


def test_a_step_is_ticked_once_and_can_be_taken_back(campus: CampusStage) -> None:
    """
    It names who did it first; the story keeps both, also when the step is no longer in the checklist.
    """
    first, second = campus.controller("first"), campus.controller("second")
    case_id = phoned_in(first)["id"]

    put(first, case_id, "protocol", "place", done=True)
    ticked = put(second, case_id, "protocol", "place", done=True)
    campus.settles()
    heard = second.heard("incident")[-1]["id"]
    undone = put(second, case_id, "protocol", "place", done=False)
    campus.configure(protocols=(Protocol(Kind.HELP, (ProtocolStep("other", "Something else."),)),))

    done = {step["id"]: (step["done_by"], step["done_at"] is not None) for step in ticked["protocol"]}
    assert {"what": (None, False), "place": ("first", True), "danger": (None, False), "coming": (None, False)} == done
    assert case_id == heard
    assert [None] * 4 == [step["done_at"] for step in undone["protocol"]]
    text = next(step["text"] for step in undone["protocol"] if step["id"] == "place")
    later = first.gets(case_at(case_id))
    assert ["other"] == [step["id"] for step in later["protocol"]]
    assert [f"Done: {text}", f"Not done after all: {text}"] == notes(later)
    told = [line.action for line in lines(campus, about_id=case_id) if line.action.startswith("incident.step")]
    assert ["incident.step_done", "incident.step_undone"] == told


def test_the_report_has_versions_and_the_story_keeps_every_one(campus: CampusStage) -> None:
    """
    The newest stands beside the case and on the board; saying the same again is no version.
    """
    controller, other = campus.controller(), campus.controller("other")
    case_id = phoned_in(controller)["id"]
    first: dict[str, Any] = {"major_incident": False, "hazards": "smoke", "number": "  "}
    second: dict[str, Any] = {"major_incident": True, "hazards": "smoke and gas", "number": "4 hurt"}

    for report in (first, first, second):
        seen = put(controller, case_id, "methane", **report)
    campus.settles()

    report = seen["methane"]
    assert (2, True, "smoke and gas", None) == tuple(
        report[name] for name in ("version", "major_incident", "hazards", "access")
    )
    assert "controller" == report["by"]
    assert (True, True) == (other.gets(f"{API}/board")["items"][0]["major"], other.heard("incident")[-1]["major"])
    assert ["METHANE 1. Major incident: not declared.", "METHANE 2. Major incident: declared."] == [
        words[: words.index("declared.") + len("declared.")] for words in notes(seen)
    ]
    assert "Hazards: smoke. Access: not known. Number of casualties: not known." in notes(seen)[0]


def test_the_longest_report_fits_one_line_of_the_story(campus: CampusStage) -> None:
    """
    Nothing of it is cut off, and one letter more is refused by name.
    """
    controller = campus.controller()
    case_id = phoned_in(controller)["id"]
    longest: dict[str, Any] = {letter: letter[0] * 280 for letter in LETTERS}

    seen = put(controller, case_id, "methane", major_incident=True, **longest)
    refused = put(controller, case_id, "methane", major_incident=True, access="a" * 281, expecting=422)

    assert all(text in notes(seen)[0] for text in longest.values())
    assert len(notes(seen)[0]) <= 2000
    assert ["access"] == [error["field"] for error in refused["errors"]]


@pytest.mark.parametrize(
    ("further", "body"),
    [(("protocol", "place"), {"done": True}), (("methane",), {"major_incident": True})],
    ids=["protocol", "methane"],
)
def test_neither_is_for_a_case_that_is_over_or_not_there(
    campus: CampusStage, further: tuple[str, ...], body: dict[str, Any]
) -> None:
    """
    Closed it is a conflict; unknown, and of the other world, it is not found.
    """
    controller = campus.controller()
    drill = campus.somebody("drill", Role.CONTROLLER, exercise=True)
    case_id = phoned_in(controller)["id"]

    elsewhere = refusal(drill, "PUT", case_at(case_id, *further), body)
    controller.posts(case_at(case_id, "resolve"), {})

    assert (404, "not-found") == elsewhere
    assert (409, "incident-closed") == refusal(controller, "PUT", case_at(case_id, *further), body)
    assert (404, "not-found") == refusal(controller, "PUT", case_at(str(uuid4()), *further), body)


def test_a_step_that_the_checklist_does_not_have_is_not_found(campus: CampusStage) -> None:
    """
    Whatever its id looks like.
    """
    controller = campus.controller()
    case_id = phoned_in(controller)["id"]

    for step in ("nothing", "PLACE", "a" * 300, "%20"):
        assert (404, "not-found") == refusal(controller, "PUT", case_at(case_id, "protocol", step), {"done": True})
