"""Broadcasts as the journeys make them: drafted, issued, and what everybody is told."""

from typing import Any

from backend.broadcasts import broadcast_store
from tests.campus import CampusStage
from tests.campus_people import Person
from tests.journeys.console import API

BROADCASTS = f"{API}/broadcasts"

#: A template of the campus, filled with a place it knows.
EVACUATE: dict[str, Any] = {"template": "evacuate", "place": "sherfield", "audience": {"zones": ["sherfield"]}}

#: Somebody's own words, with nothing missing.
FREE: dict[str, Any] = {
    "severity": "moderate",
    "title": "Water is off in Sherfield Building",
    "body": "Use the taps in the Huxley Building.",
    "place": "sherfield",
    "audience": {"zones": ["sherfield"]},
    "next_update_min": 30,
    "end_condition": "The water is back",
}


def drafted(controller: Person, **facts: Any) -> dict[str, Any]:
    """A draft as the door shows it."""
    draft: dict[str, Any] = controller.posts(BROADCASTS, facts, expecting=201)
    return draft


def out(controller: Person, draft: dict[str, Any]) -> dict[str, Any]:
    """A template's draft, issued."""
    live: dict[str, Any] = controller.posts(f"{BROADCASTS}/{draft['id']}/issue", expecting=200)
    return live


def issued(controller: Person, **facts: Any) -> dict[str, Any]:
    """A template, drafted and issued."""
    return out(controller, drafted(controller, **facts))


def slugs(draft: dict[str, Any], *, refusing: bool) -> list[str]:
    """What the lint finds, by name: what keeps it back, or what is only to be known."""
    return [one["slug"] for one in draft["lint"] if one["refuses"] is refusing]


def told(campus: CampusStage, *, exercise: bool = False) -> list[tuple[str, str]]:
    """The title and the hash of everything that is in force, the newest first."""
    found = campus.database.read(broadcast_store.in_force, exercise=exercise)
    return [(said.words["en"].title, said.hash) for _, said in found]
