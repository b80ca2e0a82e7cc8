"""Who is told what of a case on their stream, and how quietly."""

from typing import Any
from uuid import uuid4

from tests.campus import CampusStage
from tests.campus_people import Person

WORDS = "I am behind the library"


def says(person: Person, case: dict[str, Any], text: str = WORDS) -> None:
    person.posts(f"/v1/incidents/{case['id']}/messages", {"message_id": str(uuid4()), "text": text})


def carries(person: Person, where: str) -> None:
    push = {"kind": "fid", "value": where}
    body = {"installation_id": where, "platform": "ios", "push": push}
    assert person.asks("PUT", "/v1/handset", body).status_code == 200


def test_several_changes_in_one_go_are_one_message(campus: CampusStage) -> None:
    """
    The yes and the setting out are told together: the case as it is now, and that is all anybody needs.
    """
    officer, student = campus.officer(), campus.student()
    assert student.asks("POST", "/v1/taps", {"kind": "help"}).status_code == 201
    campus.service.rounds.escalate()
    campus.service.rounds.relay()
    offer = officer.offers[0]
    assert officer.asks("POST", f"/v1/offers/{offer['id']}/accept").status_code == 200
    move = {"move": "en_route"}
    assert officer.asks("POST", f"/v1/incidents/{offer['incident']['id']}/moves", move).status_code == 200

    campus.settles()

    assert [told["state"] for told in student.heard("incident")] == ["offered", "en_route"]


def test_what_was_said_reaches_owner_responders_and_control_room(campus: CampusStage) -> None:
    """
    And nobody else: an officer who is only asked does not read along, nor does another student.
    """
    near, far = campus.officer("near"), campus.officer("far", at=campus.BEIT)
    controller, student, other = campus.controller(), campus.student(), campus.student("other")
    campus.policy("help", wanted=2)
    case = student.taps("help", at=campus.LIBRARY)
    campus.passes(seconds=120)
    near.accepts()
    assert far.is_ringing

    says(student, case)

    heard = {person.name: [said["text"] for said in person.heard("chat")] for person in (near, controller, student)}
    assert heard == {"near": [WORDS], "controller": [WORDS], "student": [WORDS]}
    assert (far.heard("chat"), other.messages()) == ([], [])


def test_each_reader_knows_which_words_are_their_own(campus: CampusStage) -> None:
    """
    `mine` is the reader's, as in the conversation they ask for.
    """
    officer, student = campus.officer(), campus.student()
    case = student.taps("help", at=campus.LIBRARY)
    officer.accepts()

    says(student, case, "where are you")
    says(officer, case, "two minutes")

    assert [said["mine"] for said in student.heard("chat")] == [True, False]
    assert [said["mine"] for said in officer.heard("chat")] == [False, True]
    for person in (student, officer):
        page = person.gets(f"/v1/incidents/{case['id']}/messages")["items"]
        assert [said["mine"] for said in page] == [said["mine"] for said in person.heard("chat")]


def test_the_same_words_sent_twice_are_said_once(campus: CampusStage) -> None:
    """
    A retry carries the id of the first try.
    """
    officer, student = campus.officer(), campus.student()
    case = student.taps("help", at=campus.LIBRARY)
    officer.accepts()
    body = {"message_id": str(uuid4()), "text": WORDS}

    for _ in range(3):
        student.posts(f"/v1/incidents/{case['id']}/messages", body)

    assert [said["text"] for said in officer.heard("chat")] == [WORDS]


def test_nothing_about_a_silent_case_sounds_at_its_owner(campus: CampusStage) -> None:
    """
    Every message to the owner says quiet, from the press to the end, and nothing is pushed to them.
    """
    officer, student = campus.officer(), campus.student()
    carries(student, "pocket")
    carries(officer, "belt")
    case = student.taps("emergency", at=campus.LIBRARY, silent=True, note="he is here")
    officer.shows("offer")
    officer.accepts()
    says(officer, case)
    for move in ("en_route", "on_scene", "resolved"):
        officer.moves(move, case["id"])

    told = student.messages()

    assert {"incident", "chat"} <= {message["type"] for message in told}
    assert {True} == {message["data"]["quiet"] for message in told}
    pushed = {target for one in campus.recorder.sent for target in one.parcel.values}
    assert pushed == {"belt"}


def test_officers_see_that_a_case_is_silent_and_do_not_ring(campus: CampusStage) -> None:
    """
    The offer says silent and quiet; one that is not silent is not quiet.
    """
    officer = campus.officer()
    campus.student("one").taps("emergency", at=campus.LIBRARY, silent=True)
    campus.student("two").taps("emergency", at=campus.LIBRARY)

    told = [(offer["incident"]["silent"], offer["quiet"]) for offer in officer.heard("offer")]

    assert told == [(True, True), (False, False)]


def test_a_case_that_is_not_silent_tells_its_owner_who_comes(campus: CampusStage) -> None:
    """
    One push, in one fixed sentence, with ids and nothing else.
    """
    officer, student = campus.officer(), campus.student()
    carries(student, "pocket")
    case = student.taps("emergency", at=campus.LIBRARY, note="he is here")
    officer.accepts()

    (pushed,) = [one.parcel for one in campus.recorder.sent if "pocket" in one.parcel.values]

    assert pushed.sentence == "Somebody is coming: open Bluelight"
    assert pushed.data == {"incident_id": case["id"]}


def test_another_members_stream_never_names_the_case(campus: CampusStage) -> None:
    """
    Whoever has nothing to do with a case is told nothing of it at all.
    """
    officer, student, stranger = campus.officer(), campus.student(), campus.student("stranger")
    auditor = campus.somebody("auditor").at_the_console()
    case = student.taps("emergency", at=campus.LIBRARY)
    officer.accepts()
    says(student, case)

    assert (stranger.messages(), auditor.messages()) == ([], [])
