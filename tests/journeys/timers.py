"""People who set a timer, and what reminds them."""

from typing import Any

from tests.campus import CampusStage
from tests.campus_people import Person, Place


def sets(person: Person, minutes: float, at: Place | None = None, **more: Any) -> dict[str, Any]:
    """Set or change a check-in; how it stands."""
    body: dict[str, Any] = {"minutes": minutes, **more}
    if at is not None:
        body["position"] = {"latitude": at[0], "longitude": at[1], "accuracy_m": 8.0}
    response = person.asks("PUT", "/v1/check-in", body)
    assert response.status_code == 200, (response.status_code, response.text)
    person.campus.settles()
    told: dict[str, Any] = response.json
    return told


def reminders(campus: CampusStage) -> list[str]:
    """The sentences of the pushes that remind of a check-in."""
    return [one.sentence for one in campus.deliveries("push") if "check-in" in one.sentence]
