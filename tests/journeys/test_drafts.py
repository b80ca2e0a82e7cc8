"""Drafts: kept, listed, changed and dropped; whose they are, and how far each would get."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from backend.broadcasts import broadcast_store
from backend.broadcasts.audience import Audience
from backend.broadcasts.broadcast import Broadcast, BroadcastState
from backend.campus.campus import TemplateWords
from tests.campus import CampusStage
from tests.campus_people import Person
from tests.journeys.broadcasts import BROADCASTS, EVACUATE, FREE, drafted, issued, out, slugs, told
from tests.journeys.console import refusal
from tests.journeys.trusted import stepped_up


def test_a_draft_is_listed_changed_and_dropped(campus: CampusStage) -> None:
    """
    What was issued is neither changed nor dropped; what was dropped is not issued.
    """
    controller = campus.controller()
    live, draft = issued(controller, **EVACUATE), drafted(controller, **FREE)

    listed = controller.gets(f"{BROADCASTS}?open=true")["items"]
    dropped = [controller.asks("DELETE", f"{BROADCASTS}/{draft['id']}").status_code for _ in range(2)]

    assert {live["id"], draft["id"]} == {one["id"] for one in listed}
    assert [204, 204] == dropped
    assert (409, "broadcast-issued") == refusal(controller, "DELETE", f"{BROADCASTS}/{live['id']}")
    assert (409, "broadcast-issued") == refusal(controller, "PUT", f"{BROADCASTS}/{live['id']}", FREE)
    assert (409, "broadcast-issued") == refusal(controller, "POST", f"{BROADCASTS}/{live['id']}/issue")
    assert (409, "broadcast-issued") == refusal(controller, "POST", f"{BROADCASTS}/{draft['id']}/issue")
    assert [draft["id"]] == [one["id"] for one in controller.gets(f"{BROADCASTS}?open=false")["items"]]
    assert [live["id"]] == [one["id"] for one in controller.gets(f"{BROADCASTS}?open=true&limit=1")["items"]]


def test_pages_of_the_list_have_everything_once(campus: CampusStage) -> None:
    """
    The newest first, however many were made in the same moment.
    """
    controller = campus.controller()
    made = {drafted(controller, **FREE)["id"] for _ in range(5)}

    found: list[str] = []
    cursor = ""
    while cursor is not None:
        page = controller.gets(f"{BROADCASTS}?limit=2{cursor and f'&cursor={cursor}'}")
        found += [one["id"] for one in page["items"]]
        cursor = page["next_cursor"]

    assert (made, 5) == (set(found), len(found))


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"template": "no-such"}, "template"),
        ({"template": "all-clear"}, "template"),
        ({}, "severity"),
        ({"severity": "severe", "deputy": "5f0c1f2a-6c1e-4c1e-8a53-3f6f0a3f2c11"}, "deputy"),
        ({"severity": "severe", "kind": "joke"}, "kind"),
        ({"severity": "severe", "next_update_min": 0}, "next_update_min"),
        ({"severity": "severe", "audience": {"circle": {"latitude": 91, "longitude": 0, "radius_m": 5}}},
         "audience.circle.latitude"),
        ({"severity": "severe", "audience": {"everybody": True}}, "audience.everybody"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_refused(campus: CampusStage, body: dict[str, Any], field: str) -> None:
    """
    With its field; a gap is no reason, a name that there is not is one.
    """
    response = campus.controller().asks("POST", BROADCASTS, body)

    assert (422, [field]) == (response.status_code, [error["field"] for error in response.json["errors"]])


def test_the_worlds_of_broadcasts_never_mix(campus: CampusStage) -> None:
    """
    An exercise controller's is an exercise whatever the body says, and no real console has it; a real one may play.
    """
    real, other = campus.controller("real"), campus.controller("other")
    plays = campus.controller("plays", exercise=True)

    played = out(plays, drafted(plays, **EVACUATE, exercise=False))
    training = out(real, drafted(real, **EVACUATE, exercise=True))
    meant = out(real, drafted(real, **EVACUATE))

    assert [True, True, False] == [one["exercise"] for one in (played, training, meant)]
    assert {training["id"], meant["id"]} == {one["id"] for one in other.gets(BROADCASTS)["items"]}
    assert [played["id"]] == [one["id"] for one in plays.gets(BROADCASTS)["items"]]
    for person, id_ in ((real, played["id"]), (plays, meant["id"]), (plays, training["id"])):
        assert 404 == person.asks("GET", f"{BROADCASTS}/{id_}").status_code
        for door in ("issue", "update", "clear", "retract"):
            assert 404 == person.asks("POST", f"{BROADCASTS}/{id_}/{door}", {}).status_code
    assert [meant["title"]] == [title for title, _ in told(campus)]
    assert 2 == len(told(campus, exercise=True))


def test_the_draft_says_how_far_it_would_get(campus: CampusStage) -> None:
    """
    A real controller's exercise is counted over exercise people; who is out of reach is named, and the look is kept.
    """
    controller = campus.controller(mobile="+447700900001")
    campus.student("quiet", building="sherfield")
    player = campus.student("player", building="sherfield", mobile="+447700900002", exercise=True)

    real = drafted(controller, **EVACUATE)["reach"]
    played = drafted(controller, **EVACUATE, exercise=True)["reach"]

    assert (1, [{"id": str(_id_of(campus, "quiet")), "name": "quiet", "reason": "mail_only"}]) == (
        real["people"],
        real["named"],
    )
    assert [
        {"reason": "no_token", "people": 1},
        {"reason": "no_number", "people": 1},
        {"reason": "mail_only", "people": 1},
    ] == real["unreachable"]
    assert {"push": 0, "sms": 1, "voice": 0, "email": 1, "socket": 0} == played["by_channel"]
    assert player.name not in str(real)


def _id_of(campus: CampusStage, name: str) -> str:
    controller: Person = campus.controller("looks it up")
    (found,) = controller.gets(f"/console/api/people?query={name}")["items"]
    return str(found["id"])


def test_who_was_overtaken_on_a_draft_hears_of_it(campus: CampusStage) -> None:
    """
    Saved over words that somebody else has written since: refused with their name, and theirs stand.
    """
    one, other = campus.controller(), campus.controller("other")
    draft = drafted(one, **FREE)
    at, read = f"{BROADCASTS}/{draft['id']}", draft["versions"][-1]["written_at"]
    campus.passes(seconds=1)

    theirs = other.asks("PUT", at, {**FREE, "title": "Theirs", "over": read})
    mine = one.asks("PUT", at, {**FREE, "title": "Mine", "over": read})

    assert (200, 409) == (theirs.status_code, mine.status_code)
    assert "other has changed this draft since you read it." == mine.json["title"]
    assert "Theirs" == one.gets(at)["title"]
    assert 200 == one.asks("PUT", at, {**FREE, "over": theirs.json["versions"][-1]["written_at"]}).status_code


def test_what_was_proposed_from_outside_is_nobodys_draft(campus: CampusStage) -> None:
    """
    It is neither issued nor changed nor confirmed until somebody has made it theirs, and never by itself.
    """
    controller = stepped_up(campus.controller())
    at = f"{BROADCASTS}/{campus.database.write(_propose, campus)}"

    assert (409, "broadcast-proposed") == refusal(controller, "POST", f"{at}/issue")
    assert (409, "broadcast-proposed") == refusal(controller, "PUT", at, FREE)
    assert (409, "issue-not-asked") == refusal(controller, "POST", f"{at}/confirm")
    assert (409, "broadcast-not-in-force") == refusal(controller, "POST", f"{at}/update", {"no_change": True})
    campus.passes(seconds=60)
    assert [] == told(campus)


def test_a_missing_translation_is_said_and_read_in_english(campus: CampusStage) -> None:
    """
    It keeps nothing back, and none is made up: who reads it is told in English, others in their own language.
    """
    french = TemplateWords("fr", "Quittez {place}", "Sortez de {place}.")
    templates = tuple(
        replace(one, languages=(french,)) if one.id == "evacuate" else one for one in campus.configuration.templates
    )
    campus.configure(templates=templates)
    controller = campus.controller()

    draft = drafted(controller, **EVACUATE)
    live = out(controller, draft)

    assert ["missing_translation"] * 3 == slugs(draft, refusing=False)
    assert ["languages.zh", "languages.es", "languages.ar"] == [one["field"] for one in draft["lint"]]
    assert {"fr": {"title": "Quittez Sherfield Building", "body": "Sortez de Sherfield Building."}} == live["languages"]
    ((_, said),) = campus.database.read(broadcast_store.in_force, exercise=False)
    assert (live["title"], "Quittez Sherfield Building") == (said.words_in("es").title, said.words_in("fr-CA").title)


def _propose(session: Session, campus: CampusStage) -> UUID:
    proposed = Broadcast(
        state=BroadcastState.PROPOSED.value, purpose="alert", severity="severe", exercise=False,
        audience=Audience(everyone=True).document(), made_at=campus.clock(), source={"sender": "somebody"},
    )  # fmt: skip
    broadcast_store.add(session, proposed)
    return proposed.id
