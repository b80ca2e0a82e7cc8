"""Who counts as somebody in the proof: rostered, able and reachable, recalled, or a staffed control room."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from backend.campus.configuration import Step
from backend.dispatch.proving import RosteredPerson, prove
from tests.unit.campus import imperial
from tests.unit.campus.ladders import SUNDAY_MORNING, only_first_aid, person, shift


@pytest.mark.parametrize(
    ("who", "reason"),
    [
        (person(), None),
        (person(email="Officer1@Demo.Example"), None),
        (person(skills={"first_aid": date(2026, 11, 22)}), "valid first-aid certificate"),
        (person(skills={}), "nobody with a valid first-aid certificate is rostered in First aiders"),
        (person(skills={"driving": date(2030, 1, 1)}), "valid first-aid certificate"),
        (person(contacts=frozenset()), "can be reached by the app or text message or a call"),
        (person(teams=frozenset()), "nobody who is rostered in First aiders is a member of it"),
        (person(email="somebody@demo.example"), "is a member of it"),
    ],
    ids=range(8),
)
def test_somebody_is_a_member_with_the_skill_and_a_working_contact(who: RosteredPerson, reason: str | None) -> None:
    """
    A name on the rota alone is not somebody who comes.
    """
    found = prove(only_first_aid(), [who], start=SUNDAY_MORNING)

    assert [reason is not None and reason in line for line in found] == ([True] if reason else [])


def test_whoever_is_asked_last_needs_the_skill_the_case_was_routed_for() -> None:
    """
    A whole security team without a certificate does not end a first-aid case well.
    """
    steps = (Step(0, "team"), Step(60, "team", team="security"))
    rota = (shift("guard@demo.example", team="security"),)
    guard = person(email="guard@demo.example", teams=frozenset({"security"}), skills={})

    (fault,) = prove(only_first_aid(steps=steps, rota=rota), [guard], start=SUNDAY_MORNING)
    trained = prove(
        only_first_aid(steps=steps, rota=rota),
        [replace(guard, skills={"first_aid": date(2027, 1, 1)})],
        start=SUNDAY_MORNING,
    )

    assert "Community Safety and Security" in fault
    assert trained == []


@pytest.mark.parametrize("ask", ["nearest", "team_at_site"])
def test_a_rung_at_the_site_counts_who_is_rostered_there_or_everywhere(ask: str) -> None:
    """
    Somebody at White City helps nobody at Silwood, unless a later step asks the whole team.
    """
    here = only_first_aid(steps=(Step(0, ask, 3),), rota=(shift("officer1@demo.example", site="white-city"),))
    wide = replace(here, rota=(shift("officer1@demo.example"),))

    elsewhere = prove(here, [person()], start=SUNDAY_MORNING)

    assert len(elsewhere) == len(imperial.campus().sites) - 1
    assert not any("White City" in fault or "unknown place" in fault for fault in elsewhere)
    assert "nobody is rostered in First aiders at Silwood Park Campus" in " ".join(elsewhere)
    assert prove(wide, [person()], start=SUNDAY_MORNING) == []


def test_a_staffed_control_room_ends_every_path_that_tells_it() -> None:
    """
    Told by a step, and somebody of its team is rostered: that is somebody.
    """
    campus = only_first_aid(rota=(shift("c@demo.example", team="control-room"),))
    controller = person(email="c@demo.example", teams=frozenset({"control-room"}), contacts=frozenset(), skills={})
    silent = only_first_aid(steps=(Step(0, "team"),), rota=campus.rota)

    assert prove(campus, [controller], start=SUNDAY_MORNING) == []
    assert "no step tells the control room" in prove(silent, [controller], start=SUNDAY_MORNING)[0]
    assert "nobody on shift" in prove(campus, [], start=SUNDAY_MORNING)[0]


def test_a_kind_without_a_route_is_the_control_rooms() -> None:
    """
    The walk sends it where the real case would go.
    """
    campus = replace(only_first_aid(rota=(shift("c@demo.example", team="control-room"),)), routes=())
    controller = person(email="c@demo.example", teams=frozenset({"control-room"}), skills={})

    assert prove(campus, [controller], start=SUNDAY_MORNING) == []


@pytest.mark.parametrize(
    ("changes", "well"),
    [
        ({"recall": True, "contacts": frozenset({"sms"})}, True),
        ({"recall": True, "contacts": frozenset({"voice", "app"})}, True),
        ({"recall": True, "contacts": frozenset({"app"})}, False),
        ({"recall": False, "contacts": frozenset({"sms", "voice"})}, False),
        ({"recall": True, "contacts": frozenset({"sms"}), "skills": {}}, False),
        ({"recall": True, "contacts": frozenset({"sms"}), "teams": frozenset({"security"})}, False),
    ],
)
def test_a_recall_counts_who_agreed_to_it_and_can_be_rung(changes: dict[str, Any], well: bool) -> None:
    """
    Rostered or not, with the skill, by the channels the step names.
    """
    steps = (Step(0, "team"), Step(90, "team", on_duty=False, by=("sms", "voice")))

    found = prove(only_first_aid(steps=steps, rota=()), [person(**changes)], start=SUNDAY_MORNING)

    assert well == (found == [])
    assert all("nobody of First aiders can be recalled by text message or a call" in fault for fault in found)
