"""Two PINs, set with the password, and nothing that tells how many there are."""

import pytest

from backend.people.passwords import hash_password
from tests.campus import CampusStage
from tests.campus_people import Person
from tests.journeys.console import lines, refusal

PASSWORD = "correct horse battery"
PASSWORD_HASH = hash_password(PASSWORD)
PINS = {"password": PASSWORD, "cancel_pin": "2580", "duress_pin": "085213"}


def puts(person: Person, **changes: str | None) -> tuple[int, list[str]]:
    """The status, and the fields that were refused."""
    response = person.asks("PUT", "/v1/pins", {**PINS, **changes})
    errors = response.json.get("errors", []) if response.data else []
    return response.status_code, [error["field"] for error in errors]


def calls_off(person: Person, pin: str | None) -> tuple[int, str]:
    response = person.asks("POST", f"/v1/incidents/{person.taps('help')['id']}/cancel", {"pin": pin})
    return response.status_code, response.json.get("state") or response.json["type"]


def test_pins_are_set_changed_and_taken_away_with_the_password(campus: CampusStage) -> None:
    """
    From then on one is needed, then another one, then none; the account looks the same all the time.
    """
    student = campus.student(password_hash=PASSWORD_HASH)
    before = student.gets("/v1/me")

    set_, needed = puts(student), calls_off(student, None)
    held = calls_off(student, "2580")
    changed, other = puts(student, cancel_pin="1234"), calls_off(student, "1234")
    removed, free = puts(student, cancel_pin=None, duress_pin=None), calls_off(student, None)

    assert [set_, changed, removed] == [(204, [])] * 3
    assert (needed, held) == ((422, "/problems/pin-missing"), (200, "cancelled"))
    assert (other, free) == ((200, "cancelled"), (200, "cancelled"))
    assert student.gets("/v1/me") == before
    told = [line.action for line in lines(campus, about="account", about_id=str(student.id))]
    assert [action for action in told if action.startswith("pins.")] == ["pins.set", "pins.set", "pins.removed"]


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"cancel_pin": "123"}, ["cancel_pin"]),
        ({"cancel_pin": "123456789"}, ["cancel_pin"]),
        ({"duress_pin": "12a4"}, ["duress_pin"]),
        ({"cancel_pin": "１２３４", "duress_pin": "-123"}, ["cancel_pin", "duress_pin"]),
        ({"duress_pin": "2580"}, ["duress_pin"]),
        ({"duress_pin": None}, ["duress_pin"]),
        ({"cancel_pin": None}, ["duress_pin"]),
    ],
)
def test_pins_that_cannot_be_used_are_named(campus: CampusStage, changes: dict[str, str], fields: list[str]) -> None:
    """
    Four to eight digits, two that differ, both or none; refused before the password is looked at.
    """
    student = campus.student()

    assert puts(student, **changes) == (422, fields)


def test_a_wrong_password_sets_nothing_and_is_slowed(campus: CampusStage) -> None:
    """
    Five wrong ones, then a wait, which the right one has to keep as well; the sign-in stands, and no answer is a 401.
    """
    student = campus.student(password_hash=PASSWORD_HASH)

    wrong = [refusal(student, "PUT", "/v1/pins", {**PINS, "password": "wrong"}) for _ in range(5)]

    assert wrong == [(403, "wrong-password")] * 5
    assert refusal(student, "PUT", "/v1/pins", PINS) == (429, "too-many")
    assert calls_off(student, None) == (200, "cancelled")
