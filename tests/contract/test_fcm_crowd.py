"""The sender of broadcasts against a stand-in for Google by HTTP/2: every answer of Google's, and every fault."""

import time
from dataclasses import replace

import pytest

from notifications.channels.fcm import Fcm, Patience
from notifications.channels.fcm_crowd import FcmCrowd
from notifications.channels.push import Answer, Push
from notifications.channels.sheaf import WELL, sheaves_of
from notifications.parcel import Outcome
from tests import google
from tests.contract.crowd import WORDS, is_well, outcomes, phones, sent, sheaf, times
from tests.google import HANGS, HTML, OK, RESETS, Reply, refusal
from tests.google_by_http2 import GoogleByHttp2

RETRY, SENT, GONE, FAILED = Outcome.RETRY, Outcome.SENT, Outcome.GONE, Outcome.FAILED


@pytest.mark.parametrize(
    ("reply", "answer"),
    [
        (OK, WELL),
        (google.QUOTA, Answer(RETRY, "quota exceeded", 60.0, unwell=True)),
        (
            refusal(429, "RESOURCE_EXHAUSTED", "QUOTA_EXCEEDED", Retry_After="30"),
            Answer(RETRY, "quota exceeded", 30.0, unwell=True),
        ),
        (google.UNAVAILABLE, Answer(RETRY, "provider: UNAVAILABLE", unwell=True)),
        (refusal(503, "UNAVAILABLE", Retry_After="30"), Answer(RETRY, "provider: UNAVAILABLE", 30.0, unwell=True)),
        (refusal(500, "INTERNAL"), Answer(RETRY, "provider: INTERNAL", unwell=True)),
        (google.UNREGISTERED, Answer(GONE, "unregistered")),
        (google.INVALID, Answer(GONE, "invalid target")),
        (refusal(403, "PERMISSION_DENIED", "SENDER_ID_MISMATCH"), Answer(GONE, "another project's target")),
        (
            refusal(403, "PERMISSION_DENIED"),
            Answer(RETRY, "access refused: PERMISSION_DENIED", 15.0, unwell=True, alarming=True),
        ),
        (refusal(401, "UNAUTHENTICATED"), Answer(RETRY, "access refused", 15.0, unwell=True, alarming=True)),
        (refusal(404, "NOT_FOUND"), Answer(RETRY, "unknown answer: NotFoundError", unwell=True, alarming=True)),
        (HTML, Answer(RETRY, "unknown answer: UnknownError", unwell=True, alarming=True)),
        (Reply(200, b"{}"), Answer(RETRY, "unknown answer: KeyError", unwell=True, alarming=True)),
        (Reply(400, b'{"error": "no"}'), Answer(RETRY, "unknown answer: AttributeError", unwell=True, alarming=True)),
        (RESETS, Answer(RETRY, "provider: UNAVAILABLE", unwell=True)),
        (HANGS, Answer(RETRY, "provider: DEADLINE_EXCEEDED", unwell=True)),
    ],
)
def test_each_answer_of_googles_is_one_request_and_one_answer_of_ours(
    stand_in: GoogleByHttp2, crowd: FcmCrowd, reply: Reply, answer: Answer
) -> None:
    """
    The same as of the sender of calls: no hidden second request, and no target dropped that was not named.
    """
    is_well(stand_in, crowd)
    stand_in.answers(("phone", reply))
    began = time.monotonic()

    (found,) = sent(crowd, sheaf(["phone"]))

    assert answer == found
    assert 1 == len([one for one in stand_in.taken() if not one.dry])
    assert time.monotonic() - began < 1.5


@pytest.mark.parametrize("kind", ["fid", "token"])
@pytest.mark.parametrize("value", ["d0:APA91b-x_y", 'quote " and \\ and ä and \u2028'])
@pytest.mark.parametrize(
    "words", [WORDS, replace(WORDS, quiet=True, tag=None), Push("", "", "Help: open Bluelight", {"incident_id": "1"})]
)
def test_each_byte_is_what_googles_own_client_sends(
    stand_in: GoogleByHttp2, crowd: FcmCrowd, kind: str, value: str, words: Push
) -> None:
    """
    Words told once and a phone put into them are the message that the client builds for that phone.
    """
    client = Fcm(stand_in.account, endpoint=stand_in.older)
    push = replace(words, kind=kind, value=value)
    is_well(stand_in, crowd)
    bodies: list[str] = []

    # Until when Apple keeps it is a second, which may have ended between the two.
    for _ in range(3):
        stand_in.answers()
        client.send(push)
        assert [WELL] == sent(crowd, *[one for one, _ in sheaves_of([push])])
        bodies = [one.body for one in stand_in.taken()]
        if bodies[0] == bodies[1]:
            break
    client.close()

    theirs, ours = bodies
    assert theirs == ours


def test_hundreds_go_side_by_side_over_eight_connections(stand_in: GoogleByHttp2, trusted: None) -> None:
    """
    Each phone once, hundreds at the same moment, and on one access token.
    """
    crowd = FcmCrowd(stand_in.account, endpoint=stand_in.endpoint)
    stand_in.answers(latency_ms=60)
    before = stand_in.counts()
    targets = phones(600)

    found = sent(crowd, *[sheaf(targets[first : first + 50]) for first in range(0, 600, 50)])

    after = stand_in.counts()
    assert {SENT: 600} == outcomes(found)
    assert dict.fromkeys(targets, 1) == dict(times(stand_in))
    assert 100 < after["most"] <= 800
    assert after["connections"] - before["connections"] <= 8
    assert 1 == after["passes"] - before["passes"]


def test_dead_targets_are_told_one_by_one_in_the_midst_of_others(stand_in: GoogleByHttp2, crowd: FcmCrowd) -> None:
    """
    404 UNREGISTERED and 403 SENDER_ID_MISMATCH cost whom they name, and nobody else.
    """
    is_well(stand_in, crowd)
    other = refusal(403, "PERMISSION_DENIED", "SENDER_ID_MISMATCH")
    stand_in.answers(("dead", google.UNREGISTERED), ("other", other))

    found = sent(crowd, sheaf([*phones(60), *phones(20, "dead"), *phones(60), *phones(10, "other")]))

    gone = {"unregistered": range(60, 80), "another project's target": range(140, 150)}
    assert {place: why for why, places in gone.items() for place in places} == {
        place: answer.fault for place, answer in enumerate(found) if answer.outcome is GONE
    }
    assert {SENT: 120, GONE: 30} == outcomes(found)


def test_a_connection_that_goes_loses_nobody_and_tells_nobody_twice(stand_in: GoogleByHttp2, crowd: FcmCrowd) -> None:
    """
    GOAWAY in the middle: what was taken is answered, what was not goes by the next connection.
    """
    is_well(stand_in, crowd)
    stand_in.answers(latency_ms=30, goaway={"after": 20, "again": True})
    targets = phones(150)

    found = sent(crowd, sheaf(targets))

    assert {SENT: 150} == outcomes(found)
    assert dict.fromkeys(targets, 1) == dict(times(stand_in))


def test_a_stream_that_is_refused_unread_is_asked_once_more(stand_in: GoogleByHttp2, crowd: FcmCrowd) -> None:
    """
    REFUSED_STREAM says that nothing was done.
    """
    is_well(stand_in, crowd)
    stand_in.answers(("shy", Reply("refuse"), {"times": 2}))

    found = sent(crowd, sheaf([*phones(10), "shy"]))

    assert {SENT: 11} == outcomes(found)
    assert 3 == times(stand_in)["shy"]


def test_a_connection_that_is_cut_is_told_and_nobody_is_sent_to_twice(stand_in: GoogleByHttp2, crowd: FcmCrowd) -> None:
    """
    libcurl would send again what may have arrived; here the wave is told, and what was answered stays answered.
    """
    is_well(stand_in, crowd)
    stand_in.answers(("cuts", RESETS), ("slow", OK), latency_ms=20)

    first = sent(crowd, sheaf(phones(50)))
    found = sent(crowd, sheaf([*phones(40, "slow"), "cuts", *phones(40, "late")]))

    assert {SENT: 50} == outcomes(first)
    assert RETRY is found[40].outcome
    assert {"provider: UNAVAILABLE"} == {one.fault for one in found if one.outcome is RETRY}
    assert {1} == set(times(stand_in).values())


def test_what_hangs_holds_up_nobody_else(stand_in: GoogleByHttp2, trusted: None) -> None:
    """
    Streams without an answer end with their own time; their neighbours are answered before.
    """
    crowd = FcmCrowd(stand_in.account, endpoint=stand_in.endpoint, patience=Patience(2.0, 2.0))
    is_well(stand_in, crowd)
    stand_in.answers(("hangs", HANGS))
    began = time.monotonic()
    crowd.take(1, sheaf(phones(90, "hangs")), since=began)
    crowd.take(2, sheaf(phones(100)), since=began)

    found: dict[int, list[Answer]] = {}
    while len(found) < 2 and time.monotonic() - began < 10:
        crowd.wait(most_s=0.05)
        found.update(crowd.turn())

    assert [2, 1] == list(found)
    assert [WELL] * 100 == found[2]
    assert [Answer(RETRY, "provider: DEADLINE_EXCEEDED", unwell=True)] * 90 == found[1]
