"""A case is held for a reason, and released when two people agree that it may be; the control room sees why."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.approvals.asking_second import GOOD_FOR
from backend.inbox.inbox_store import MessageRow
from backend.kernel.vocabulary import Role
from infra.backup.invariants import broken
from tests.campus import CampusStage
from tests.campus_people import Person
from tests.journeys.console import API, case_at, faulty_fields, lines, refusal
from tests.journeys.kept_things import closed_case
from tests.journeys.trusted import stepped_up

REASON = {"reason": "  The police asked: 4711/26.  "}
AGREED = {"because": "The police asked: 4711/26."}


def test_the_control_room_sees_why_a_case_is_held(campus: CampusStage) -> None:
    """
    Beside the case, by whom and since when; until it is released, after which there is nothing to see.
    """
    first, second = campus.controller("first"), campus.controller("second")
    case_id = closed_case(campus)
    before = first.gets(case_at(case_id))["hold"]

    held = first.posts(case_at(case_id, "hold"), REASON, expecting=201)
    seen = second.gets(case_at(case_id))["hold"]
    first.posts(case_at(case_id, "hold", "release"), {"reason": "They have it."}, expecting=202)
    asked = second.gets(case_at(case_id))["hold"]
    released = stepped_up(second).posts(
        case_at(case_id, "hold", "release", "confirm"), {"because": " They have it.\n"}, expecting=200
    )

    assert before is None
    assert (None, "They have it.") == (seen["release_asked_because"], asked["release_asked_because"])
    assert {"reason": "The police asked: 4711/26.", "by": "first"}.items() <= seen.items()
    assert (seen["since"], None) == (held["since"], held["released_at"])
    assert ("second", "They have it.") == (released["released_by"], released["released_because"])
    assert second.gets(case_at(case_id))["hold"] is None
    assert ["incident.held", "incident.hold_released"] == [
        line.action for line in lines(campus, about_id=case_id) if "hold" in line.action or "held" in line.action
    ]


def test_nobody_releases_a_case_alone(campus: CampusStage) -> None:
    """
    What is held may speak against whoever would rather that it were gone: a second person agrees, with their password.
    """
    first, second = stepped_up(campus.controller("first")), campus.controller("second")
    case_id = closed_case(campus)
    confirm = case_at(case_id, "hold", "release", "confirm")
    first.posts(case_at(case_id, "hold"), REASON, expecting=201)

    unasked = refusal(second, "POST", confirm, AGREED)
    first.posts(case_at(case_id, "hold", "release"), REASON, expecting=202)

    assert (409, "release-not-asked") == unasked
    assert (403, "second-person-needed") == refusal(first, "POST", confirm, AGREED)
    assert (403, "step-up-needed") == refusal(second, "POST", confirm, AGREED)
    assert (409, "approval-waits") == refusal(second, "POST", case_at(case_id, "hold", "release"), REASON)
    assert first.gets(case_at(case_id))["hold"] is not None


def test_the_second_person_says_what_they_agree_to(campus: CampusStage) -> None:
    """
    Their own words are held against what was asked: a reason that was changed while they read it is not agreed to.
    """
    first, second = campus.controller("first"), stepped_up(campus.controller("second"))
    case_id = closed_case(campus)
    release = case_at(case_id, "hold", "release")
    first.posts(case_at(case_id, "hold"), REASON, expecting=201)
    first.posts(release, {"reason": "They have it."}, expecting=202)
    read = second.gets(case_at(case_id))["hold"]["release_asked_because"]
    first.posts(release, {"reason": "Nobody will ask."}, expecting=202)

    changed = refusal(second, "POST", f"{release}/confirm", {"because": read})

    assert (409, "approval-changed") == changed
    assert ["because"] == faulty_fields(second, f"{release}/confirm", {})
    second.posts(f"{release}/confirm", {"because": "Nobody will ask."}, expecting=200)


def test_what_was_asked_is_taken_back_or_refused(campus: CampusStage) -> None:
    """
    Whoever asked takes it back, anybody else refuses it, without a fresh password; the case is held, and asked anew.
    """
    first, second = campus.controller("first"), campus.controller("second")
    case_id = closed_case(campus)
    release = case_at(case_id, "hold", "release")
    first.posts(case_at(case_id, "hold"), REASON, expecting=201)
    unasked = refusal(second, "DELETE", release)
    became = []
    for person in (first, second):
        first.posts(release, REASON, expecting=202)
        became.append(person.asks("DELETE", release).json["released_because"])

    seen = second.gets(case_at(case_id))["hold"]

    assert (409, "release-not-asked") == unasked
    assert [None, None, None] == [*became, seen["release_asked_because"]]
    assert (409, "release-not-asked") == refusal(stepped_up(second), "POST", f"{release}/confirm", AGREED)
    second.posts(release, REASON, expecting=202)
    told = [one.action for one in lines(campus, about="approval")]
    assert ["asked", "withdrawn", "asked", "refused", "asked"] == [one.rpartition(".")[2] for one in told]


def test_what_was_asked_too_long_ago_is_not_shown_as_asked(campus: CampusStage) -> None:
    """
    Neither beside the case nor in the list, whether or not somebody has written down that its time is over.
    """
    first, second = campus.controller("first"), campus.controller("second")
    case_id = closed_case(campus)
    first.posts(case_at(case_id, "hold"), REASON, expecting=201)
    first.posts(case_at(case_id, "hold", "release"), REASON, expecting=202)
    campus.clock.now += GOOD_FOR - timedelta(seconds=1)
    before = asked_because(second, case_id)

    campus.clock.now += timedelta(seconds=1)

    assert (AGREED["because"],) * 2 == before
    assert (None, None) == asked_because(second, case_id)
    assert (409, "release-not-asked") == refusal(second, "DELETE", case_at(case_id, "hold", "release"))


def asked_because(controller: Person, case_id: str) -> tuple[str | None, str | None]:
    """Why its release is asked for, beside the case and in the list of all holds."""
    (listed,) = controller.gets(f"{API}/holds")["items"]
    return controller.gets(case_at(case_id))["hold"]["release_asked_because"], listed["released_because"]


def test_a_case_is_held_once_and_released_once(campus: CampusStage) -> None:
    """
    The same again is told what is the matter; after a release it can be held anew, by whom it was released.
    """
    first, second = campus.controller("first"), campus.controller("second")
    case_id = closed_case(campus)
    hold, release = case_at(case_id, "hold"), case_at(case_id, "hold", "release")

    assert (409, "not-held") == refusal(second, "POST", release, REASON)
    first.posts(hold, REASON, expecting=201)
    assert (409, "already-held") == refusal(second, "POST", hold, REASON)
    first.posts(release, REASON, expecting=202)
    stepped_up(second).posts(f"{release}/confirm", AGREED, expecting=200)
    assert (409, "not-held") == refusal(second, "POST", release, REASON)
    assert (409, "not-held") == refusal(second, "POST", f"{release}/confirm", AGREED)
    second.posts(hold, REASON, expecting=201)


def test_holds_are_listed_however_long_ago_the_case_was_closed(campus: CampusStage) -> None:
    """
    Also to an admin and an auditor, who see no case: by its reference, and none of the other world for a controller.
    """
    admin = campus.somebody("admin", Role.ADMIN)
    case_id = closed_case(campus, note="a secret")
    played = campus.student("player", exercise=True).taps("help")["id"]
    for id_ in (case_id, played):
        admin.posts(case_at(id_, "hold"), REASON, expecting=201)
    campus.skips(days=400)
    people = {role: campus.somebody(f"later-{role}", role) for role in (Role.CONTROLLER, Role.ADMIN, Role.AUDITOR)}

    listed = {role: person.gets(f"{API}/holds")["items"] for role, person in people.items()}

    assert {Role.CONTROLLER: 1, Role.ADMIN: 2, Role.AUDITOR: 2} == {role: len(items) for role, items in listed.items()}
    assert case_id == listed[Role.CONTROLLER][0]["incident_id"]
    assert "a secret" not in str(listed)
    assert 404 == people[Role.CONTROLLER].asks("GET", case_at(case_id)).status_code


def test_what_a_hold_keeps_makes_no_gap_in_a_stream(campus: CampusStage) -> None:
    """
    Who asks for what came after is told that it is too old, as for a case that is not held; the rows are there.

    A backup that was taken then is none that is wrong.
    """
    holder, student = campus.controller("holder"), campus.student()
    case_id, _ = calls_off_a_case(student), calls_off_a_case(student)
    holder.posts(case_at(case_id, "hold"), REASON, expecting=201)
    last = student.messages()[-1]["seq"]

    campus.clock.now += timedelta(days=8)
    campus.service.rounds.forget()

    assert campus.database.read(set_aside, UUID(case_id)) > 0
    assert [] == faults(campus)
    assert [] == student.messages(after=last)
    assert 410 == student.asks("GET", "/v1/stream?after=1").status_code
    newer = student.taps("help")["id"]
    campus.settles()
    assert (last + 1, newer) == (student.messages()[0]["seq"], student.messages()[0]["data"]["incident_id"])
    assert [] == faults(campus)


def calls_off_a_case(student: Person) -> str:
    case_id: str = student.taps("help")["id"]
    student.posts(f"/v1/incidents/{case_id}/cancel", {})
    return case_id


def faults(campus: CampusStage) -> list[str]:
    """What a backup taken now would be said to have wrong with it."""
    found: list[str] = campus.database.read(lambda session: list(broken(session.connection(), now=campus.clock())))
    return found


def set_aside(session: Session, case_id: UUID) -> int:
    kept = sa.select(sa.func.count()).where(MessageRow.incident_id == case_id, MessageRow.set_aside)
    return session.scalar(kept) or 0


@pytest.mark.parametrize("body", [{}, {"reason": " \n "}, {"reason": "x" * 501}, {"reason": None}])
def test_a_hold_needs_a_reason(campus: CampusStage, body: dict[str, str]) -> None:
    """
    Whoever decides one day whether the case may go has nothing else to go by.
    """
    controller = campus.controller()
    case_id = closed_case(campus)

    for door in (("hold",), ("hold", "release")):
        assert ["reason"] == faulty_fields(controller, case_at(case_id, *door), body)


def test_what_is_no_case_of_theirs_cannot_be_held(campus: CampusStage) -> None:
    """
    Neither one that there is not, nor for a controller one of the other world.
    """
    controller = campus.controller()
    played = campus.student("player", exercise=True).taps("help")["id"]

    for id_ in (str(uuid4()), played):
        assert (404, "not-found") == refusal(controller, "POST", case_at(id_, "hold"), REASON)
