"""A call that is no longer one leaves the lock screen too; and who cannot be woken is shown while on duty."""

from uuid import UUID

import pytest

from backend.dispatch.escalating import climb_due
from notifications import sending
from notifications.calling import call
from notifications.parcel import Outcome, Parcel, Result, Target, TargetKind
from tests.campus import CampusStage
from tests.campus_people import Officer, Person
from tests.journeys.couriers import carries, deliveries, every
from tests.journeys.google_carrier import puts, warnings_of

STOOD_DOWN = "You can stand down: a case no longer needs you"
EMERGENCY = "Emergency: open Bluelight"


def pushed(campus: CampusStage, target: str) -> list[Parcel]:
    return [one.parcel for one in campus.recorder.sent if target in one.parcel.values]


def test_socket_and_push_are_planned_in_one_transaction(campus: CampusStage) -> None:
    """
    Waiting for one to fail would cost the seconds that matter: the offer and its push are one commit.
    """
    officer = campus.officer()
    carries(officer, "belt")
    assert campus.student().asks("POST", "/v1/taps", {"kind": "emergency"}).status_code == 201

    campus.database.write(call, now=campus.clock())

    (offer,) = officer.heard("offer")
    (push,) = deliveries(campus)
    assert (offer["offer_id"], campus.clock()) == (push.data["offer_id"], push.due_at)


def withdrawn(campus: CampusStage, how: str) -> Officer:
    """An officer who was pushed an emergency which then no longer needs them; `how` it came to that."""
    officer, student = campus.officer("asked"), campus.student()
    carries(officer, "belt")
    others = [campus.officer(f"other{number}") for number in range(2)]
    student.taps("emergency", at=campus.LIBRARY)
    if how == "others have it":
        for other in others:
            other.accepts()
    elif how == "the case closed":
        student.posts(f"/v1/incidents/{student.case['id']}/cancel")
    else:
        officer.goes_off_duty()
    return officer


@pytest.mark.parametrize("how", ["others have it", "the case closed", "off duty"])
def test_a_call_that_is_withdrawn_is_replaced_on_the_lock_screen(campus: CampusStage, how: str) -> None:
    """
    In its place, without a sound, in a sentence that says nothing about anybody.
    """
    withdrawn(campus, how)

    call, back = pushed(campus, "belt")

    assert (EMERGENCY, STOOD_DOWN) == (call.sentence, back.sentence)
    assert (call.about, call.slot, call.data["offer_id"]) == (back.about, back.slot, back.data["offer_id"])
    assert (None, True) == (call.data.get("quiet"), back.data["quiet"])


def planned(campus: CampusStage) -> Person:
    """Whoever pressed, when the push to an officer is planned and not sent."""
    student = campus.student()
    carries(campus.officer(), "belt")
    student.case = student.asks("POST", "/v1/taps", {"kind": "help"}).json
    campus.service.rounds.escalate()
    campus.service.rounds.relay()
    return student


def calls_off(student: Person) -> None:
    """Cancel, and nothing is sent before that is told."""
    response = student.asks("POST", f"/v1/incidents/{student.case['id']}/cancel", {})
    assert response.status_code == 200, response.text
    student.campus.service.rounds.relay()


def test_a_call_that_was_not_pushed_yet_never_is(campus: CampusStage) -> None:
    """
    Nothing rings, and nothing has to be replaced.
    """
    student = planned(campus)

    calls_off(student)
    campus.settles()

    assert [] == list(campus.recorder.sent)
    assert [("gone", 0, False)] == [(one.outcome, one.attempts, one.dead) for one in deliveries(campus)]


def test_an_offer_that_came_and_went_in_one_go_is_not_pushed(campus: CampusStage) -> None:
    """
    Planned and taken back in the same transaction leaves no delivery at all.
    """
    student = campus.student()
    carries(campus.officer(), "belt")
    student.case = student.asks("POST", "/v1/taps", {"kind": "emergency"}).json
    campus.database.write(climb_due, now=campus.clock())

    calls_off(student)
    campus.settles()

    assert [] == deliveries(campus)


def test_a_call_on_its_way_when_it_is_withdrawn_is_replaced(campus: CampusStage) -> None:
    """
    It may have rung; what its sender says of it afterwards no longer counts.
    """
    student = planned(campus)
    lease, (parcel,) = campus.database.write(sending.claim, now=campus.clock())

    calls_off(student)
    late = campus.database.write(sending.settle, lease, [Result(parcel.delivery_id, Outcome.RETRY)], now=campus.clock())
    campus.settles()

    assert 0 == late
    assert [STOOD_DOWN] == [one.sentence for one in pushed(campus, "belt")]


def test_a_push_that_is_tried_again_is_not_after_the_officer_said_yes(campus: CampusStage) -> None:
    """
    The socket was quicker: nobody is rung for what they have answered.
    """
    campus.service.rounds.channels["push"] = courier = every(Outcome.RETRY)
    officer = campus.officer()
    carries(officer, "belt")
    campus.student().taps("emergency", at=campus.LIBRARY)

    officer.accepts()
    campus.passes(seconds=30)

    assert [EMERGENCY] == [parcel.sentence for parcel in courier.parcels if "belt" in parcel.values]


def test_a_silent_case_is_pushed_quietly_to_officers_and_never_to_its_owner(campus: CampusStage) -> None:
    """
    Nor is what is taken back of it.
    """
    officer, student = campus.officer(), campus.student()
    carries(officer, "belt")
    carries(student, "pocket")
    student.taps("emergency", at=campus.LIBRARY, silent=True)

    student.posts(f"/v1/incidents/{student.case['id']}/cancel")

    assert [True, True] == [one.data["quiet"] for one in pushed(campus, "belt")]
    assert [] == pushed(campus, "pocket")


def test_a_third_case_shares_a_place_and_nothing_is_taken_back_in_it(campus: CampusStage) -> None:
    """
    A phone that is off keeps four pushes, one of them a broadcast's; taking one back must not hide another's call.
    """
    officer = campus.officer()
    carries(officer, "belt")
    students = [campus.student(f"student{number}") for number in range(5)]
    for student in students:
        student.taps("emergency", at=campus.LIBRARY)

    for student in students:
        student.posts(f"/v1/incidents/{student.case['id']}/cancel")

    calls, backs = (
        [one for one in pushed(campus, "belt") if one.sentence == sentence] for sentence in (EMERGENCY, STOOD_DOWN)
    )
    assert [0, 1, 2, 2, 2] == [one.slot for one in calls]
    assert [0, 1] == [one.slot for one in backs]


@pytest.mark.parametrize("how", ["dead", "notifications off", "handed on", "put away"])
def test_an_officer_on_duty_who_cannot_be_woken_is_shown_at_once(campus: CampusStage, how: str) -> None:
    """
    To the control room's list, as a message, and to the officer; and that it is well again the same way.
    """
    controller, officer, other = campus.controller(), campus.officer(), campus.student("other")
    puts(officer, "belt", installation="phone")
    assert ([], [], []) == warnings_of(officer, controller)

    expected = "no_push_target"
    if how == "dead":
        gone = Target(TargetKind.FID, "belt")
        results = [Result(UUID(int=1), Outcome.GONE, gone=(gone,))]
        campus.database.write(sending.settle, "lease", results, now=campus.clock())
        campus.settles()
    elif how == "notifications off":
        puts(officer, "belt", installation="phone", notifications=False)
        expected = "notifications_off"
    elif how == "handed on":
        puts(other, "belt", installation="phone")
    else:
        puts(officer, "", installation="phone")
    lost = warnings_of(officer, controller)
    puts(officer, "new", installation="another phone")

    assert ([expected], [expected], [expected]) == lost
    assert ([], [], []) == warnings_of(officer, controller)
    assert [] == campus.audit_faults()


def test_off_duty_nobody_is_warned_of(campus: CampusStage) -> None:
    """
    A private person's phone is nobody's business.
    """
    controller, officer = campus.controller(), campus.officer()
    on_duty = warnings_of(officer, controller)

    officer.goes_off_duty()

    assert (["no_push_target"],) * 3 == on_duty
    assert ([], [], []) == warnings_of(officer, controller)


def test_a_second_handset_that_can_be_woken_is_enough(campus: CampusStage) -> None:
    """
    One has its notifications off, the other has not.
    """
    controller, officer = campus.controller(), campus.officer()

    puts(officer, "belt", notifications=False)
    puts(officer, "desk", notifications=True)

    assert ([], [], []) == warnings_of(officer, controller)
