"""Who keeps a shift sees what needs somebody: certificates that run out, phones that would not wake their officer."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from backend.dispatch import listing_officers
from backend.people import handset_store
from tests.campus import CampusStage
from tests.campus_people import Person
from tests.journeys.console import API

one_store = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)


def officers(controller: Person) -> dict[str, dict[str, Any]]:
    return {one["name"]: one for one in controller.gets(f"{API}/officers")["items"]}


def carries(officer: Person, installation: str, **facts: Any) -> None:
    body = {"installation_id": installation, "platform": "android", "push": None, **facts}
    assert officer.asks("PUT", "/v1/handset", body).status_code == 200


def test_a_certificate_is_told_with_its_last_day_also_once_it_is_over(campus: CampusStage) -> None:
    """
    What counts today is among the skills; what ran out is told as well, so that somebody renews it.
    """
    skills = {"first_aid": date(2026, 11, 22), "defibrillator": date(2026, 11, 23), "driver": None}
    campus.officer("olga", skills=skills)

    olga = officers(campus.controller())["olga"]

    assert ["defibrillator", "driver"] == olga["skills"]
    assert [
        {"skill": "defibrillator", "until": "2026-11-23"},
        {"skill": "driver", "until": None},
        {"skill": "first_aid", "until": "2026-11-22"},
    ] == olga["skills_until"]


def test_an_officers_phones_are_told_as_they_are(campus: CampusStage) -> None:
    """
    What each allows, whether a push would arrive, and when it was last heard of; the last used first.
    """
    officer = campus.officer("olga")
    carries(officer, "old", app_version="1.0.0", push={"kind": "fid", "value": "dead"})
    campus.passes(60)
    permissions = {"notifications": False, "location": True, "battery_saver": True}
    push = {"kind": "fid", "value": "works"}
    carries(officer, "new", platform="ios", app_version="1.4.0", permissions=permissions, push=push)
    campus.database.write(handset_store.drop_target, "fid", "dead", now=campus.clock())

    told = officers(campus.controller())["olga"]

    assert [
        ("ios", "1.4.0", False, True, True, "ok"),
        ("android", "1.0.0", None, None, None, "failed"),
    ] == [
        tuple(one[name] for name in ("platform", "app_version", "notifications", "location", "battery_saver", "push"))
        for one in told["handsets"]
    ]
    assert campus.clock().isoformat() == told["last_seen_at"] == told["handsets"][0]["seen_at"]


def test_off_duty_is_an_officers_own_time(campus: CampusStage) -> None:
    """
    Neither when they were last heard of nor what they carry; their certificates stay.
    """
    officer = campus.officer("olga", skills={"first_aid": date(2027, 1, 1)})
    carries(officer, "phone")
    controller = campus.controller()
    on_shift = officers(controller)["olga"]

    officer.goes_off_duty()

    off = officers(controller)["olga"]
    assert (1, True) == (len(on_shift["handsets"]), on_shift["last_seen_at"] is not None)
    assert ([], None, 1) == (off["handsets"], off["last_seen_at"], len(off["skills_until"]))


@one_store
def test_two_hundred_officers_cost_no_more_statements_than_two(campus: CampusStage) -> None:
    """
    The list is asked for by every console at the start of a shift.
    """
    counts = []
    for names in (("a", "b"), tuple(f"officer{number}" for number in range(20))):
        for name in names:
            carries(campus.officer(name, skills={"first_aid": date(2027, 1, 1)}), f"phone of {name}")
        counts.append(statements(campus))

    assert counts[0] == counts[1]


def statements(campus: CampusStage) -> int:
    """How many statements the list takes."""
    told: list[str] = []

    def count(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        told.append(statement)

    def ask(session: Any) -> None:
        sa.event.listen(session.get_bind(), "before_cursor_execute", count)
        try:
            listing_officers.officers(session, exercise=False, now=campus.clock())
        finally:
            sa.event.remove(session.get_bind(), "before_cursor_execute", count)

    campus.database.read(ask)
    return len(told)
