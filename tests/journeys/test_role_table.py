"""Role × endpoint × ownership, generated from the API document: nothing more and nothing less than the table."""

from typing import Any

import pytest

from backend.kernel.vocabulary import Role
from tests.campus import CampusStage
from tests.journeys.role_content import readable
from tests.journeys.role_scenes import Scene, Scenes
from tests.journeys.role_table import FILLED, JUDGED_ELSEWHERE, OPEN, TABLE, Side, may

METHODS = ("get", "put", "post", "delete", "patch")

#: Sides from which a door is tried, by what its address names.
SIDES: dict[str | None, list[Side]] = {
    "incident_id": [side for side in Side if side is not Side.NONE],
    "offer_id": [Side.ASKED, Side.OTHER],
    "alarm_id": [Side.OTHER],
    "broadcast_id": [Side.OTHER, Side.OTHER_WORLD],
    "person_id": [Side.OWN, Side.OTHER, Side.OTHER_WORLD],
    None: [Side.NONE],
}

#: Only an officer can be asked, or have a case.
OFFICERS_SIDES = {Side.ASKED, Side.ASSIGNED, Side.ASSIGNED_CLOSED}

one_store = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)


@one_store
def test_every_door_of_the_document_is_in_the_table(campus: CampusStage) -> None:
    """
    Whoever opens a door says first who may come; a row without a door is a promise nobody keeps.
    """
    calls = set(documented(campus))

    assert calls == set(TABLE) | OPEN | JUDGED_ELSEWHERE


@one_store
@pytest.mark.parametrize("role", list(Role))
def test_a_role_gets_through_its_doors_and_no_other(campus: CampusStage, role: Role) -> None:
    """
    From every side of a case, an offer, an alarm and a person; and no answer tells more than the side may read.
    """
    scenes = Scenes(campus)
    wrong: list[str] = []
    for side in Side:
        if side in OFFICERS_SIDES and role is not Role.OFFICER:
            continue
        scene = scenes.play(role, side)
        for call, names in documented(campus).items():
            if call not in TABLE or side not in SIDES[names]:
                continue
            response = through(scene, call)
            past = response.status_code not in (401, 403, 404)
            leaked = scene.content_of(response.text) - readable(role, side)
            if past != may(call, role, side) or response.status_code >= 500:
                wrong.append(f"{role} {call} from {side}: {response.status_code} {response.text[:120]}")
            if leaked and scene.side is not Side.NONE:
                wrong.append(f"{role} {call} from {side}: tells {sorted(leaked)}")
            if past and TABLE[call].ends:
                scenes.clear(scene)
                scene = scenes.play(role, side)
        scenes.clear(scene)

    assert wrong == []


def documented(campus: CampusStage) -> dict[str, str | None]:
    """Every call of the API document with what its address names."""
    paths: dict[str, Any] = campus.client.get("/v1/openapi.json").get_json()["paths"]
    return {
        f"{method.upper()} {path}": next((name for name in SIDES if name and f"{{{name}}}" in path), None)
        for path, item in paths.items()
        for method in METHODS
        if method in item
    }


def tried(calls: dict[str, str | None], side: Side) -> list[str]:
    """The doors to be tried from this side; what lists or tells of everything is read from all of them."""
    return [
        call
        for call, names in calls.items()
        if call in TABLE and (side in SIDES[names] or (names is None and call.startswith("GET ")))
    ]


def through(scene: Scene, call: str) -> Any:
    """Try a door, as the person of this scene."""
    method, _, path = call.partition(" ")
    row = TABLE[call]
    body = row.body and {
        name: scene.ids[value.strip("{}")] if value in FILLED else value for name, value in row.body.items()
    }
    return scene.person.asks(method, path.format(**scene.ids) + row.query, body)
