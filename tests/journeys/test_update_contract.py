"""The update contract: a word is promised, whoever forgets it is told, and every next word is one press."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from notifications.recipes import OVERDUE
from tests.campus import CampusStage
from tests.campus_people import Person
from tests.journeys.broadcasts import BROADCASTS, EVACUATE, FREE, drafted, issued, told
from tests.journeys.console import lines, refusal
from tests.journeys.trusted import stepped_up

#: A short promise, so that the clock need not be turned far.
PROMISED = 120
SOON = {**EVACUATE, "next_update_min": 2}


def overdue(person: Person, broadcast_id: str) -> int:
    """How often this person's own console was told that this promise is overdue."""
    return sum(one.get("broadcast_id") == broadcast_id for one in person.heard("alarm"))


def rung(campus: CampusStage, person: Person) -> list[str]:
    """By which channels they were told."""
    told = [one for one in campus.deliveries("push", "sms") if one.sentence == OVERDUE]
    return sorted(one.channel for one in told if one.person_id == person.id)


def test_an_overdue_promise_is_told_to_its_owner_and_then_to_its_deputy_once_each(campus: CampusStage) -> None:
    """
    At the promised second the owner, two minutes later the deputy; by push and text as well; nobody twice.
    """
    owner, deputy, third = campus.controller("owner"), campus.controller("deputy"), campus.controller("third")
    live = issued(owner, **SOON, deputy=str(deputy.id))

    campus.passes(seconds=PROMISED - 1)
    early = [overdue(person, live["id"]) for person in (owner, deputy)], campus.alarms()
    campus.passes(seconds=2)
    at_first = [overdue(person, live["id"]) for person in (owner, deputy)]
    campus.passes(seconds=121)
    later = [overdue(person, live["id"]) for person in (owner, deputy, third)]
    campus.restarts()
    campus.passes(seconds=240)

    assert ([0, 0], []) == early
    assert [1, 0] == at_first
    assert [1, 1, 0] == later
    assert [1, 1, 0] == [overdue(person, live["id"]) for person in (owner, deputy, third)]
    assert ["update_overdue"] == campus.alarms()
    assert ["push", "sms"] == rung(campus, owner) == rung(campus, deputy)
    assert ["owner", "deputy"] == [
        line.facts["told"] for line in lines(campus, about_id=live["id"]) if line.action == "broadcast.overdue"
    ]
    seen = third.gets(f"{BROADCASTS}/{live['id']}")
    assert (True, "no_change") == (seen["overdue"], seen["proposes"])


def test_no_change_is_one_press_and_promises_anew(campus: CampusStage) -> None:
    """
    The same words, said to be still in force, on the same thread; the clock begins again and the alarm is answered.
    """
    owner, other = campus.controller("owner"), campus.controller("other")
    live = issued(owner, **SOON)
    campus.passes(seconds=PROMISED + 1)

    said = other.posts(f"{BROADCASTS}/{live['id']}/update", {"no_change": True}, expecting=200)
    again = other.posts(f"{BROADCASTS}/{live['id']}/update", {"no_change": True, "next_update_min": 3}, expecting=200)

    assert (live["id"], live["title"], 2) == (said["id"], said["title"], said["version"])
    assert f"No change, still in force. {live['body']}" == said["body"] == again["body"]
    assert (False, None) == (said["overdue"], said["proposes"])
    assert campus.clock() + timedelta(minutes=3) == _at(again["next_update_at"])
    assert 3 == len({live["hash"], said["hash"], again["hash"]})
    assert [] == campus.alarms(standing_only=True)
    campus.passes(seconds=181)
    assert (2, 0) == (overdue(owner, live["id"]), overdue(other, live["id"]))


def test_free_words_on_a_thread_wait_for_a_second_person(campus: CampusStage) -> None:
    """
    What is in force stays as it is until then; the newest question takes the place of the one before.
    """
    owner, second = stepped_up(campus.controller("owner")), stepped_up(campus.controller("second"))
    live = issued(owner, **SOON)
    at = f"{BROADCASTS}/{live['id']}"
    words = {"title": "The fire brigade is here", "body": "Stay away from Sherfield Building."}

    asked = owner.posts(f"{at}/update", {**words, "next_update_min": 5}, expecting=202)
    assert (1, live["hash"], 2) == (asked["version"], told(campus)[0][1], len(asked["versions"]))
    assert (403, "second-person-needed") == refusal(owner, "POST", f"{at}/confirm")
    owner.posts(f"{at}/update", {**words, "title": "The fire brigade is in"}, expecting=202)
    stale = asked["second"]["digest"]
    assert (409, "approval-changed") == refusal(second, "POST", f"{at}/confirm", {"digest": stale})
    said = second.posts(f"{at}/confirm", expecting=200)

    assert ("The fire brigade is in", 2, 2) == (said["title"], said["version"], said["next_update_min"])
    assert [("The fire brigade is in", said["hash"])] == told(campus)
    assert (409, "issue-not-asked") == refusal(second, "POST", f"{at}/confirm")


def test_a_press_takes_the_place_of_words_that_wait(campus: CampusStage) -> None:
    """
    Nobody confirms after the all clear what was asked before it.
    """
    owner, second = campus.controller("owner"), stepped_up(campus.controller("second"))
    live = issued(owner, **SOON)
    at = f"{BROADCASTS}/{live['id']}"
    owner.posts(f"{at}/update", {"title": "Still burning", "body": "Stay away."}, expecting=202)

    owner.posts(f"{at}/update", {"no_change": True}, expecting=200)
    between = refusal(second, "POST", f"{at}/confirm")
    owner.posts(f"{at}/update", {"title": "Still burning", "body": "Stay away."}, expecting=202)
    owner.posts(f"{at}/clear", expecting=200)

    assert (409, "issue-not-asked") == between == refusal(second, "POST", f"{at}/confirm")
    assert [] == told(campus)


def test_a_templates_words_may_follow_by_one_person(campus: CampusStage) -> None:
    """
    On the same thread, with the place the thread is about; another's severity makes them free text.
    """
    owner = campus.controller("owner")
    live = issued(owner, **SOON)

    said = owner.posts(f"{BROADCASTS}/{live['id']}/update", {"template": "evacuate"}, expecting=200)

    assert ("update", "evacuate", live["title"]) == (
        said["versions"][1]["part"],
        said["versions"][1]["template"],
        said["title"],
    )
    owner.posts(f"{BROADCASTS}/{live['id']}/update", {"template": "weapons-attack"}, expecting=202)


@pytest.mark.parametrize(
    ("door", "state", "title", "template"),
    [
        ("clear", "cleared", "All clear at Sherfield Building", "all-clear"),
        ("retract", "retracted", "Leave Sherfield Building now", "retraction"),
    ],
)
def test_a_thread_ends_in_one_press(campus: CampusStage, door: str, state: str, title: str, template: str) -> None:
    """
    In fixed words on the same thread, and absorbs everything: nothing follows it, and nobody is told it is overdue.
    """
    owner, other = campus.controller("owner"), campus.controller("other")
    live = issued(owner, **SOON)
    at = f"{BROADCASTS}/{live['id']}"

    over = other.posts(f"{at}/{door}", expecting=200)

    assert (state, title, 2, None) == (over["state"], over["title"], over["version"], over["next_update_at"])
    assert (template, "other") == (over["versions"][1]["template"], over["versions"][1]["issued_by"]["name"])
    assert [] == told(campus)
    for path, body in (("update", {"no_change": True}), ("update", FREE_WORDS), ("clear", {}), ("retract", {})):
        assert (409, "broadcast-over") == refusal(owner, "POST", f"{at}/{path}", body)
    campus.passes(seconds=PROMISED + 10)
    assert [] == campus.alarms()


FREE_WORDS = {"title": "One more thing", "body": "Stay away."}


def test_an_all_clear_is_not_held_up_by_the_campus_file(campus: CampusStage) -> None:
    """
    A zone that is gone since, a long place in words, no all clear among the templates: it is over all the same.
    """
    author, second = campus.controller("author"), stepped_up(campus.controller("second"))
    place = "the lawn between the tower and the old boiler house, by the second gate"
    at = f"{BROADCASTS}/{drafted(author, **{**FREE, 'place': place, 'title': 'Gas on the lawn'})['id']}"
    author.posts(f"{at}/issue", expecting=202)
    second.posts(f"{at}/confirm", expecting=200)
    alerts = tuple(one for one in campus.configuration.templates if one.kind == "alert")

    campus.configure(templates=alerts, zones=tuple(z for z in campus.configuration.zones if z.id != "sherfield"))
    said = author.posts(f"{at}/update", {"no_change": True}, expecting=200)
    over = author.posts(f"{at}/clear", expecting=200)

    assert "Gas on the lawn" == said["title"]
    assert (f"All clear at {place}", "cleared") == (over["title"], over["state"])


def test_what_was_never_issued_has_no_next_word(campus: CampusStage) -> None:
    """
    A draft is issued first.
    """
    owner = campus.controller("owner")
    at = f"{BROADCASTS}/{drafted(owner, **EVACUATE)['id']}"

    for path, body in (("update", {"no_change": True}), ("clear", {}), ("retract", {})):
        assert (409, "broadcast-not-in-force") == refusal(owner, "POST", f"{at}/{path}", body)


@pytest.mark.parametrize(
    ("body", "field"),
    [({"no_change": True, "title": "Else"}, "no_change"), ({"template": "all-clear"}, "template")],
)
def test_a_next_word_that_cannot_be_meant_is_refused(campus: CampusStage, body: dict[str, Any], field: str) -> None:
    """
    No change with other words, or an all clear that is none.
    """
    owner = campus.controller("owner")
    live = issued(owner, **SOON)

    response = owner.asks("POST", f"{BROADCASTS}/{live['id']}/update", body)

    assert (422, [field]) == (response.status_code, [error["field"] for error in response.json["errors"]])
    assert [live["hash"]] == [hash_ for _, hash_ in told(campus)]


def test_what_nobody_minds_for_a_day_is_no_longer_live(campus: CampusStage) -> None:
    """
    A day after the promised time it expires; an outage does not take from its owner that they hear of it.
    """
    owner = campus.controller("owner")
    forgotten = issued(owner, **SOON)

    campus.skips(hours=25)
    campus.settles()

    assert 1 == overdue(owner, forgotten["id"])
    assert [] == told(campus)
    assert "expired" == owner.gets(f"{BROADCASTS}/{forgotten['id']}")["state"]
    assert (409, "broadcast-over") == refusal(
        owner, "POST", f"{BROADCASTS}/{forgotten['id']}/update", {"no_change": True}
    )


def test_the_alarm_stands_while_another_promise_is_overdue(campus: CampusStage) -> None:
    """
    One alarm for the control room; whoever gives the last word that was owed has taken it.
    """
    owner = campus.controller("owner")
    one, two = issued(owner, **SOON), issued(owner, **SOON)
    campus.passes(seconds=PROMISED + 1)

    owner.posts(f"{BROADCASTS}/{one['id']}/update", {"no_change": True}, expecting=200)
    between = campus.alarms(standing_only=True)
    owner.posts(f"{BROADCASTS}/{two['id']}/clear", expecting=200)

    assert ["update_overdue"] == between
    assert [] == campus.alarms(standing_only=True)


def test_an_exercises_promise_is_overdue_at_its_own_console(campus: CampusStage) -> None:
    """
    Neither world hears of the other's.
    """
    real, plays = campus.controller("real"), campus.controller("plays", exercise=True)
    played = issued(plays, **SOON)

    campus.passes(seconds=PROMISED + 61)

    assert (0, 1) == (overdue(real, played["id"]), overdue(plays, played["id"]))
    assert ([], True) == (real.heard("alarm"), len(plays.heard("alarm")) >= 2)


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)
