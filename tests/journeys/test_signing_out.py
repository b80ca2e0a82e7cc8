"""Signing out ends duty, offers and pushes in the moment it is committed."""

from backend.people.signing_in import sign_in
from tests.campus import CampusStage
from tests.campus_people import Officer, Person


def carries(person: Person, where: str) -> None:
    """Their handset can be pushed to at this target."""
    push = {"kind": "fid", "value": where}
    body = {"installation_id": f"phone-{where}", "platform": "android", "push": push}
    assert person.asks("PUT", "/v1/handset", body).status_code == 200


def pushed(campus: CampusStage) -> list[str]:
    """Every target something was pushed to, oldest first."""
    return [target for one in campus.recorder.sent if one.parcel.channel == "push" for target in one.parcel.values]


def duty_of(campus: CampusStage, officer: Officer, controller: Person) -> str:
    """As the control room's newest message has it."""
    told = [one for one in controller.heard("officer") if one["officer_id"] == str(officer.id)]
    state: str = told[-1]["state"]
    return state


def test_a_signed_out_officer_is_off_duty_and_the_control_room_sees_it(campus: CampusStage) -> None:
    """
    Nobody has to remember to go off duty first.
    """
    officer, controller = campus.officer(), campus.controller()

    officer.posts("/v1/sign-out", expecting=204)

    assert duty_of(campus, officer, controller) == "off_duty"
    assert officer.asks("GET", "/v1/me").status_code == 401
    assert campus.audit_faults() == []


def test_what_a_signed_out_officer_was_asked_is_taken_back(campus: CampusStage) -> None:
    """
    The offer ends on the handset's stream, and cannot be accepted by anybody who finds the phone.
    """
    officer = campus.officer()
    campus.student().taps("help", at=campus.LIBRARY)
    offer_id = officer.offers[0]["id"]

    officer.posts("/v1/sign-out", expecting=204)

    assert officer.asks("POST", f"/v1/offers/{offer_id}/accept").status_code == 401
    stream = campus.stream_of(officer, 0)
    assert [(one.type, one.data["offer_id"]) for one in stream] == [("offer", offer_id), ("offer_withdrawn", offer_id)]


def test_a_case_whose_officer_signs_out_is_asked_again(campus: CampusStage) -> None:
    """
    Whoever said yes and left is not coming: somebody else is asked at once.
    """
    officer, other = campus.officer("near"), campus.officer("far", at=campus.BEIT)
    campus.student().taps("help", at=campus.LIBRARY)
    officer.accepts()

    officer.posts("/v1/sign-out", expecting=204)
    campus.passes(seconds=1)

    assert other.is_ringing


def test_nothing_is_pushed_to_a_signed_out_handset(campus: CampusStage) -> None:
    """
    Neither an officer's nor a student's target is used again (promise I13).
    """
    officer, stays, student = campus.officer("leaves"), campus.officer("stays"), campus.student()
    for person in (officer, stays, student):
        carries(person, person.name)
    student.taps("emergency", at=campus.LIBRARY)
    assert sorted(pushed(campus)) == ["leaves", "stays"]
    officer.posts("/v1/sign-out", expecting=204)
    student.posts("/v1/sign-out", expecting=204)
    campus.recorder.sent.clear()

    stays.accepts()
    campus.student("another").taps("emergency", at=campus.LIBRARY)

    assert pushed(campus) == ["stays"]


def test_what_was_planned_before_is_not_pushed_after(campus: CampusStage) -> None:
    """
    The target is looked up when a delivery is sent, not when it is planned.
    """
    officer, student = campus.officer(), campus.student()
    carries(officer, "pocket")
    rounds = campus.service.rounds
    assert student.asks("POST", "/v1/taps", {"kind": "emergency"}).status_code == 201
    rounds.escalate()
    rounds.relay()

    assert officer.asks("POST", "/v1/sign-out").status_code == 204
    rounds.send()

    assert pushed(campus) == []


def test_only_the_handset_in_hand_is_forgotten(campus: CampusStage) -> None:
    """
    A second handset of the same person, still signed in, is pushed to as before.
    """
    student = campus.student("one")
    second = Person(campus, student.id, "second", student.token)
    carries(student, "tablet")
    second.token = _second_token(campus, student)
    carries(second, "phone")
    second.posts("/v1/sign-out", expecting=204)

    officer = campus.officer()
    student.taps("help", at=campus.LIBRARY)
    officer.accepts()

    assert pushed(campus) == ["tablet"]


def test_a_handset_that_never_said_what_it_is_silences_all_of_its_owners(campus: CampusStage) -> None:
    """
    Rather silent than rung at a stranger.
    """
    student = campus.student("one")
    carries(student, "phone")
    nameless = Person(campus, student.id, "nameless", _second_token(campus, student))

    nameless.posts("/v1/sign-out", expecting=204)
    officer = campus.officer()
    student.taps("help", at=campus.LIBRARY)
    officer.accepts()

    assert pushed(campus) == []


def _second_token(campus: CampusStage, person: Person) -> str:
    token: str = campus.database.write(sign_in, person.id, now=campus.clock()).token
    return token
