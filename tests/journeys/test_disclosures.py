"""Who is shown the profile of the person in trouble: the role table, and what is left of every look."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from backend.dispatch import disclosure_store
from backend.kernel.audit import AuditLine
from backend.kernel.vocabulary import Role
from tests.campus import CampusStage
from tests.campus_people import Officer, Person
from tests.journeys.console import case_at, lines, phoned_in
from tests.pictures import as_bytes, as_text, opened, picture

NOTES = "asthma, inhaler in the left pocket"
WHY = {"reason": "not answering; may need the inhaler"}

HANDSET, CONSOLE = "/v1/incidents/{}/profile", "/console/api/incidents/{}/profile"

SHOWN = (200, "shown")
NO_DOOR, NOT_YET, NO_CASE = (403, "forbidden"), (403, "forbidden"), (404, "not-found")
CLOSED, NO_REASON = (409, "incident-closed"), (422, "invalid")


def patient(campus: CampusStage, name: str = "patient", **more: Any) -> Person:
    """A student whose profile has something to know."""
    student = campus.student(name, **more)
    body = {
        "medical_notes": NOTES,
        "evacuation_plan": "evac chair",
        "photo": as_text(picture()),
        "mobile": "+447700900123",
        "emergency_contacts": [{"name": "Ada", "number": "+447700900321", "relation": "sister"}],
    }
    assert 200 == student.asks("PUT", "/v1/profile", body).status_code
    return student


def asked(person: Person, door: str, case_id: str, body: Any = None) -> tuple[int, str]:
    """What a look comes to: the status, and how it is refused."""
    response = person.asks("POST", door.format(case_id), WHY if body is None else body)
    if response.status_code == 200:
        return SHOWN if response.json["medical_notes"] == NOTES else (200, "something else")
    assert response.mimetype == "application/problem+json"
    return response.status_code, response.json["type"].rpartition("/")[2]


def crew(campus: CampusStage) -> dict[str, Officer]:
    """Officers by what they will be in the case: the team is asked after two minutes, but for the last."""
    campus.policy("help", wanted=5)
    asked_about = {name: campus.officer(name) for name in ("asked", "declined", "accepted", "en_route", "on_scene")}
    return {**asked_about, "off_duty": campus.officer("off_duty", on_duty=False)}


def at_work(officers: dict[str, Officer], case_id: str) -> None:
    """Each officer does what they are named for."""
    officers["declined"].declines()
    for name in ("accepted", "en_route", "on_scene"):
        officers[name].accepts()
    officers["en_route"].moves("en_route", case_id)
    officers["on_scene"].moves("on_scene", case_id)


def test_the_role_table_holds_for_every_role_and_every_state(campus: CampusStage) -> None:
    """
    Each role and each officer's part × own or another's case × open or closed × both doors, each answered alike.
    """
    officers = crew(campus)
    owner = patient(campus)
    roles = {role.value: campus.somebody(role.value, role) for role in Role}
    case_id = owner.taps("help", at=campus.LIBRARY)["id"]
    campus.passes(seconds=121)
    at_work(officers, case_id)

    people = {**roles, **officers, "owner": owner}
    when_open = {name: tuple(asked(one, door, case_id) for door in (HANDSET, CONSOLE)) for name, one in people.items()}
    campus.controller("chief").posts(case_at(case_id, "resolve"))
    closed = {name: tuple(asked(one, door, case_id) for door in (HANDSET, CONSOLE)) for name, one in people.items()}

    assert {
        "member": (NO_DOOR, NO_DOOR),
        "officer": (NO_CASE, NO_DOOR),
        "controller": (SHOWN, SHOWN),
        "adviser": (NO_DOOR, NO_DOOR),
        "prevent_lead": (NO_DOOR, NO_DOOR),
        "admin": (NO_DOOR, NO_DOOR),
        "auditor": (NO_DOOR, NO_DOOR),
        "asked": (NOT_YET, NO_DOOR),
        "declined": (NO_CASE, NO_DOOR),
        "accepted": (SHOWN, NO_DOOR),
        "en_route": (SHOWN, NO_DOOR),
        "on_scene": (SHOWN, NO_DOOR),
        "off_duty": (NO_CASE, NO_DOOR),
        "owner": (NO_DOOR, NO_DOOR),
    } == when_open
    nothing_any_more = {
        **when_open,
        "controller": (CLOSED, CLOSED),
        "asked": (NO_CASE, NO_DOOR),
        **dict.fromkeys(("accepted", "en_route", "on_scene"), (CLOSED, NO_DOOR)),
    }
    assert nothing_any_more == closed
    shown = [line.facts["side"] for line in lines(campus, about="profile") if line.action == "profile.viewed"]
    assert sorted(["controller"] * 2 + ["officer"] * 3) == sorted(shown)


def test_nobody_is_shown_their_own_this_way_whatever_became_of_the_case(campus: CampusStage) -> None:
    """
    An officer's or controller's own case answers the same open and closed: a called-off case that goes on stays hidden.
    """
    for person in (campus.officer(), campus.controller()):
        door = CONSOLE if Role.CONTROLLER.value in person.name else HANDSET
        case_id = person.taps("help")["id"]

        during = asked(person, door, case_id)
        person.posts(f"/v1/incidents/{case_id}/cancel")

        assert (NO_DOOR, NO_DOOR) == (during, asked(person, door, case_id))
        assert [] == person.gets("/v1/profile/views")["items"]


def test_an_officer_who_comes_sees_who_it_is(campus: CampusStage) -> None:
    """
    Name, face, number, what to know and whom to ring; no reason need be given on the way.
    """
    officer, student = campus.officer(), patient(campus)
    case_id = student.taps("help", at=campus.LIBRARY)["id"]
    officer.accepts()

    seen = officer.posts(HANDSET.format(case_id))

    assert ("patient", str(student.id), case_id) == (seen["name"], seen["person_id"], seen["incident_id"])
    assert (NOTES, "evac chair", "+447700900123", "en") == tuple(
        seen[name] for name in ("medical_notes", "evacuation_plan", "mobile", "language")
    )
    assert [{"name": "Ada", "number": "+447700900321", "relation": "sister"}] == seen["emergency_contacts"]
    assert "JPEG" == opened(as_bytes(seen["photo"])).format
    own = student.gets("/v1/profile")
    assert own == {name: seen[name] for name in own}


def test_who_has_told_nothing_has_a_name(campus: CampusStage) -> None:
    """
    Empty is shown as empty.
    """
    officer, student = campus.officer(), campus.student()
    case_id = student.taps("help", at=campus.LIBRARY)["id"]
    officer.accepts()

    seen = officer.posts(HANDSET.format(case_id))

    assert ("student", None, [], []) == tuple(
        seen[name] for name in ("name", "medical_notes", "emergency_contacts", "unavailable")
    )


def test_a_controller_says_why(campus: CampusStage) -> None:
    """
    Blank, missing, without a word or endless is refused at either door, and nothing was seen.
    """
    controller, student = campus.controller(), patient(campus)
    case_id = student.taps("help")["id"]

    reasons = ({}, *({"reason": reason} for reason in ("", "  \n ", "\u200b\u2060", "...", None, 7, "x" * 501)))
    refused = {asked(controller, door, case_id, body) for body in reasons for door in (HANDSET, CONSOLE)}

    assert {NO_REASON} == refused
    assert [] == student.gets("/v1/profile/views")["items"]


def test_a_case_of_nobody_has_no_profile(campus: CampusStage) -> None:
    """
    Whoever rang has no account: said in a sentence.
    """
    controller = campus.controller()
    case_id = phoned_in(controller)["id"]

    response = controller.asks("POST", CONSOLE.format(case_id), WHY)

    assert (404, "Whoever rang has no account here, and so no profile.") == (
        response.status_code,
        response.json["title"],
    )


def test_the_two_worlds_do_not_see_each_other(campus: CampusStage) -> None:
    """
    A controller of exercises sees no real person's profile, and the other way round.
    """
    real, played = patient(campus, "real"), patient(campus, "played", exercise=True)
    cases = {person.name: person.taps("help")["id"] for person in (real, played)}
    controllers = {False: campus.controller("room"), True: campus.controller("drill room", exercise=True)}

    answers = {
        (name, exercise): asked(controller, CONSOLE, case_id)
        for name, case_id in cases.items()
        for exercise, controller in controllers.items()
    }

    assert {
        ("real", False): SHOWN,
        ("real", True): NO_CASE,
        ("played", False): NO_CASE,
        ("played", True): SHOWN,
    } == answers


def test_an_officer_who_was_taken_off_sees_no_more(campus: CampusStage) -> None:
    """
    The role that was lost, or the case that is another's: what counts is this moment.
    """
    officer, student = campus.officer(), patient(campus)
    first = student.taps("help", at=campus.LIBRARY)["id"]
    officer.accepts()
    before = asked(officer, HANDSET, first)
    other = patient(campus, "other").taps("help", at=campus.LIBRARY)["id"]

    elsewhere = asked(officer, HANDSET, other)
    campus.controller().posts(f"/console/api/sessions/{officer.id}/end")

    assert (SHOWN, NOT_YET) == (before, elsewhere)
    assert (401, "unauthenticated") == asked(officer, HANDSET, first)


def test_one_reads_who_has_looked(campus: CampusStage) -> None:
    """
    Name, side, moment, case and reason, the newest first, a page at a time; also once the case is closed.
    """
    controller, officer, student = campus.controller(), campus.officer(), patient(campus)
    case = student.taps("help", at=campus.LIBRARY)
    officer.accepts()
    officer.posts(HANDSET.format(case["id"]))
    campus.skips(seconds=30)
    controller.posts(CONSOLE.format(case["id"]), {"reason": f"  {WHY['reason']} "})
    controller.posts(case_at(case["id"], "resolve"))

    first = student.gets("/v1/profile/views?limit=1")
    rest = student.gets(f"/v1/profile/views?limit=1&cursor={first['next_cursor']}")
    end = student.gets(f"/v1/profile/views?cursor={rest['next_cursor']}")

    about = {"incident_id": case["id"], "reference": case["reference"]}
    assert [{**about, "at": campus.clock.now.isoformat(), "by": "controller", "side": "controller", **WHY}] == first[
        "items"
    ]
    (look,) = rest["items"]
    assert ("officer", "officer", None) == (look["by"], look["side"], look["reason"])
    assert look["at"] < first["items"][0]["at"]
    assert ([], None) == (end["items"], end["next_cursor"])
    assert [] == campus.student("another").gets("/v1/profile/views")["items"]


def test_the_log_has_each_look_and_no_reason(campus: CampusStage) -> None:
    """
    Ids and words of the vocabulary: a reason may name somebody, so it is kept beside the case and goes with it.
    """
    controller, student = campus.controller(), patient(campus)
    case_id = student.taps("help")["id"]

    controller.posts(CONSOLE.format(case_id), WHY)

    (line,) = [one for one in lines(campus, about="profile") if one.action == "profile.viewed"]
    told = {"incident_id": case_id, "side": "controller"}
    assert (str(controller.id), str(student.id), told) == (line.actor, line.about_id, line.facts)
    assert [] == campus.audit_faults()
    campus.database.write(disclosure_store.forget, [UUID(case_id)])
    assert [] == student.gets("/v1/profile/views")["items"]


def test_what_cannot_be_written_down_is_not_shown(campus: CampusStage) -> None:
    """
    Without a log there is no look, and without a look nothing in the views.
    """
    controller, student = campus.controller(), patient(campus)
    case_id = student.taps("help")["id"]
    campus.database.write(lambda session: session.execute(sa.text(f"DROP TABLE {AuditLine.__tablename__}")))

    answer = asked(controller, CONSOLE, case_id)

    assert (503, "no-store") == answer
    assert [] == student.gets("/v1/profile/views")["items"]
