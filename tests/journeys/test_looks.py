"""Every look at what is somebody else's has one line in the audit log, and one's own none."""

import re

import pytest

from backend.kernel.vocabulary import Role
from tests.campus import CampusStage
from tests.journeys.broadcasts import EVACUATE, issued
from tests.journeys.console import API, case_at, lines, looks_of, phoned_in, refusal
from tests.journeys.desk import Adviser, lodged, waits_a_day
from tests.journeys.trusted import stepped_up

#: The console's doors that show nobody's data: ids of cases, and the configuration.
NOBODYS = {
    f"{API}/alarms",
    f"{API}/campus",
    # One's own sign-in.
    f"{API}/session",
    # The configuration again, proved and explained.
    f"{API}/campus/proof",
    f"{API}/campus/path",
    # Others' alerts, and how many people are in which state.
    f"{API}/cap",
    f"{API}/broadcasts/<uuid:broadcast_id>/tally",
    # One's own keys and leave, and colleagues whose names every reporter is told.
    f"{API}/concerns/keys",
    # Ids and days of what nobody can open.
    f"{API}/concerns/left-behind",
    f"{API}/concerns/leave",
    f"{API}/concerns/advisers",
    # The headings of an empty form, and numbers of years that are over.
    f"{API}/concerns/referral-sheet",
    f"{API}/concerns/statistics",
}


def test_a_controllers_look_at_a_case_is_in_the_log(campus: CampusStage) -> None:
    """
    One line for the case, one for its conversation, one for the explanation, each naming who looked.
    """
    controller, student = campus.controller(), campus.student()
    case_id = student.taps("help")["id"]

    for door in ("", "/messages", "/explain"):
        controller.gets(case_at(case_id) + door)

    assert [
        ("incident.viewed", case_id),
        ("conversation.viewed", case_id),
        ("incident.explained", case_id),
    ] == looks_of(campus, controller)
    assert [str(controller.id)] * 3 == [line.actor for line in lines(campus, about_id=case_id)][-3:]
    assert [] == campus.audit_faults()


def test_a_look_at_many_cases_is_one_line(campus: CampusStage) -> None:
    """
    The board and the list are told once, with how many cases were on them.
    """
    controller = campus.controller()
    for _ in range(3):
        phoned_in(controller)

    controller.gets(f"{API}/board")
    controller.gets(f"{API}/incidents?limit=2")
    controller.gets(f"{API}/officers")

    told = [(line.action, line.facts) for line in lines(campus, about="board")]
    assert [
        ("board.viewed", {"cases": 3}),
        ("incidents.listed", {"cases": 2}),
        ("officers.viewed", {"officers": 0}),
    ] == told


def test_an_officers_look_at_somebodys_case_is_in_the_log(campus: CampusStage) -> None:
    """
    By the case, by its conversation and by the list alike.
    """
    officer, student = campus.officer(), campus.student()
    case_id = student.taps("help", at=campus.LIBRARY)["id"]
    officer.accepts()

    for door in (f"/v1/incidents/{case_id}", f"/v1/incidents/{case_id}/messages", "/v1/incidents"):
        officer.gets(door)

    looks = ["incident.viewed", "conversation.viewed", "incident.viewed"]
    assert [(look, case_id) for look in looks] == looks_of(campus, officer)


def test_nobody_looks_at_their_own_case(campus: CampusStage) -> None:
    """
    Neither a student, nor an officer or a controller who is the person in trouble.
    """
    controller, officer, student = campus.controller(), campus.officer(), campus.student()
    for person in (controller, officer, student):
        case_id = person.taps("help")["id"]

        for door in (f"/v1/incidents/{case_id}", f"/v1/incidents/{case_id}/messages"):
            person.gets(door)
    controller.gets(case_at(controller.case["id"]))

    assert [[]] * 3 == [looks_of(campus, person) for person in (controller, officer, student)]


def test_a_look_that_was_refused_is_none(campus: CampusStage) -> None:
    """
    Who may not see a case, or asks for one there is not, has seen nothing.
    """
    officer, stranger = campus.officer(on_duty=False), campus.student("stranger")
    admin = campus.somebody("admin", Role.ADMIN)
    case_id = campus.student().taps("help", at=campus.LIBRARY)["id"]

    for person in (officer, stranger, admin):
        assert (404, "not-found") == refusal(person, "GET", f"/v1/incidents/{case_id}")
        assert (403, "forbidden") == refusal(person, "GET", case_at(case_id))
        assert [] == looks_of(campus, person)


def test_every_door_of_the_console_that_shows_somebody_is_a_look(campus: CampusStage) -> None:
    """
    Each that answers a GET leaves exactly one line; a door that is added later is found here.
    """
    watcher = campus.somebody("watcher", Role.CONTROLLER, Role.AUDITOR, Role.ADVISER)
    Adviser(watcher).has_new_key()
    concern = lodged(campus)
    waits_a_day(campus)
    controller = campus.controller()
    case_id, seen, thread = phoned_in(controller)["id"], campus.student(), issued(controller, **EVACUATE)["id"]
    rules = campus.service.app.url_map.iter_rules()
    doors = {rule.rule for rule in rules if rule.rule.startswith(API) and "GET" in (rule.methods or ())}

    ids = {"incident_id": case_id, "person_id": str(seen.id), "broadcast_id": thread, "concern_id": concern.id}

    left = {}
    for door in sorted(doors - NOBODYS):
        before = len(looks_of(campus, watcher))
        watcher.gets(re.sub(r"<uuid:(\w+)>", lambda found: ids[found[1]], door))
        left[door] = len(looks_of(campus, watcher)) - before

    assert len(left) >= 8
    assert dict.fromkeys(left, 1) == left


CONTROLLERS = [
    ("GET", "board"),
    ("GET", "incidents"),
    ("POST", "incidents"),
    ("GET", "incidents/{id}"),
    ("GET", "incidents/{id}/explain"),
    ("POST", "incidents/{id}/assign"),
    ("GET", "incidents/{id}/messages"),
    ("POST", "incidents/{id}/messages"),
    ("POST", "incidents/{id}/notes"),
    ("POST", "incidents/{id}/profile"),
    ("POST", "incidents/{id}/take"),
    ("POST", "incidents/{id}/ask-again"),
    ("PUT", "incidents/{id}/protocol/place"),
    ("PUT", "incidents/{id}/methane"),
    ("POST", "incidents/{id}/links"),
    ("DELETE", "incidents/{id}/links/{id}"),
    ("POST", "incidents/{id}/messages/read"),
    ("POST", "incidents/{id}/resolve"),
    ("GET", "alarms"),
    ("POST", "alarms/{id}/take"),
    ("GET", "officers"),
]
OTHERS = [
    ("GET", "holds", {Role.CONTROLLER, Role.ADMIN, Role.AUDITOR}),
    ("POST", "incidents/{id}/hold", {Role.CONTROLLER, Role.ADMIN}),
    ("POST", "incidents/{id}/hold/release", {Role.CONTROLLER, Role.ADMIN}),
    ("POST", "incidents/{id}/hold/release/confirm", {Role.CONTROLLER, Role.ADMIN}),
    ("DELETE", "incidents/{id}/hold/release", {Role.CONTROLLER, Role.ADMIN}),
    ("GET", "people", {Role.CONTROLLER, Role.ADMIN, Role.AUDITOR}),
    ("GET", "sessions/{id}", {Role.CONTROLLER, Role.ADMIN, Role.AUDITOR}),
    ("POST", "sessions/{id}/end", {Role.CONTROLLER, Role.ADMIN}),
    ("PUT", "people/{id}/roles", {Role.ADMIN}),
    ("GET", "campus", {Role.CONTROLLER, Role.ADMIN, Role.AUDITOR}),
    ("GET", "campus/proof", {Role.CONTROLLER, Role.ADMIN, Role.AUDITOR}),
    ("GET", "campus/path", {Role.CONTROLLER, Role.ADMIN, Role.AUDITOR}),
    ("GET", "reports", {Role.CONTROLLER, Role.ADMIN, Role.AUDITOR}),
    ("GET", "reports.csv", {Role.CONTROLLER, Role.ADMIN, Role.AUDITOR}),
    ("GET", "audit", {Role.AUDITOR}),
    ("POST", "audit/verify", {Role.AUDITOR}),
    ("GET", "concerns/left-behind", {Role.PREVENT_LEAD}),
    ("POST", "concerns/{id}/restore", {Role.PREVENT_LEAD}),
    *(
        (method, door, {Role.ADVISER, Role.PREVENT_LEAD})
        for method, door in (
            ("GET", "concerns"),
            ("GET", "concerns/{id}"),
            ("POST", "concerns/{id}/assign"),
            ("POST", "concerns/{id}/hand-over"),
            ("POST", "concerns/{id}/recuse"),
            ("POST", "concerns/{id}/share"),
            ("GET", "concerns/keys"),
            ("PUT", "concerns/keys"),
            ("DELETE", "concerns/keys/{id}"),
            ("GET", "concerns/advisers"),
            ("PUT", "concerns/introduction"),
            ("GET", "concerns/leave"),
            ("PUT", "concerns/leave"),
            ("DELETE", "concerns/leave"),
        )
    ),
]
DOORS = [*((method, door, {Role.CONTROLLER}) for method, door in CONTROLLERS), *OTHERS]


@pytest.mark.parametrize("role", Role)
def test_each_door_opens_to_its_roles_alone(campus: CampusStage, role: Role) -> None:
    """
    The role table, door by door: a case's content is a controller's, never an admin's, an adviser's or an auditor's.
    """
    person, other = stepped_up(campus.somebody("somebody", role)), campus.student("other")
    case_id = other.taps("help")["id"]

    for method, door, allowed in DOORS:
        about = str(other.id) if door.startswith(("sessions", "people")) else case_id
        status = person.asks(method, f"{API}/{door.format(id=about)}", {}).status_code

        assert (status != 403) == (role in allowed), (method, door, status)
        assert status not in (401, 500), (method, door)


def test_no_door_of_the_console_opens_to_a_stranger(campus: CampusStage) -> None:
    """
    Without a sign-in it is 401 everywhere, whatever is there.
    """
    answers = {
        campus.client.open(f"{API}/{door.format(id=campus.settings.secret_key)}", method=method).status_code
        for method, door, _ in DOORS
        if "{id}" not in door
    }

    assert {401} == answers
