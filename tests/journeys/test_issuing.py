"""Draft, lint, issue: a template by one controller, free text by two, and nothing with a gap in it by anybody."""

from typing import Any

import pytest

from tests.campus import CampusStage
from tests.journeys.broadcasts import (
    BROADCASTS,
    EVACUATE,
    FREE,
    drafted,
    issued,
    slugs,
    told,
)
from tests.journeys.console import lines, refusal
from tests.journeys.trusted import stepped_up

#: Left in by a hurried person; the unit tests of the lint know many more.
LEFT_IN = ["{place}", "BUILDING NAME"]


def test_a_template_is_issued_by_one_controller_without_a_password(campus: CampusStage) -> None:
    """
    In one press, with the place the campus knows; from then on it is what everybody is told.
    """
    controller = campus.controller()
    draft = drafted(controller, **EVACUATE)

    live = controller.posts(f"{BROADCASTS}/{draft['id']}/issue", expecting=200)

    assert ("Leave Sherfield Building now", "severe", "draft") == (draft["title"], draft["severity"], draft["state"])
    assert ("in_force", 1, "evacuate") == (live["state"], live["version"], live["versions"][0]["template"])
    assert "Sherfield Building is checked and reopened" == live["end_condition"]
    assert "2026-11-23T14:15:00+00:00" == live["next_update_at"]
    assert told(campus) == [(live["title"], live["hash"])]
    actions = [line.action for line in lines(campus, about_id=draft["id"])]
    assert ["broadcast.drafted", "broadcast.viewed", "broadcast.issued", "broadcast.viewed"] == actions


def test_free_text_waits_for_a_second_person(campus: CampusStage) -> None:
    """
    Who wrote it asks; somebody else who has given their password again confirms; never the author.
    """
    author, second = stepped_up(campus.controller("author")), campus.controller("second")
    draft = drafted(author, **FREE)
    at = f"{BROADCASTS}/{draft['id']}"

    assert (409, "issue-not-asked") == refusal(stepped_up(campus.controller("early")), "POST", f"{at}/confirm")
    asked = author.posts(f"{at}/issue", expecting=202)
    again = author.posts(f"{at}/issue", expecting=202)

    assert ("draft", "author") == (asked["state"], asked["second"]["asked_by"]["name"])
    assert asked["second"] == again["second"]
    assert (403, "second-person-needed") == refusal(author, "POST", f"{at}/confirm")
    assert (403, "step-up-needed") == refusal(second, "POST", f"{at}/confirm")
    assert (409, "not-the-author") == refusal(second, "POST", f"{at}/issue")
    assert [] == told(campus)
    live = stepped_up(second).posts(f"{at}/confirm", {"digest": asked["second"]["digest"]}, expecting=200)
    (version,) = live["versions"]
    assert ("author", "second", None) == (
        version["issued_by"]["name"],
        version["seconded_by"]["name"],
        version["template"],
    )
    assert (409, "issue-not-asked") == refusal(second, "POST", f"{at}/confirm")
    assert told(campus) == [(live["title"], live["hash"])]


@pytest.mark.parametrize(
    "changes",
    [
        {"body": "Leave Sherfield Building by the nearest safe exit, at once."},
        {"title": "Leave Sherfield Building now!"},
        {"place": "the lawn by the tower"},
        {"values": {"place": "the lawn"}},
        {"severity": "extreme"},
        {"languages": {"fr": {"title": "Sortez", "body": "Maintenant."}}},
    ],
)
def test_a_template_with_words_of_ones_own_is_free_text(campus: CampusStage, changes: dict[str, Any]) -> None:
    """
    A place the campus does not know, one other letter, a translation nobody approved: a second person reads it.
    """
    controller = campus.controller()
    draft = drafted(controller, **{**EVACUATE, **changes})

    controller.posts(f"{BROADCASTS}/{draft['id']}/issue", expecting=202)

    assert [] == told(campus)


def test_words_that_are_a_templates_need_not_say_so(campus: CampusStage) -> None:
    """
    What counts is what is said; and a template that the campus has changed since is one no more.
    """
    controller = campus.controller()
    named = drafted(controller, **EVACUATE)
    same = {name: named[name] for name in ("title", "body", "severity", "place", "next_update_min", "end_condition")}
    typed = drafted(controller, **same, audience={"everyone": True})
    changed = drafted(controller, **EVACUATE)

    live = controller.posts(f"{BROADCASTS}/{typed['id']}/issue", expecting=200)
    campus.configure(templates=tuple(one for one in campus.configuration.templates if one.id != "evacuate"))
    controller.posts(f"{BROADCASTS}/{changed['id']}/issue", expecting=202)

    assert "evacuate" == live["versions"][0]["template"]
    assert [live["hash"]] == [hash_ for _, hash_ in told(campus)]


@pytest.mark.parametrize("gap", LEFT_IN)
@pytest.mark.parametrize("where", ["title", "body", "languages.fr.body"])
def test_a_gap_left_in_is_issued_by_no_route(campus: CampusStage, gap: str, where: str) -> None:
    """
    Not by the issue of its author nor of another, not by a confirmation, and not as an update of what is out.
    """
    author, second = stepped_up(campus.controller("author")), stepped_up(campus.controller("second"))
    words: dict[str, Any] = {"title": "Fire at the lawn", "body": "Stay away.", "languages": {}}
    if where == "languages.fr.body":
        words["languages"] = {"fr": {"title": "Feu", "body": f"Evitez {gap}."}}
    else:
        words[where] = f"Fire at {gap} now"
    draft = drafted(author, **{**FREE, **words})
    at = f"{BROADCASTS}/{draft['id']}"
    live = issued(author, **EVACUATE)
    before = told(campus)

    assert ("placeholder", where) in [(one["slug"], one["field"]) for one in draft["lint"] if one["refuses"]]
    for person in (author, second):
        assert (422, "broadcast-refused") == refusal(person, "POST", f"{at}/issue")
        assert refusal(person, "POST", f"{at}/confirm")[0] in (403, 409)
    assert (422, "broadcast-refused") == refusal(author, "POST", f"{BROADCASTS}/{live['id']}/update", words)
    assert refusal(second, "POST", f"{BROADCASTS}/{live['id']}/confirm")[0] == 409
    assert before == told(campus)


def test_a_templates_own_gap_is_found_as_well(campus: CampusStage) -> None:
    """
    Nobody said where: the placeholder stands, and each fault is named in one answer.
    """
    controller = campus.controller()
    draft = drafted(controller, template="evacuate", audience={"zones": ["nowhere"]})

    response = controller.asks("POST", f"{BROADCASTS}/{draft['id']}/issue")

    named = [(error["field"]) for error in response.json["errors"]]
    assert (422, "/problems/broadcast-refused") == (response.status_code, response.json["type"])
    assert ["title", "body", "place", "audience.zones", "end_condition"] == named
    assert slugs(draft, refusing=True) == response.json["faults"]


def test_everything_that_is_missing_is_named_at_once(campus: CampusStage) -> None:
    """
    A draft may be kept with as many gaps as it has; it is refused with each of them.
    """
    controller = campus.controller()
    draft = drafted(controller, severity="minor")

    response = controller.asks("POST", f"{BROADCASTS}/{draft['id']}/issue")

    assert 422 == response.status_code
    assert [
        "empty_words", "empty_words", "no_place", "empty_audience", "no_next_update", "no_end_condition",
    ] == response.json["faults"]  # fmt: skip


def test_a_change_after_the_question_makes_it_void(campus: CampusStage) -> None:
    """
    What the second person would confirm is not what was asked for, whoever changed what of it.
    """
    author, second = campus.controller("author"), stepped_up(campus.controller("second"))
    for change in (FREE, {**FREE, "body": "Go in."}, {**FREE, "audience": {"everyone": True}}):
        draft = drafted(author, **FREE)
        at = f"{BROADCASTS}/{draft['id']}"
        read = author.posts(f"{at}/issue", expecting=202)["second"]["digest"]

        assert author.asks("PUT", at, change).status_code == 200

        assert (409, "issue-not-asked") == refusal(second, "POST", f"{at}/confirm")
        assert author.gets(at)["second"] is None
        author.posts(f"{at}/issue", expecting=202)
        if change != FREE:
            assert (409, "approval-changed") == refusal(second, "POST", f"{at}/confirm", {"digest": read})
    assert [] == told(campus)


def test_a_gap_made_after_the_question_does_not_go_out_either(campus: CampusStage) -> None:
    """
    Nor what the campus no longer knows: the lint looks again at the moment of the confirmation.
    """
    author, second = campus.controller("author"), stepped_up(campus.controller("second"))
    at = f"{BROADCASTS}/{drafted(author, **{**FREE, 'audience': {'teams': ['customer-services']}})['id']}"
    author.posts(f"{at}/issue", expecting=202)
    kept = tuple(team for team in campus.configuration.teams if team.id != "customer-services")
    routes = tuple(route for route in campus.configuration.routes if route.team != "customer-services")

    campus.configure(teams=kept, routes=routes)

    assert (422, "broadcast-refused") == refusal(second, "POST", f"{at}/confirm")
    assert [] == told(campus)


def test_whoever_saves_a_draft_is_its_author(campus: CampusStage) -> None:
    """
    So that a draft outlives its writer's shift; the first writer may then be the second person.
    """
    first, later = stepped_up(campus.controller("first")), stepped_up(campus.controller("later"))
    at = f"{BROADCASTS}/{drafted(first, **FREE)['id']}"

    assert later.asks("PUT", at, FREE).status_code == 200
    later.posts(f"{at}/issue", expecting=202)

    assert (403, "second-person-needed") == refusal(later, "POST", f"{at}/confirm")
    assert "in_force" == first.posts(f"{at}/confirm", expecting=200)["state"]


def test_a_question_is_good_for_an_hour(campus: CampusStage) -> None:
    """
    What was true of a place is not for long; asked anew it is good again.
    """
    author, second = campus.controller("author"), campus.controller("second")
    at = f"{BROADCASTS}/{drafted(author, **FREE)['id']}"
    author.posts(f"{at}/issue", expecting=202)

    campus.skips(minutes=60)

    assert (409, "approval-expired") == refusal(stepped_up(second), "POST", f"{at}/confirm")
    assert author.gets(at)["second"] is None
    author.posts(f"{at}/issue", expecting=202)
    assert "in_force" == second.posts(f"{at}/confirm", expecting=200)["state"]
