"""A tap is never refused for its details, and every one can be found in its case."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest

from tests.campus import CampusStage


def test_the_same_tap_is_the_same_case(campus: CampusStage) -> None:
    """
    A retry with the same tap_id answers 200 with the same case, even after it was closed.
    """
    student = campus.student()
    tap = {"tap_id": str(uuid4()), "kind": "help"}

    first = student.asks("POST", "/v1/taps", tap)
    again = student.asks("POST", "/v1/taps", tap)
    student.posts(f"/v1/incidents/{first.json['id']}/cancel")
    after = student.asks("POST", "/v1/taps", tap)

    assert [first.status_code, again.status_code, after.status_code] == [201, 200, 200]
    assert first.json["id"] == again.json["id"] == after.json["id"]


def test_another_tap_of_the_same_kind_joins_the_open_case(campus: CampusStage) -> None:
    """
    Its position, note and trigger are added; its note is said in the conversation.
    """
    student, controller = campus.student(), campus.controller()
    case = student.taps("emergency")

    joined = student.taps("emergency", at=campus.SHERFIELD, note="third floor", trigger="fall")

    assert joined["id"] == case["id"]
    assert joined["zone"]["id"] == "sherfield"
    assert joined["trigger"] == "fall"
    assert [said["text"] for said in controller.heard("chat")] == ["third floor"]


def test_another_kind_is_another_case(campus: CampusStage) -> None:
    """
    First aid beside an open emergency opens its own case.
    """
    student = campus.student()

    emergency, first_aid = student.taps("emergency")["id"], student.taps("first_aid")["id"]

    assert emergency != first_aid


def test_a_silent_tap_never_joins_a_case_that_may_sound(campus: CampusStage) -> None:
    """
    Silent is its own case; a loud press later joins the silent one and leaves it silent.
    """
    student = campus.student()
    loud = student.taps("emergency")
    silent = student.taps("emergency", silent=True)
    student.posts(f"/v1/incidents/{loud['id']}/cancel")

    later = student.taps("emergency")

    assert silent["id"] != loud["id"]
    assert later["id"] == silent["id"]
    assert later["silent"]


@pytest.mark.parametrize(
    "odd",
    [
        {"kind": "meteor"},
        {"kind": 7},
        {"tap_id": "not a uuid"},
        {"tap_id": None},
        {"position": "here"},
        {"position": {"latitude": 51.5}},
        {"position": {"latitude": 951.5, "longitude": 0}},
        {"position": {"latitude": 1e308, "longitude": 1e308}},
        {"position": {"latitude": 51.4985, "longitude": -0.177, "accuracy_m": "quite"}},
        {"position": {"latitude": 51.4985, "longitude": -0.177, "recorded_at": "yesterday"}},
        {"note": ["a", "list"]},
        {"note": "x" * 50_000},
        {"silent": "perhaps"},
        {"trigger": "phoned_in"},
        {"pressed_at": "0001-01-01T00:00:00+23:59"},
        {"subtype": "y" * 400},
        {"unheard": {"of": [1, 2, 3]}},
    ],
    ids=lambda odd: json.dumps(odd)[:40],
)
def test_no_detail_can_refuse_a_tap(campus: CampusStage, odd: dict[str, object]) -> None:
    """
    Whatever one field holds, the tap opens a case.
    """
    student = campus.student()

    response = student.asks("POST", "/v1/taps", {"tap_id": str(uuid4()), "kind": "emergency", **odd})

    assert response.status_code == 201
    assert response.json["kind"] == "emergency"


def test_what_refuses_a_tap_says_whom_to_ring(campus: CampusStage) -> None:
    """
    An unknown token, a body that is no object, and one too large carry numbers to ring.
    """
    student = campus.student()
    signed_in = {"Authorization": f"Bearer {student.token}"}

    unknown = campus.client.post("/v1/taps", json={}, headers={"Authorization": "Bearer nobody"})
    a_list = campus.client.post("/v1/taps", json=[1], headers=signed_in)
    too_large = campus.client.post("/v1/taps", data=b"x" * (1 << 20 | 1), headers=signed_in)

    assert [401, 400, 413] == [unknown.status_code, a_list.status_code, too_large.status_code]
    for refused in (unknown, a_list, too_large):
        assert refused.content_type == "application/problem+json"
        assert refused.json["call"][0]["number"] == "999"


def test_an_expired_sign_in_still_raises_a_tap_for_thirty_days(campus: CampusStage) -> None:
    """
    A person in trouble is not asked for a password; after the thirty days, or once signed out, they are.
    """
    student = campus.student()
    campus.skips(days=90, minutes=1)

    tapped = student.asks("POST", "/v1/taps", {"kind": "help"})
    looked = student.asks("GET", "/v1/me")
    campus.clock.now += timedelta(days=30)
    too_late = student.asks("POST", "/v1/taps", {"kind": "emergency"})

    assert [201, 401, 401] == [tapped.status_code, looked.status_code, too_late.status_code]


def test_the_status_is_honest(campus: CampusStage) -> None:
    """
    Received, and seen by nobody, until a screen of somebody who can help has shown it.
    """
    officer, student = campus.officer(), campus.student()
    student.taps("emergency", at=campus.LIBRARY)
    unseen = student.looks()

    student.shows("incident")
    own_screen = student.looks()["seen"]
    officer.shows("offer")

    assert (unseen["state"], unseen["seen"], own_screen) == ("offered", False, False)
    assert student.looks()["seen"]


def test_other_peoples_cases_are_not_there(campus: CampusStage) -> None:
    """
    A case of somebody else is 404 to read, to speak in, to move and to cancel.
    """
    case = campus.student("one").taps("help")
    other = campus.student("two")
    path = f"/v1/incidents/{case['id']}"
    said = {"message_id": str(uuid4()), "text": "hello"}

    answers = [
        other.asks("GET", path),
        other.asks("GET", f"{path}/messages"),
        other.asks("POST", f"{path}/messages", said),
        other.asks("POST", f"{path}/positions", {"latitude": 51.5, "longitude": -0.17}),
        other.asks("POST", f"{path}/cancel", {}),
    ]

    assert [404] * 5 == [answer.status_code for answer in answers]
