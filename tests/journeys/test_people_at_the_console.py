"""People at the console: found by name, signed out from afar, and the log of who did what."""

from uuid import uuid4

import sqlalchemy as sa

from backend.kernel.audit import AuditLine
from backend.kernel.vocabulary import Role
from backend.people.account import Account
from tests.campus import CampusStage
from tests.journeys.console import API, case_at, ids, lines, phoned_in, refusal
from tests.journeys.trusted import stepped_up


def test_people_are_found_by_a_piece_of_their_name_or_address(campus: CampusStage) -> None:
    """
    Whatever the case of its letters; a percent sign is a percent sign, and nobody's address is told.
    """
    controller = campus.controller("Olga Controller")
    campus.officer("Olga Officer", teams=["security", "first-aid"])
    campus.student("100 % Student")

    found = {
        words: [one["name"] for one in controller.gets(f"{API}/people?query={words}")["items"]]
        for words in ("OLGA", "officer@journeys", "%25", "_", "nobody")
    }

    olga = ["Olga Controller", "Olga Officer"]
    assert {"OLGA": olga, "officer@journeys": olga[1:], "%25": ["100 % Student"], "_": [], "nobody": []} == found
    officer = controller.gets(f"{API}/people?query=officer")["items"][0]
    assert (["member", "officer"], ["first-aid", "security"], "on_patrol", "south-kensington") == tuple(
        officer[name] for name in ("roles", "teams", "duty", "site")
    )
    assert {"id", "name", "roles", "teams", "site", "duty", "active", "exercise"} == set(officer)


def test_people_come_a_page_at_a_time(campus: CampusStage) -> None:
    """
    By name, and two of the same name are two people; a cursor that is nobody is refused.
    """
    controller = campus.controller("a")
    twins = [campus.student(name) for name in ("b one", "b two")]
    campus.student("c")
    called_b = sa.update(Account).where(Account.id.in_([twin.id for twin in twins])).values(name="b")
    campus.database.write(lambda session: session.execute(called_b))

    first = controller.gets(f"{API}/people?limit=2")
    second = controller.gets(f"{API}/people?limit=2&cursor={first['next_cursor']}")

    assert ["a", "b", "b", "c"] == [one["name"] for one in first["items"] + second["items"]]
    assert {str(twin.id) for twin in twins} < set(ids(first) + ids(second))
    end = controller.gets(f"{API}/people?cursor={second['next_cursor']}")
    assert ([], None) == (end["items"], end["next_cursor"])
    assert (422, "invalid") == refusal(controller, "GET", f"{API}/people?cursor={uuid4()}")


def test_a_lost_phone_is_signed_out_from_the_control_room(campus: CampusStage) -> None:
    """
    Its token is worth nothing from then on, not even for a tap, and its officer is off duty.
    """
    controller, officer = campus.controller(), campus.officer()

    ended = controller.posts(f"{API}/sessions/{officer.id}/end")

    assert {"ended": 1} == ended
    assert (401, "unauthenticated") == refusal(officer, "GET", "/v1/me")
    assert 401 == officer.asks("POST", "/v1/taps", {}).status_code
    (seen,) = controller.gets(f"{API}/officers")["items"]
    assert "off_duty" == seen["state"]
    assert (404, "not-found") == refusal(controller, "POST", f"{API}/sessions/{uuid4()}/end")
    (line,) = [one for one in lines(campus, about_id=str(officer.id)) if one.action == "sign_in.ended_by_other"]
    assert str(controller.id) == line.actor


def test_an_admin_is_not_their_own_admin(campus: CampusStage) -> None:
    """
    Of themself they end no sign-ins this way; a controller, who may have lost a phone as well, does.
    """
    admin, controller = campus.somebody("admin", Role.ADMIN), campus.controller()
    stepped_up(admin)

    refused = refusal(admin, "POST", f"{API}/sessions/{admin.id}/end")
    ended = controller.posts(f"{API}/sessions/{controller.id}/end")

    assert (403, "forbidden") == refused
    assert {"ended": 1} == ended


def test_an_auditor_reads_what_became_of_a_case(campus: CampusStage) -> None:
    """
    Every line of one case, the newest first, with names beside the ids; a page at a time, or by person.
    """
    auditor, controller = campus.somebody("auditor", Role.AUDITOR), campus.controller()
    case_id = phoned_in(controller)["id"]
    controller.gets(case_at(case_id))
    campus.settles()

    door = f"{API}/audit?about=incident&about_id={case_id}"
    everything = auditor.gets(door)["items"]
    page = auditor.gets(f"{door}&limit=1")
    rest = auditor.gets(f"{door}&cursor={page['next_cursor']}")

    actions = [line["action"] for line in everything]
    assert ("incident.viewed", "incident.raised") == (actions[0], actions[-1])
    assert everything == page["items"] + rest["items"]
    assert ("controller", str(controller.id)) == (everything[0]["actor_name"], everything[0]["actor"])
    assert all(line["place"] for line in everything)
    by_person = auditor.gets(f"{API}/audit?actor={controller.id}")["items"]
    assert {str(controller.id)} == {line["actor"] for line in by_person}


def test_reading_the_log_is_written_into_it(campus: CampusStage) -> None:
    """
    With what was asked for; so only an id can be asked for, and no name gets into the log.
    """
    auditor = campus.somebody("auditor", Role.AUDITOR)
    case_id = str(uuid4())

    auditor.gets(f"{API}/audit?about=incident&about_id={case_id}")

    (line,) = lines(campus, about="audit")
    asked = {"asked_about": "incident", "asked_id": case_id, "asked_actor": None, "lines": 0}
    assert ("audit.viewed", str(auditor.id), asked) == (line.action, line.actor, line.facts)
    response = auditor.asks("GET", f"{API}/audit?about_id=Olga+Nguyen")
    assert (422, "about_id") == (response.status_code, response.json["errors"][0]["field"])


def test_an_auditor_proves_that_the_log_stands(campus: CampusStage) -> None:
    """
    A changed line is found by itself, lines cut off the end by an anchor.
    """
    auditor = campus.somebody("auditor", Role.AUDITOR)
    phoned_in(campus.controller())

    proof = auditor.posts(f"{API}/audit/verify")
    anchor = {"place": proof["lines"], "link": proof["head"], "at": "2026-11-23T14:00:00+00:00"}
    held = auditor.posts(f"{API}/audit/verify", {"anchors": [anchor]})

    assert (True, []) == (proof["stands"], proof["faults"])
    assert (True, 1) == (held["stands"], held["anchors"])
    campus.database.write(
        lambda session: session.execute(sa.delete(AuditLine).where(AuditLine.place >= proof["lines"]))
    )
    assert auditor.posts(f"{API}/audit/verify")["stands"]
    cut = auditor.posts(f"{API}/audit/verify", {"anchors": [{**anchor, "link": "f" * 64}]})
    assert not cut["stands"]
    campus.database.write(
        lambda session: session.execute(sa.update(AuditLine).where(AuditLine.place == 1).values(action="nothing"))
    )
    (fault, *_) = auditor.posts(f"{API}/audit/verify")["faults"]
    assert "The line at place 1 was changed, or was not written by Bluelight." == fault


def test_the_console_is_told_the_campus_that_holds(campus: CampusStage) -> None:
    """
    Places with outlines to draw, teams, routes in words, and the ladders; another import is another edition.
    """
    controller = campus.controller()

    told = controller.gets(f"{API}/campus")
    campus.policy("help", wanted=3)
    later = controller.gets(f"{API}/campus")

    places = {place["id"]: place for place in told["zones"]}
    assert "Polygon" == places["south-kensington"]["geometry"]["type"]
    assert "south-kensington" == places["sherfield"]["site"]
    assert "first_aid" == {team["id"]: team["requires_skill"] for team in told["teams"]}["first-aid"]
    assert "help (facility defect)" in [route["words"] for route in told["routes"]]
    assert [0, 20, 45, 90] == [step["after_s"] for step in told["policies"][0]["steps"]]
    assert {"accepted_s": 60, "on_scene_s": 300} == told["policies"][0]["targets"]
    assert (told["version"] + 1, 3) == (later["version"], later["policies"][2]["wanted"])
    assert told["digest"] != later["digest"]
