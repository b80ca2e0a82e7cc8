"""Sign-ins are listed, and one of them is ended: by its owner or by the control room."""

from typing import Any
from uuid import uuid4

import pytest

from backend.kernel.vocabulary import Role
from tests.campus import CampusStage
from tests.campus_people import Person
from tests.journeys.console import API, lines, looks_of, refusal
from tests.journeys.test_signing_out import carries, pushed
from tests.journeys.trusted import another_sign_in, stepped_up


def sessions_of(person: Person, by: Person | None = None) -> list[dict[str, Any]]:
    """As their owner sees them, or somebody else at the console."""
    items: list[dict[str, Any]] = (by or person).gets(f"{API}/sessions/{person.id}" if by else "/v1/sessions")["items"]
    return items


def session_of(person: Person) -> str:
    """The id of the sign-in in hand."""
    (current,) = [one["id"] for one in sessions_of(person) if one["current"]]
    return str(current)


def test_a_line_tells_what_is_needed_to_know_a_phone_by(campus: CampusStage) -> None:
    """
    Since when, last used, what kind of handset, sockets; nothing that could be used in its place.
    """
    phone, controller = campus.student("one"), campus.controller()
    carries(phone, "pocket")
    campus.passes(60)
    laptop = another_sign_in(phone)
    laptop.gets("/v1/me")

    seen = sessions_of(phone, by=controller)

    assert ["2026-11-23T14:01:00+00:00", "2026-11-23T14:00:00+00:00"] == [one["since"] for one in seen]
    assert [None, {"platform": "android", "app_version": None}] == [one["handset"] for one in seen]
    assert [0, 0] == [one["sockets"] for one in seen]
    assert {"id", "since", "last_used", "expires_at", "handset", "sockets", "current"} == set(seen[0])
    told = str(seen)
    assert not any(secret in told for secret in (phone.token, laptop.token, "pocket"))
    assert [("sessions.viewed", str(phone.id))] == looks_of(campus, controller)
    assert [seen[1]["since"]] == [one["since"] for one in sessions_of(phone) if one["current"]]
    assert [] == looks_of(campus, phone)


def test_only_the_lost_phone_is_ended(campus: CampusStage) -> None:
    """
    It is pushed nothing, taps nothing and reads nothing; the other goes on as it was.
    """
    lost, controller = campus.student("one"), campus.controller()
    kept = another_sign_in(lost)
    carries(lost, "lost")
    carries(kept, "kept")

    ended = controller.posts(f"{API}/sessions/{lost.id}/end", {"session": session_of(lost)})

    assert {"ended": 1} == ended
    assert [401, 401] == [lost.asks("GET", "/v1/me").status_code, lost.asks("POST", "/v1/taps", {}).status_code]
    assert 1 == len(sessions_of(kept))
    officer = campus.officer()
    kept.taps("help", at=campus.LIBRARY)
    officer.accepts()
    assert ["kept"] == pushed(campus)
    (line,) = [one for one in lines(campus, about_id=str(lost.id)) if one.action == "sign_in.one_ended_by_other"]
    assert str(controller.id) == line.actor


def test_a_console_that_is_ended_silences_no_phone(campus: CampusStage) -> None:
    """
    It never said what it is; the phones that other sign-ins named are not it.
    """
    phone = campus.student("one")
    carries(phone, "pocket")
    console = another_sign_in(phone)

    phone.posts(f"/v1/sessions/{session_of(console)}/end")

    officer = campus.officer()
    phone.taps("help", at=campus.LIBRARY)
    officer.accepts()
    assert ["pocket"] == pushed(campus)
    assert 401 == console.asks("GET", "/v1/me").status_code


def test_duty_ends_with_the_last_sign_in_that_stands(campus: CampusStage) -> None:
    """
    An officer who lost one of two handsets is still on duty; one that has run out does not keep them there.
    """
    officer, controller = campus.officer(), campus.controller()
    other = another_sign_in(officer)

    controller.posts(f"{API}/sessions/{officer.id}/end", {"session": session_of(officer)})
    still = other.gets("/v1/me")["duty"]
    other.posts(f"/v1/sessions/{session_of(other)}/end")

    (seen,) = controller.gets(f"{API}/officers")["items"]
    assert ("on_patrol", "off_duty") == (still, seen["state"])


def test_one_s_own_lost_phone_is_ended_from_the_other(campus: CampusStage) -> None:
    """
    But nobody else's, whoever asks, and no id that is none.
    """
    lost, stranger = campus.student("one"), campus.student("stranger")
    kept = another_sign_in(lost)

    assert (404, "not-found") == refusal(stranger, "POST", f"/v1/sessions/{session_of(lost)}/end")
    assert (404, "not-found") == refusal(kept, "POST", f"/v1/sessions/{uuid4()}/end")
    assert {"ended": 1} == kept.posts(f"/v1/sessions/{session_of(lost)}/end")
    assert (404, "not-found") == refusal(kept, "POST", f"/v1/sessions/{uuid4()}/end")
    assert 401 == lost.asks("GET", "/v1/me").status_code


def test_a_sign_in_that_has_run_out_is_listed_while_it_can_tap(campus: CampusStage) -> None:
    """
    It can still send officers somewhere, so it can be ended.
    """
    person = campus.student()
    campus.skips(days=95)
    fresh = another_sign_in(person)

    first = sessions_of(fresh)
    campus.skips(days=30)
    later = sessions_of(fresh)

    assert (2, 1) == (len(first), len(later))


@pytest.mark.parametrize(
    ("role", "may_list", "may_end"),
    [
        (Role.CONTROLLER, 200, 200),
        (Role.ADMIN, 200, 200),
        (Role.AUDITOR, 200, 403),
        (Role.ADVISER, 403, 403),
        (Role.OFFICER, 403, 403),
    ],
)
def test_who_may_list_and_end(campus: CampusStage, role: Role, may_list: int, may_end: int) -> None:
    """
    As the role table says.
    """
    somebody, student = stepped_up(campus.somebody("somebody", role)), campus.student()

    listed = somebody.asks("GET", f"{API}/sessions/{student.id}").status_code
    ended = somebody.asks("POST", f"{API}/sessions/{student.id}/end", {"session": session_of(student)}).status_code

    assert (may_list, may_end) == (listed, ended)


def test_the_exercise_s_controller_ends_nobody_real(campus: CampusStage) -> None:
    """
    The two worlds do not see each other's people.
    """
    player, student = campus.controller("player", exercise=True), campus.student()

    assert (404, "not-found") == refusal(player, "GET", f"{API}/sessions/{student.id}")
    assert (404, "not-found") == refusal(player, "POST", f"{API}/sessions/{student.id}/end")
