"""What somebody tells of themself, as the journeys send it and expect it back."""

from typing import Any

from tests.campus_people import Person
from tests.pictures import as_text, telltale

NOTES = "Zebrafish asthma, inhaler in the left pocket"
PLAN = "Quokka evac chair from level 3"
SISTER = {"name": "Wilhelmina Okonkwo-Telltale", "number": "+447700900321", "relation": "sister"}
WHOLE: dict[str, Any] = {
    "photo": as_text(telltale(orientation=6)),
    "mobile": "+447700900123",
    "medical_notes": NOTES,
    "evacuation_plan": PLAN,
    "language": "en",
    "emergency_contacts": [SISTER],
}
NOTHING: dict[str, Any] = {
    "photo": None,
    "mobile": None,
    "medical_notes": None,
    "evacuation_plan": None,
    "language": "en",
    "emergency_contacts": [],
    "changed_at": None,
    "unavailable": [],
}


def tells(person: Person, **told: Any) -> dict[str, Any]:
    """The profile that a PUT answers with."""
    response = person.asks("PUT", "/v1/profile", told)
    assert response.status_code == 200, response.text
    profile: dict[str, Any] = response.json
    return profile
