"""Nobody with the phone in hand, its token, its streams and its lock screen can tell duress from calling off."""

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any
from uuid import uuid4

import pytest

from backend.kernel.vocabulary import Role
from infra.settings import Settings
from tests.campus import CampusStage, Clock
from tests.campus_people import Officer
from tests.journeys.buttons import Button, button_of
from tests.journeys.conftest import SECRET, copy_store
from tests.journeys.console import API, case_at
from tests.journeys.twins import CANCEL, DURESS, WRONG, Twins, World
from tests.postgres_cluster import PostgresCluster

Make = Callable[..., Twins]

#: Published by both; drawn, it would tell the twins apart.
VAPID = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def twins(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Make]:
    """
    Two campuses on two stores, which begin alike.
    """
    stages: list[CampusStage] = []

    def stage(name: str) -> CampusStage:
        folder = tmp_path / name
        folder.mkdir()
        url = None
        if request.param == "postgres":
            cluster: PostgresCluster = request.getfixturevalue("postgres_cluster")
            database = cluster.create_database(template=request.getfixturevalue("postgres_template"))
            request.addfinalizer(lambda: cluster.drop_database(database))
            url = cluster.url(database)
        else:
            copy_store(request.getfixturevalue("sqlite_template"), folder)
        settings = Settings(data_dir=folder, database_url=url, secret_key=SECRET, vapid_private_key=VAPID)
        stages.append(CampusStage(settings, Clock()))
        return stages[-1]

    yield lambda *roles: Twins(World(stage("called_off"), *roles), World(stage("forced"), *roles))
    for one in stages:
        one.closes()


def goes_on(world: World, case_id: str, *, forced: bool) -> None:
    """Where only somebody's phone believes that it is over, officers come, write and note; time passes in both."""
    near, far, controller = world.near, world.far, world.controller
    for officer in (near, far) if forced else ():
        if officer.heard("offer"):
            officer.shows("offer")
        takes(officer, case_id)
    # A console sounds until somebody takes its alarms, whatever became of the case: to its owner too, they are taken.
    for alarm in controller.gets(f"{API}/alarms")["items"]:
        controller.posts(f"{API}/alarms/{alarm['alarm_id']}/take")
    if forced:
        controller.shows("incident")
        near.posts(f"/v1/incidents/{case_id}/messages", {"message_id": str(uuid4()), "text": "we are coming"})
        controller.posts(case_at(case_id, "messages"), {"message_id": str(uuid4()), "text": "do not ring"})
        controller.posts(case_at(case_id, "notes"), {"text": "police rung"})
        controller.posts(case_at(case_id, "take"))
        controller.asks("PUT", case_at(case_id, "protocol", "place"), {"done": True})
        controller.asks("PUT", case_at(case_id, "methane"), {"major_incident": True})
        controller.posts(case_at(case_id, "profile"), {"reason": "who is this"})
    world.passes(70)
    for move in ("en_route", "on_scene"):
        if forced:
            near.moves(move, case_id)
        world.passes(20)


def lives_on(world: World, case: dict[str, str], pin: str) -> None:
    """What whoever holds the phone may try with the case that is over."""
    path = f"/v1/incidents/{case['id']}"
    here = {"latitude": 51.4983, "longitude": -0.1769, "accuracy_m": 5.0}
    said = {"message_id": world.makes_id(), "text": "hello?"}
    for one in (pin, WRONG, None, pin):
        world.calls_off(one, case)
    world.does("POST", f"{path}/positions", here)
    world.does("POST", f"{path}/messages", said)
    world.does("POST", f"{path}/moves", {"move": "resolved"})
    ids = [message["id"] for message in world.owner.messages()]
    world.does("POST", "/v1/receipts", {"message_ids": ids, "stage": "opened"})
    world.reads_everything()


@pytest.mark.parametrize(
    ("twins", "kind", "typed", "roles"),
    [
        ("sqlite", "help", ([CANCEL], [DURESS]), ()),
        pytest.param(
            "postgres", "emergency", ([WRONG, WRONG, CANCEL], [WRONG] * 3), (Role.OFFICER,), marks=pytest.mark.postgres
        ),
        ("sqlite", "first_aid", ([CANCEL], [DURESS]), (Role.OFFICER, Role.CONTROLLER)),
    ],
    ids=["duress-pin", "third-wrong-pin", "controller"],
    indirect=["twins"],
)
def test_the_phone_shows_the_same_whichever_pin_was_typed(
    twins: Make, kind: str, typed: tuple[list[str], list[str]], roles: tuple[Role, ...]
) -> None:
    """
    An officer had said yes and somebody had written; afterwards officers move, write and resolve, and days go by.
    """
    pair = twins(*roles)
    for world, pins in zip((pair.called_off, pair.forced), typed, strict=True):
        case = world.taps(kind)
        if world.near.offers:
            world.near.accepts()
        world.does("POST", f"/v1/incidents/{case['id']}/messages", {"message_id": world.makes_id(), "text": "help"})
        world.passes(45)
        for pin in pins:
            world.calls_off(pin)
        goes_on(world, case["id"], forced=world is pair.forced)
        lives_on(world, case, pins[-1])
        world.restarts()
        again = world.taps(kind)
        world.does("PUT", "/v1/check-in", {"minutes": 30, "note": "in the lab"})
        for typed_pin in (None, *pins, pins[-1]):
            world.does("POST", "/v1/check-in/end", {"pin": typed_pin})
        if world is pair.forced:
            world.near.moves("resolved", case["id"])
        world.calls_off(CANCEL, again)
        world.does("POST", "/v1/taps", {"tap_id": str(world.makes_id()), "kind": "help"})
        world.stage.skips(days=4)
        world.stage.service.rounds.forget()
        world.reads_everything()

    assert pair.differences() == []


@pytest.mark.parametrize("twins", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
def test_a_button_of_theirs_tells_nothing_either(twins: Make) -> None:
    """
    Whoever took the button with the phone presses it again, or lets it send the same press again.
    """
    pair = twins()
    for world, pin in ((pair.called_off, CANCEL), (pair.forced, DURESS)):
        own = button_of(world.stage, world.owner, kind="help")

        def press(press_id: str, world: World = world, own: Button = own) -> dict[str, Any]:
            answer = own.is_pressed({"press_id": press_id, "note": "come"})
            world.answers.append((press_id, answer.status_code, answer.json))
            return answer.json

        world.owner.case = press("first")
        world.passes(20)
        world.calls_off(pin)
        press("first")
        goes_on(world, world.owner.case["id"], forced=world is pair.forced)
        press("first")
        press("second")
        world.reads_everything()

    assert pair.differences() == []


def acts(world: World, case_id: str, random: Random, *, forced: bool) -> None:
    """
    Some hours after the calling off, the same in both worlds but for the case that only one of them still has.
    """
    for _ in range(10):
        what, whom = random.randrange(8), random.choice((world.near, world.far))
        if what == 0:
            world.restarts()
        elif what == 1:
            world.passes(random.randrange(1, 90))
        elif what == 2:
            whom.is_at(random.choice((world.stage.BEIT, world.stage.LIBRARY, world.stage.CHEMISTRY)))
        elif what == 3:
            world.taps(random.choice(("help", "emergency")), silent=random.random() < 0.5)
        elif what == 4:
            said = {"message_id": world.makes_id(), "text": "anybody?"}
            world.does("POST", f"/v1/incidents/{world.owner.case['id']}/messages", said)
        elif what == 5:
            world.calls_off(None if random.random() < 0.5 else CANCEL)
        elif forced and what == 6:
            takes(whom, case_id)
        elif forced and what == 7:
            whom.asks("POST", f"/v1/incidents/{case_id}/moves", {"move": "en_route"})
            whom.asks("POST", f"/v1/incidents/{case_id}/messages", {"message_id": str(uuid4()), "text": "near"})
        world.stage.settles()


def takes(officer: Officer, case_id: str) -> None:
    """Yes to what is asked about this case, seen or not."""
    for offer in officer.offers:
        if offer["incident"]["id"] == case_id:
            officer.asks("POST", f"/v1/offers/{offer['id']}/accept", {})


@pytest.mark.parametrize(
    "seed", [1, *(pytest.param(seed, marks=[pytest.mark.long, pytest.mark.timeout(600)]) for seed in range(2, 40))]
)
def test_nothing_that_happens_later_tells_them_apart(twins: Make, seed: int) -> None:
    """
    Whatever officers do, whatever is tried on the phone, restarts and time: drawn by lot, the same in both worlds.
    """
    pair = twins()
    for world, pin in ((pair.called_off, CANCEL), (pair.forced, DURESS)):
        random = Random(seed)
        forced = world is pair.forced
        case = world.taps(random.choice(("help", "first_aid", "emergency")), silent=random.random() < 0.3)
        if random.random() < 0.5 and world.near.offers:
            # What waits in the outbox at the calling off is told after it.
            world.near.asks("POST", f"/v1/offers/{world.near.offers[0]['id']}/accept", {})
        world.calls_off(pin)
        acts(world, case["id"], random, forced=forced)
        world.reads_everything()

    assert pair.differences() == []
