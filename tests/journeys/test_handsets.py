"""A handset rings for whoever signed in on it last, and for nobody else."""

from typing import Any

import pytest

from tests.campus import CampusStage
from tests.campus_people import Person


def enrols(person: Person, installation: str, value: str | None, **more: Any) -> dict[str, Any]:
    push = {"kind": "fid", "value": value} if value else None
    body = {"installation_id": installation, "platform": "android", "push": push, **more}
    response = person.asks("PUT", "/v1/handset", body)
    assert response.status_code == 200, response.text
    told: dict[str, Any] = response.get_json()
    return told


def pushed(campus: CampusStage) -> list[tuple[str, ...]]:
    return [one.parcel.values for one in campus.recorder.sent if one.parcel.channel == "push"]


def is_helped(campus: CampusStage, student: Person) -> None:
    """Somebody says yes to a tap of this student, which is pushed to the student."""
    officer = campus.officer(f"for-{student.name}")
    case = student.taps("help", at=campus.LIBRARY)
    officer.accepts()
    officer.moves("resolved", case["id"])
    officer.goes_off_duty()


def test_a_handset_that_can_be_pushed_to_is_pushed_to(campus: CampusStage) -> None:
    """
    And one without a target is known and gets nothing.
    """
    one, two = campus.student("one"), campus.student("two")
    assert enrols(one, "phone", "target")["pushable"]
    assert not enrols(two, "laptop", None)["pushable"]

    is_helped(campus, one)
    is_helped(campus, two)

    assert pushed(campus) == [("target",)]


def test_a_phone_that_was_handed_on_rings_for_its_new_holder_only(campus: CampusStage) -> None:
    """
    The same installation put by another person moves to that person, target and all.
    """
    first, second = campus.student("first"), campus.student("second")
    enrols(first, "phone", "target")
    enrols(second, "phone", "target")

    is_helped(campus, first)
    assert pushed(campus) == []
    is_helped(campus, second)

    assert pushed(campus) == [("target",)]


def test_a_push_target_that_turns_up_on_another_installation_moves_there(campus: CampusStage) -> None:
    """
    A target rings one phone; two owners would let one read what is the other's.
    """
    first, second = campus.student("first"), campus.student("second")
    enrols(first, "old phone", "target")
    enrols(second, "new phone", "target")

    is_helped(campus, first)
    assert pushed(campus) == []
    is_helped(campus, second)

    assert pushed(campus) == [("target",)]


def test_the_former_holder_signing_out_does_not_silence_the_new_one(campus: CampusStage) -> None:
    """
    What moved is no longer the former holder's to forget.
    """
    first, second = campus.student("first"), campus.student("second")
    enrols(first, "phone", "target")
    enrols(second, "phone", "target")

    first.posts("/v1/sign-out", expecting=204)
    is_helped(campus, second)

    assert pushed(campus) == [("target",)]


def test_a_new_target_replaces_the_old_one(campus: CampusStage) -> None:
    """
    Platforms change targets as they like; only the newest is used.
    """
    student = campus.student("one")
    enrols(student, "phone", "old")
    enrols(student, "phone", "new")

    is_helped(campus, student)

    assert pushed(campus) == [("new",)]


def test_every_handset_of_a_person_is_pushed_to(campus: CampusStage) -> None:
    """
    Nobody knows which of them is in the pocket.
    """
    student = campus.student("one")
    enrols(student, "phone", "a")
    enrols(student, "tablet", "b")

    is_helped(campus, student)

    assert sorted(pushed(campus)[0]) == ["a", "b"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"platform": "toaster"}, "platform"),
        ({"push": {"kind": "pigeon", "value": "x"}}, "push.kind"),
        ({"push": {"kind": "fid", "value": ""}}, "push.value"),
        ({"installation_id": ""}, "installation_id"),
        ({"permissions": {"camera": True}}, "permissions.camera"),
    ],
)
def test_a_report_that_cannot_be_understood_names_its_field(
    campus: CampusStage, change: dict[str, Any], field: str
) -> None:
    """
    A nested field is named with its path.
    """
    body = {"installation_id": "phone", "platform": "ios", **change}

    response = campus.student().asks("PUT", "/v1/handset", body)

    assert response.status_code == 422
    assert [fault["field"] for fault in response.get_json()["errors"]] == [field]
