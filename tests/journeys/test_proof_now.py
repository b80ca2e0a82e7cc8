"""The escalation proof over what holds now, and the path of a case there might be."""

from datetime import date
from typing import Any

import pytest

from backend.campus.configuration import RotaLine
from backend.dispatch.rehearsing import rehearse
from backend.kernel.vocabulary import Role
from backend.people import people_store
from tests.campus import CampusStage
from tests.campus_people import Person
from tests.journeys.console import API
from tests.unit.campus.ladders import EVERY_DAY, MIDNIGHT


def staffed(campus: CampusStage) -> Person:
    """Somebody for every kind, rostered day and night; the person who is asked for the proof."""
    controller = campus.controller()
    campus.officer("olga", teams=["security", "first-aid"], skills={"first_aid": date(2026, 11, 30)})
    line = RotaLine("security", "olga@journeys.example", None, EVERY_DAY, MIDNIGHT, MIDNIGHT)
    first_aid = RotaLine("first-aid", "olga@journeys.example", None, EVERY_DAY, MIDNIGHT, MIDNIGHT)
    room = RotaLine("control-room", "controller@journeys.example", None, EVERY_DAY, MIDNIGHT, MIDNIGHT)
    campus.configure(rota=(line, first_aid, room))
    return controller


def proof(person: Person) -> dict[str, Any]:
    told: dict[str, Any] = person.gets(f"{API}/campus/proof")
    return told


def test_every_path_ends_well_while_somebody_is_rostered(campus: CampusStage) -> None:
    """
    For the fourteen days that the import proves as well.
    """
    told = proof(staffed(campus))

    assert (True, None, [], 14) == (told["ends_well"], told["counterexample"], told["others"], told["days"])
    assert told["checked"] > 100


def test_what_was_proved_can_come_undone(campus: CampusStage) -> None:
    """
    The control room's only controller is one no more: the proof of now says so, in a sentence without a name.
    """
    controller = staffed(campus)
    admin = campus.somebody("admin", Role.ADMIN)
    campus.database.write(take_roles, controller)
    campus.configure(rota=tuple(line for line in campus.configuration.rota if line.team == "control-room"))

    told = proof(admin)

    assert not told["ends_well"]
    assert "the control room has nobody on shift" in told["counterexample"]
    assert "@" not in " ".join((told["counterexample"], *told["others"]))


def take_roles(session: Any, person: Person) -> None:
    people_store.set_roles(session, person.id, [])


def test_a_walk_without_end_is_cut_off_and_says_how_far_it_got(campus: CampusStage) -> None:
    """
    A rota with a change every minute must not keep the room waiting.
    """
    staffed(campus)

    told = campus.database.read(rehearse, now=campus.clock(), most=1)

    assert told["ends_well"]
    assert told["days"] < 14
    assert told["checked"] < proof(campus.somebody("auditor", Role.AUDITOR))["checked"]


def test_a_path_is_told_rung_by_rung(campus: CampusStage) -> None:
    """
    Which team and why, and whom each rung asks; at another place and hour it is another team's.
    """
    controller = campus.controller()
    silwood = "silwood-park"

    by_day = controller.gets(f"{API}/campus/path?kind=help&zone={silwood}&at=2026-11-23T12:00:00Z")
    by_night = controller.gets(f"{API}/campus/path?kind=help&zone={silwood}&at=2026-11-23T23:00:00Z")

    assert ("customer-services", "security") == (by_day["team"]["id"], by_night["team"]["id"])
    assert by_day["mailbox"]
    assert "Silwood" in by_day["because"]
    assert [0, 120, 300] == [rung["after_s"] for rung in by_night["rungs"]]
    assert by_night["rungs"][1]["words"].startswith(
        "Asks everybody of Community Safety and Security on duty at Silwood"
    )
    assert by_night["rungs"][2]["words"].endswith("and alarms the control room.")


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
@pytest.mark.parametrize("query", ["", "?kind=fire", "?kind=help&zone=atlantis", "?kind=help&at=9999-12-31T23:59:59Z"])
def test_a_path_that_cannot_be_is_refused(campus: CampusStage, query: str) -> None:
    """
    With the field that is wrong.
    """
    response = campus.controller().asks("GET", f"{API}/campus/path{query}")

    assert 422 == response.status_code
    assert response.json["errors"][0]["field"] in ("kind", "zone", "at")
