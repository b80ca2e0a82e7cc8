"""The count: each person in exactly one state, by zone and by site; and the list of who has said nothing."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from backend.broadcasts.roll import By
from backend.broadcasts.spoken import Part
from backend.kernel.vocabulary import Role
from tests.campus import CampusStage
from tests.journeys.broadcasts import EVACUATE, issued
from tests.journeys.console import API, looks_of
from tests.journeys.test_broadcast_receipts import shows
from tests.journeys.warned import FIRE, answers, on_the_roll, says, warns


def test_everybody_is_in_exactly_one_state_by_zone_and_by_site(campus: CampusStage) -> None:
    """
    The furthest on any channel counts, and silence is a state of its own after five minutes.
    """
    controller = campus.controller()
    marks: dict[str, dict[str, Any]] = {
        "unreachable": {"asked": 0, "sent": 0, "taken": 0, "unreachable": "no channel"},
        "asked": {"asked": 6, "sent": 0, "taken": 0},
        "failed": {"asked": 2, "sent": 2, "taken": 0, "failed": 2},
        "sent": {"asked": 2, "sent": 2, "taken": 0},
        "accepted": {"asked": 6, "sent": 6, "taken": 4, "failed": 2},
        "silent": {"displayed_at": campus.clock() - timedelta(minutes=6), "displayed_version": 1},
        "displayed": {"displayed_at": campus.clock(), "displayed_version": 1},
    }
    fire = warns(campus)
    for number, (name, told) in enumerate(marks.items()):
        zone = ["sherfield", "chemistry"][number % 2]
        on_the_roll(campus, fire, campus.student(name), zone_id=zone, site_id="south-kensington", **told)
    for answer in ("safe", "need_help", "not_here"):
        person = campus.student(answer)
        on_the_roll(campus, fire, person)
        answers(person, fire, answer)

    tally = controller.gets(f"{API}/broadcasts/{fire}/tally")

    assert dict.fromkeys([*marks, "safe", "need_help", "not_here"], 1) == tally["states"]
    assert (10, 7, 10) == (tally["people"], tally["unaccounted"], sum(tally["states"].values()))
    assert {("sherfield", 4), ("chemistry", 3), (None, 3)} == {(one["zone"], one["people"]) for one in tally["zones"]}
    assert {("south-kensington", 7), (None, 3)} == {(one["site"], one["people"]) for one in tally["sites"]}
    assert all(one["people"] == sum(one["states"].values()) for one in [*tally["zones"], *tally["sites"]])


def test_who_is_still_on_an_older_version_is_told_by_channel(campus: CampusStage) -> None:
    """
    What was sent is told of each channel, what is seen of the screens.
    """
    controller, ahead, behind = campus.controller(), campus.student("ahead"), campus.student("behind")
    fire = warns(campus)
    on_the_roll(campus, fire, ahead, sent=By.PUSH | By.EMAIL, version=2)
    on_the_roll(campus, fire, behind, sent=By.PUSH | By.SMS, version=1)
    says(campus, fire, FIRE, Part.UPDATE)
    shows(ahead, fire)
    shows(behind, fire)

    channels = {
        one["channel"]: (one["newest"], one["older"])
        for one in controller.gets(f"{API}/broadcasts/{fire}/tally")["channels"]
    }

    expected = {"socket": (0, 0), "push": (1, 1), "sms": (0, 1), "voice": (0, 0), "email": (1, 0), "screen": (1, 1)}
    assert expected == channels


def test_every_open_page_is_read_for_the_words_it_carries(campus: CampusStage) -> None:
    """
    All on the newest version after an update, and an exercise on none but its own.
    """
    controller, player = campus.controller(), campus.controller("player", exercise=True)
    fire, drill = warns(campus), warns(campus, exercise=True)
    says(campus, fire, FIRE, Part.UPDATE)

    real, played = (
        who.gets(f"{API}/broadcasts/{broadcast_id}/tally")
        for who, broadcast_id in ((controller, fire), (player, drill))
    )

    assert {"/status", "/status/recorded-line", "/cap/feed"} <= {one["page"] for one in real["pages"]}
    assert {(2, real["hash"], True)} == {(one["version"], one["hash"], one["is_newest"]) for one in real["pages"]}
    assert {"/cap/exercise", "/cap/exercise/{id}.xml"} == {one["page"] for one in played["pages"]}


def test_the_unaccounted_for_are_paged_and_every_look_is_written_down(campus: CampusStage) -> None:
    """
    Who has answered is not in it; who was not reached is, with the reason and when they were last heard.
    """
    controller = campus.controller()
    people = [campus.student(f"student{number}", building="sherfield") for number in range(5)]
    fire = warns(campus, *people[:4])
    on_the_roll(campus, fire, people[4], asked=0, sent=0, taken=0, unreachable="no number", zone_id="sherfield")
    answers(people[0], fire, "not_here")

    items: list[dict[str, Any]] = []
    cursor, pages = "", 0
    while True:
        page = controller.gets(f"{API}/broadcasts/{fire}/unaccounted?limit=2{cursor}")
        items, cursor, pages = [*items, *page["items"]], f"&cursor={page['next_cursor']}", pages + 1
        if page["next_cursor"] is None:
            break

    assert {str(one.id): one.name for one in people[1:]} == {one["person_id"]: one["name"] for one in items}
    missed = next(one for one in items if one["person_id"] == str(people[4].id))
    assert ("unreachable", "no number", "Sherfield Building") == (
        missed["state"],
        missed["unreachable"],
        missed["zone_name"],
    )
    assert all(one["last_heard_at"] is not None for one in items)
    assert [("unaccounted.listed", str(fire))] * pages == looks_of(campus, controller)


def test_a_real_desk_counts_the_exercise_it_has_sent(campus: CampusStage) -> None:
    """
    Who sends it has to see what came of it, and by what each can still be reached; the players' own desk sees it too.
    """
    controller, player = campus.controller(), campus.controller("player", exercise=True)
    campus.student("trainee", building="sherfield", mobile="+447700900002", exercise=True)
    drill = issued(controller, **EVACUATE, exercise=True)["id"]
    campus.passes(seconds=2)

    counts = [who.gets(f"{API}/broadcasts/{drill}/tally")["people"] for who in (controller, player)]
    (missed,) = controller.gets(f"{API}/broadcasts/{drill}/unaccounted")["items"]

    assert [1, 1] == counts
    assert ("trainee", ["sms", "email"]) == (missed["name"], missed["by"])


@pytest.mark.parametrize("roles", [(), (Role.OFFICER,), (Role.ADMIN,), (Role.AUDITOR,), (Role.ADVISER,)])
def test_only_controllers_of_its_world_may_see_what_came_of_it(campus: CampusStage, roles: tuple[Role, ...]) -> None:
    """
    A draft has come to nothing yet, and the other world's is not there.
    """
    somebody, controller = campus.somebody("somebody", *roles), campus.controller()
    fire, drill = warns(campus), warns(campus, exercise=True)

    def tried(person, broadcast_id: UUID) -> set[int]:
        doors = (f"{API}/broadcasts/{broadcast_id}/{door}" for door in ("tally", "unaccounted"))
        return {person.asks("GET", door).status_code for door in doors}

    assert [{403}, {200}, {404}, {404}] == [
        tried(somebody, fire),
        tried(controller, fire),
        tried(controller, drill),
        tried(controller, uuid4()),
    ]
