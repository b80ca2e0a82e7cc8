"""Roles are granted and taken by an admin who has stepped up, never by oneself, and at once."""

import pytest

from backend.kernel.vocabulary import Role
from tests.campus import CampusStage
from tests.campus_people import Person
from tests.journeys.console import API, lines, refusal
from tests.journeys.trusted import stepped_up


def sets_roles(admin: Person, person: Person, *roles: str) -> tuple[int, list[str] | str]:
    """The status, and the roles from now on or the end of the problem's type."""
    response = admin.asks("PUT", f"{API}/people/{person.id}/roles", {"roles": list(roles)})
    admin.campus.settles()
    told = response.json
    return response.status_code, told["roles"] if "roles" in told else told["type"].rpartition("/")[2]


@pytest.fixture
def admin(campus: CampusStage) -> Person:
    return stepped_up(campus.somebody("admin", Role.ADMIN))


def test_a_granted_role_opens_its_doors_at_once(campus: CampusStage, admin: Person) -> None:
    """
    On the sign-in that stands; the same again changes nothing and leaves no second line.
    """
    student = campus.student()
    assert (403, "forbidden") == refusal(student, "GET", f"{API}/board")

    told = [sets_roles(admin, student, "controller", "member") for _ in range(2)]

    assert [(200, ["controller", "member"])] * 2 == told
    assert 200 == student.asks("GET", f"{API}/board").status_code
    (line,) = [one for one in lines(campus, about_id=str(student.id)) if one.action == "roles.changed"]
    assert (str(admin.id), {"gained": "controller"}) == (line.actor, line.facts)


def test_a_taken_role_ends_what_it_allowed_and_no_sign_in(campus: CampusStage, admin: Person) -> None:
    """
    An officer who is none any more is off duty, and what they were asked is taken back.
    """
    officer, controller = campus.officer(), campus.controller()
    campus.student().taps("help", at=campus.LIBRARY)

    assert (200, ["member"]) == sets_roles(admin, officer)

    assert 200 == officer.asks("GET", "/v1/me").status_code
    assert 403 == officer.asks("GET", "/v1/offers").status_code
    assert ["offer", "offer_withdrawn"] == [one.type for one in campus.stream_of(officer, 0)]
    assert [] == controller.gets(f"{API}/officers")["items"]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_nobody_but_an_admin_changes_roles(campus: CampusStage, role: Role) -> None:
    """
    Whatever else somebody may do.
    """
    somebody, student = stepped_up(campus.somebody("somebody", role)), campus.student()

    assert (403, "forbidden") == sets_roles(somebody, student, "officer")


def test_an_admin_steps_up_first_and_is_never_their_own(campus: CampusStage, admin: Person) -> None:
    """
    So there is always an admin left; an unknown role is named.
    """
    stale, student = campus.somebody("stale", Role.ADMIN), campus.student()

    assert (403, "step-up-needed") == sets_roles(stale, student, "officer")
    assert (403, "forbidden") == sets_roles(admin, admin, "admin", "controller")
    assert (422, "invalid") == sets_roles(admin, student, "king")
    assert (200, ["member"]) == sets_roles(admin, stale)
    assert (403, "forbidden") == sets_roles(stale, admin)
