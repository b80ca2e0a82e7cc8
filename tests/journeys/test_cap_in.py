"""Other authorities' alerts: they wait for a controller, and nothing sends them on by itself."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from backend.broadcasts import broadcast_store
from backend.broadcasts.broadcast import Version
from backend.broadcasts.putting_out import put_out
from backend.kernel.errors import Conflict
from backend.kernel.threads import PlainThreads
from backend.web.context import NAME
from tests.campus import CampusStage
from tests.campus_people import Person
from tests.journeys.console import API, lines, refusal
from tests.unit.cap.alerts import HOSTILE, alert, info

CAP = f"{API}/cap"

T = TypeVar("T")


def hands_in(person: Person, body: bytes, *, expecting: int = 201, media: str = "application/cap+xml") -> Any:
    """Send the document as it is."""
    headers = {"Authorization": f"Bearer {person.token}"}
    response = person.campus.client.post(CAP, data=body, headers=headers, content_type=media)
    assert response.status_code == expecting, response.text
    person.campus.settles()
    return response.json


def waiting(person: Person) -> list[str]:
    return [one["source"]["identifier"] for one in person.gets(CAP)["items"]]


def test_an_alert_becomes_a_proposal_and_goes_nowhere(campus: CampusStage) -> None:
    """
    The control room sees whose it is, what it says, and what of our grounds it touches; nobody else is told anything.
    """
    controller = campus.controller()

    told = hands_in(controller, alert())
    campus.passes(seconds=3600)

    assert (told["state"], told["kind"], told["severity"], told["exercise"]) == ("proposed", "alert", "severe", False)
    assert told["place"] == "Riverside"
    assert told["audience"]["sites"] == ["charing-cross"]
    assert told["source"]["words"]["en"]["title"] == "Flood warning for the river"
    assert waiting(controller) == ["RIVER-7"]
    assert campus.client.get("/status.json").json["in_force"] == []
    assert campus.deliveries("push", "sms", "email", "voice") == []
    (line,) = lines(campus, about="broadcast")
    assert (line.action, line.actor, line.about_id) == ("broadcast.proposed", str(controller.id), told["id"])


def test_a_second_copy_is_the_same_proposal(campus: CampusStage) -> None:
    """
    By sender, identifier and the moment it was sent, however that is written.
    """
    controller = campus.controller()
    first = hands_in(controller, alert())

    again = hands_in(controller, alert(sent="2026-11-23T14:55:00+01:00"), expecting=200, media="text/xml")
    other = hands_in(controller, alert(sent="2026-11-23T13:56:00-00:00"))

    assert again["id"] == first["id"]
    assert other["id"] != first["id"]


def test_an_update_and_a_cancel_are_shown_with_what_they_follow(campus: CampusStage) -> None:
    """
    Of the same sender alone, in whatever order they come in.
    """
    controller = campus.controller()
    name = "alerts@river.example,RIVER-7,2026-11-23T13:55:00+00:00"
    cancel = hands_in(controller, alert(identifier="RIVER-9", msgType="Cancel", references=name))
    assert cancel["follows"] == []

    first = hands_in(controller, alert())
    update = hands_in(controller, alert(identifier="RIVER-8", msgType="Update", references=f"odd {name}"))
    stranger = hands_in(controller, alert(sender="else@river.example", msgType="Cancel", references=name))

    assert [(one["id"], one["state"]) for one in update["follows"]] == [(first["id"], "proposed")]
    assert sorted(one["msg_type"] for one in first["followed_by"]) == ["Cancel"]
    listed = {one["id"]: one for one in controller.gets(CAP)["items"]}
    assert sorted(one["msg_type"] for one in listed[first["id"]]["followed_by"]) == ["Cancel", "Update"]
    assert listed[cancel["id"]]["follows"][0]["id"] == first["id"]
    assert stranger["follows"] == []


def test_a_controller_adopts_it_as_a_draft_in_free_text(campus: CampusStage) -> None:
    """
    Then it is theirs, with its words as version 1, not issued; and nobody adopts it twice.
    """
    controller = campus.controller()
    told = hands_in(controller, alert(info(), info(language="fr", headline="Crue")))

    adopted = controller.posts(f"{CAP}/{told['id']}/adopt")

    assert adopted == {"id": told["id"], "state": "draft"}
    broadcast = campus.database.read(broadcast_store.by_id, UUID(told["id"]))
    (draft,) = campus.database.read(broadcast_store.versions, UUID(told["id"]))
    assert (broadcast.owner_id, broadcast.version) == (controller.id, 0)
    assert (draft.number, draft.part, draft.template, draft.issued_at) == (1, "alert", None, None)
    assert (draft.words["en"]["title"], draft.words["fr"]["title"]) == ("Flood warning for the river", "Crue")
    assert refusal(controller, "POST", f"{CAP}/{told['id']}/adopt") == (409, "proposal-taken")
    assert waiting(controller) == []
    assert [line.action for line in lines(campus, about="broadcast")] == ["broadcast.proposed", "broadcast.adopted"]
    hands_in(controller, alert(), expecting=200)
    assert waiting(controller) == []


def test_what_has_no_english_is_adopted_with_a_gap(campus: CampusStage) -> None:
    """
    A placeholder that no lint lets out: nothing is translated by a machine.
    """
    controller = campus.controller()
    told = hands_in(controller, alert(info(language="fr")))

    controller.posts(f"{CAP}/{told['id']}/adopt")

    (draft,) = campus.database.read(broadcast_store.versions, UUID(told["id"]))
    assert draft.words["en"] == {"title": "{title in English}", "body": "{words in English}"}


def test_what_follows_an_alert_of_ours_belongs_to_its_thread(campus: CampusStage) -> None:
    """
    A cancel is never a draft, and an update only when what it updates is not one already.
    """
    controller = campus.controller()
    name = "alerts@river.example,RIVER-7,2026-11-23T13:55:00+00:00"
    first = hands_in(controller, alert())
    update = hands_in(controller, alert(identifier="RIVER-8", msgType="Update", references=name))
    cancel = hands_in(controller, alert(identifier="RIVER-9", msgType="Cancel", references=name))
    controller.posts(f"{CAP}/{first['id']}/adopt")

    for late in (update, cancel):
        response = controller.asks("POST", f"{CAP}/{late['id']}/adopt")
        assert (response.status_code, response.json["follows"]) == (409, [first["id"]])

    controller.posts(f"{CAP}/{cancel['id']}/dismiss")
    assert waiting(controller) == ["RIVER-8"]


def test_no_way_leads_from_a_proposal_to_the_public(campus: CampusStage) -> None:
    """
    Not even past the doors, with words that somebody wrote.
    """
    controller = campus.controller()
    told = hands_in(controller, alert())

    def issue(session: Session) -> None:
        broadcast = broadcast_store.locked(session, UUID(told["id"]))
        assert broadcast is not None
        version = Version(broadcast_id=broadcast.id, number=1, part="alert", words={})
        put_out(session, broadcast, version, by=controller.id, now=campus.clock())

    with pytest.raises(Conflict, match="adopt it first"):
        campus.database.write(issue)

    assert campus.client.get("/status.json").json["in_force"] == []


def test_worlds_stay_apart(campus: CampusStage) -> None:
    """
    A message of status Exercise is one for everybody; an exercise controller's are all, and they see nothing real.
    """
    controller, player = campus.controller(), campus.controller("player", exercise=True)

    real, played = hands_in(controller, alert()), hands_in(player, alert())
    exercise = hands_in(controller, alert(identifier="EX", status="Exercise"))
    test = hands_in(controller, alert(identifier="T", status="Test"))

    assert [one["exercise"] for one in (real, played, exercise, test)] == [False, True, True, False]
    assert test["kind"] == "test"
    assert sorted(waiting(player)) == ["EX", "RIVER-7"]
    assert sorted(waiting(controller)) == ["EX", "RIVER-7", "RIVER-7", "T"]
    assert refusal(player, "POST", f"{CAP}/{real['id']}/adopt") == (404, "not-found")


def test_the_list_has_pages(campus: CampusStage) -> None:
    """
    The newest first, each one once.
    """
    controller = campus.controller()
    for number in range(5):
        hands_in(controller, alert(identifier=f"N{number}"))
        campus.clock.now = campus.clock.now.replace(second=number // 2)

    seen, cursor = [], ""
    while cursor is not None:
        page = controller.gets(f"{CAP}?limit=2{cursor and f'&cursor={cursor}'}")
        seen += [one["source"]["identifier"] for one in page["items"]]
        cursor = page["next_cursor"]

    assert sorted(seen) == [f"N{number}" for number in range(5)]
    assert seen[0] == "N4"


def test_hostile_documents_are_refused_with_a_problem(campus: CampusStage) -> None:
    """
    Each says why; nothing of them is kept.
    """
    controller = campus.controller()
    headers = {"Authorization": f"Bearer {controller.token}"}

    for name, (body, why) in HOSTILE.items():
        response = campus.client.post(CAP, data=body, headers=headers, content_type="application/cap+xml")
        assert response.mimetype == "application/problem+json", name
        too_large = name == "fifty megabytes"
        assert response.status_code == (413 if too_large else 422), (name, response.text)
        assert too_large or why in response.json["title"], (name, response.text)
    odd = campus.client.post(CAP, data=alert(), headers=headers, content_type="application/json")

    assert (odd.status_code, odd.json["type"]) == (422, "/problems/not-cap")
    assert waiting(controller) == []


def test_a_document_is_read_beside_the_hub(campus: CampusStage) -> None:
    """
    On the threads in which photos are decoded: while it is read, whoever taps is answered.
    """
    controller = campus.controller()
    doors = campus.service.app.extensions
    aside = _Counting()
    doors[NAME] = replace(doors[NAME], imaging=aside)

    hands_in(controller, alert())

    assert aside.calls == 1


class _Counting(PlainThreads):
    """Threads that know how often they were asked."""

    calls = 0

    def call(self, work: Callable[[], T]) -> T:
        self.calls += 1
        return super().call(work)
