"""The password again, and a code, before something that a found screen must not do."""

import pytest

from backend.kernel.vocabulary import Role
from tests.campus import CampusStage
from tests.campus_people import Person
from tests.journeys.console import API, lines, refusal
from tests.journeys.trusted import PASSWORD, PASSWORD_HASH, another_sign_in, enrols, steps_up

QUARTER_PAST_TWO = "2026-11-23T14:15:00+00:00"


def staff(campus: CampusStage, role: Role = Role.ADMIN) -> Person:
    """Somebody of this role with a password."""
    return campus.somebody(role.value, role, password_hash=PASSWORD_HASH)


def ends_sessions(by: Person, of: Person) -> tuple[int, str | int]:
    """End all sign-ins of somebody at the console."""
    response = by.asks("POST", f"{API}/sessions/{of.id}/end")
    return response.status_code, response.json.get("ended", response.json.get("type", "").rpartition("/")[2])


def test_an_admin_steps_up_before_ending_anybody_s_sign_ins(campus: CampusStage) -> None:
    """
    For fifteen minutes, on this sign-in alone; the refusal says what to do.
    """
    admin, student = staff(campus), campus.student()
    elsewhere = another_sign_in(admin)
    refused = admin.asks("POST", f"{API}/sessions/{student.id}/end")
    authenticator, _ = enrols(admin)
    campus.passes(30)

    stepped = steps_up(admin, authenticator.shows())

    assert (403, "/problems/step-up-needed") == (refused.status_code, refused.json["type"])
    assert "/v1/step-up" in refused.json["title"]
    assert (200, "2026-11-23T14:15:30+00:00") == stepped
    assert (403, "step-up-needed") == ends_sessions(elsewhere, student)
    campus.passes(15 * 60 - 1)
    assert (200, 1) == ends_sessions(admin, student)
    campus.passes(1)
    assert (403, "step-up-needed") == ends_sessions(admin, student)
    assert [] == campus.audit_faults()


def test_a_controller_ends_a_lost_phone_s_sign_in_without_stepping_up(campus: CampusStage) -> None:
    """
    Nothing that is urgent in the control room waits for a password, also when the controller is an admin too.
    """
    controller = campus.controller()
    both = campus.somebody("both", Role.CONTROLLER, Role.ADMIN)

    assert (200, 1) == ends_sessions(controller, campus.student("one"))
    assert (200, 1) == ends_sessions(both, campus.student("two"))


@pytest.mark.parametrize("role", [Role.CONTROLLER, Role.ADVISER, Role.PREVENT_LEAD, Role.ADMIN])
def test_who_must_have_a_second_factor_cannot_step_up_without_one(campus: CampusStage, role: Role) -> None:
    """
    Outside a demonstration: the refusal says so, and taking one up needs only the password.
    """
    person = staff(campus, role)

    assert (403, "second-factor-needed") == steps_up(person)
    told = person.gets("/v1/second-factor")
    assert (False, True, True) == (told["active"], told["required"], told["ask_now"])
    authenticator, _ = enrols(person)
    campus.passes(30)
    assert 200 == steps_up(person, authenticator.shows())[0]
    told = person.gets("/v1/second-factor")
    assert (True, True, False) == (told["active"], told["required"], told["ask_now"])


@pytest.mark.parametrize("role", [Role.OFFICER, Role.AUDITOR])
def test_who_need_not_have_one_steps_up_by_the_password(campus: CampusStage, role: Role) -> None:
    """
    A member, an officer or an auditor who has none is asked for none.
    """
    person = staff(campus, role)

    assert (200, QUARTER_PAST_TWO) == steps_up(person)
    assert (False, False) == tuple(person.gets("/v1/second-factor")[one] for one in ("active", "required"))


def test_who_has_one_is_asked_for_it_always(campus: CampusStage) -> None:
    """
    A code that is missing is not a wrong one: the field is named, and nothing is counted.
    """
    person = staff(campus, Role.OFFICER)
    enrols(person)

    refused = person.asks("POST", "/v1/step-up", {"password": PASSWORD})

    assert (422, "/problems/code-needed") == (refused.status_code, refused.json["type"])
    assert ["code"] == [fault["field"] for fault in refused.json["errors"]]


def test_the_start_of_a_shift_asks_once(campus: CampusStage) -> None:
    """
    A console that signs in, or has not stepped up for as long as a shift is, should ask; not every quarter of an hour.
    """
    controller = staff(campus, Role.CONTROLLER)
    authenticator, _ = enrols(controller)
    asked = [controller.gets("/v1/second-factor")["ask_now"]]
    campus.passes(30)
    steps_up(controller, authenticator.shows())

    for hours in (1, 11, 1):
        asked.append(controller.gets("/v1/second-factor")["ask_now"])
        campus.skips(hours=hours)

    asked.append(controller.gets("/v1/second-factor")["ask_now"])
    assert [True, False, False, False, True] == asked
    assert controller.gets("/v1/second-factor")["stepped_up_until"] is None


def test_wrong_passwords_are_slowed_and_end_nothing(campus: CampusStage) -> None:
    """
    A slip is 403, not the end of the sign-in; five are slowed as at the front door.
    """
    person = staff(campus, Role.OFFICER)

    told = [steps_up(person, password="a guess") for _ in range(6)]

    assert [(403, "wrong-password")] * 5 + [(429, "too-many")] == told
    assert (429, "too-many") == steps_up(person)
    campus.passes(2)
    assert 200 == steps_up(person)[0]


def test_a_step_up_is_written_down(campus: CampusStage) -> None:
    """
    With who and when, and nothing of what was typed.
    """
    person = staff(campus, Role.OFFICER)

    steps_up(person)

    (line,) = [one for one in lines(campus, actor=str(person.id)) if one.action == "sign_in.stepped_up"]
    assert (str(person.id), {}) == (line.about_id, line.facts)
    assert (401, "unauthenticated") == refusal(Person(campus, person.id, "x", "made up"), "POST", "/v1/step-up")
