"""The sender of broadcasts when it may not send: told to be patient, without a token, too late, not trusted."""

import json
import time

import pytest

from notifications.channels.fcm_crowd import MANY, FcmCrowd
from notifications.channels.push import Answer
from notifications.channels.sheaf import WELL
from notifications.parcel import Outcome
from tests import google
from tests.contract.crowd import is_well, outcomes, phones, sent, sheaf, times
from tests.google import refusal
from tests.google_by_http2 import GoogleByHttp2

RETRY, SENT, GONE, FAILED = Outcome.RETRY, Outcome.SENT, Outcome.GONE, Outcome.FAILED


@pytest.mark.parametrize(("asked", "wait_s"), [({}, 60.0), ({"Retry_After": "2"}, 2.0)])
def test_many_who_are_asked_for_patience_spare_the_rest_the_asking(
    stand_in: GoogleByHttp2, trusted: None, asked: dict[str, str], wait_s: float
) -> None:
    """
    429 in the middle, with and without Retry-After: those not begun come back untried, and say until when.
    """
    crowd = FcmCrowd(stand_in.account, endpoint=stand_in.endpoint, per_second=500)
    is_well(stand_in, crowd)
    stand_in.answers(("full", refusal(429, "RESOURCE_EXHAUSTED", "QUOTA_EXCEEDED", **asked)))

    found = sent(crowd, sheaf([*phones(30), *phones(400, "full")]))

    held = [one for one in found if not one.tried]
    assert 30 == outcomes(found)[SENT]
    assert MANY <= len(times(stand_in)) - 30 < 200
    assert len(held) == 430 - len(times(stand_in))
    assert all(wait_s - 1.5 < (one.retry_after_s or 0) <= wait_s and one.unwell for one in held)
    assert {wait_s} == {one.retry_after_s for one in found if one.tried and one.outcome is RETRY}


def test_one_busy_phone_holds_up_no_other(stand_in: GoogleByHttp2, crowd: FcmCrowd) -> None:
    """
    Google asks for patience for a single device in the same words as for a project.
    """
    is_well(stand_in, crowd)
    stand_in.answers(("busy", google.QUOTA))

    found = sent(crowd, sheaf([*phones(3, "busy"), *phones(200)]))
    after = sent(crowd, sheaf(phones(20, "after")))

    assert {SENT: 200, RETRY: 3} == outcomes(found)
    assert {SENT: 20} == outcomes(after)


def test_an_access_token_that_ends_in_the_middle_is_fetched_once(stand_in: GoogleByHttp2, crowd: FcmCrowd) -> None:
    """
    401: one request each, an alarm, and one new token, however many heard of it; who had not begun waits for that.
    """
    is_well(stand_in, crowd)
    stand_in.answers()
    passes = stand_in.counts()["passes"]
    stand_in.answers(("ends", refusal(401, "UNAUTHENTICATED")), latency_ms=20)

    found = sent(crowd, sheaf([*phones(100), *phones(50, "ends")]))
    after = sent(crowd, sheaf(phones(50, "after")))

    refused = Answer(RETRY, "access refused", 15.0, unwell=True, alarming=True)
    assert [WELL] * 100 + [refused] * 50 == found
    assert {SENT: 50} == outcomes(after)
    assert {1} == set(times(stand_in).values())
    assert 1 == stand_in.counts()["passes"] - passes


def test_a_message_of_ours_that_is_wrong_is_found_out_by_one_look(stand_in: GoogleByHttp2, crowd: FcmCrowd) -> None:
    """
    400 to everybody: one dry run to nobody answers for all, and costs nobody their target.
    """
    is_well(stand_in, crowd)
    stand_in.answers(("", google.INVALID), latency_ms=10)

    found = sent(crowd, sheaf(phones(120)))

    assert {Answer(FAILED, "invalid message", alarming=True)} == set(found)
    looks = [one for one in stand_in.taken() if one.dry]
    assert 1 == len(looks)
    real = next(one for one in stand_in.taken() if not one.dry)
    payload, looked_at = (json.loads(one.body)["message"] for one in (real, looks[0]))
    same = {"data", "notification", "android", "apns"}
    assert {name: payload[name] for name in same} == {name: looked_at[name] for name in same}
    assert "topic" in looked_at


def test_a_target_that_is_wrong_is_told_from_a_message_that_is(stand_in: GoogleByHttp2, crowd: FcmCrowd) -> None:
    """
    400 for some: the look at the message is well, so it was they; while Google is busy nobody is dropped.
    """
    is_well(stand_in, crowd)
    stand_in.answers(("wrong", google.INVALID), latency_ms=5)
    told = sent(crowd, sheaf([*phones(40), *phones(10, "wrong")]))
    looks = [one for one in stand_in.taken() if one.dry]
    stand_in.answers(("wrong", google.INVALID), ("", google.UNAVAILABLE, {"dry": True}))

    untold = sent(crowd, sheaf([*phones(40), *phones(10, "wrong")]))

    assert [WELL] * 40 + [Answer(GONE, "invalid target")] * 10 == told
    assert 1 == len(looks)
    assert {SENT: 40, RETRY: 10} == outcomes(untold)


def test_the_pace_is_kept(stand_in: GoogleByHttp2, trusted: None) -> None:
    """
    Below Google's quota, which is the campus's and not the broadcast's.
    """
    crowd = FcmCrowd(stand_in.account, endpoint=stand_in.endpoint, per_second=200)
    is_well(stand_in, crowd)
    stand_in.answers()

    found = sent(crowd, sheaf(phones(100)))

    at = sorted(one.at for one in stand_in.taken())
    assert {SENT: 100} == outcomes(found)
    assert at[-1] - at[0] > 0.4


def test_what_has_not_begun_in_time_comes_back_untried(stand_in: GoogleByHttp2, crowd: FcmCrowd) -> None:
    """
    Nobody sends what its parent will have given to somebody else.
    """
    is_well(stand_in, crowd)
    stand_in.answers()
    crowd.take(1, sheaf(phones(5)), since=time.monotonic() - 4)

    ((_, found),) = crowd.turn()

    assert {Answer(RETRY, "its turn did not come in time", tried=False)} == set(found)
    assert [] == stand_in.taken()


def test_credentials_that_google_refuses_are_told_as_that(stand_in: GoogleByHttp2, trusted: None) -> None:
    """
    No push is sent without an access token, and a person must look.
    """
    stand_in.answers(refuses_passes=True)
    crowd = FcmCrowd(stand_in.account, endpoint=stand_in.endpoint)

    found = sent(crowd, sheaf(phones(5)))

    assert {Answer(RETRY, "access refused", 15.0, unwell=True, alarming=True)} == set(found)
    assert [] == stand_in.taken()


def test_whom_nobody_vouches_for_is_told_nothing(
    stand_in: GoogleByHttp2, monkeypatch: pytest.MonkeyPatch, trusted: None
) -> None:
    """
    Another authority's certificate: no push leaves, whoever answers at Google's address.
    """
    crowd = FcmCrowd(stand_in.account, endpoint=stand_in.endpoint)
    is_well(stand_in, crowd)
    monkeypatch.delenv("REQUESTS_CA_BUNDLE")
    stranger = FcmCrowd(stand_in.account, endpoint=stand_in.endpoint)
    stranger._pass = crowd._pass
    stand_in.answers()

    found = sent(stranger, sheaf(phones(5)))

    assert {Answer(RETRY, "provider: UNAVAILABLE", unwell=True)} == set(found)
    assert [] == stand_in.taken()


def test_a_proxy_that_speaks_nothing_newer_is_gone_through(stand_in: GoogleByHttp2, trusted: None) -> None:
    """
    By HTTP/1.1 a connection carries one push at a time, and there are more of them.
    """
    crowd = FcmCrowd(stand_in.account, endpoint=stand_in.older)
    is_well(stand_in, crowd)
    stand_in.answers(latency_ms=20)

    found = sent(crowd, sheaf(phones(200)))

    assert {SENT: 200} == outcomes(found)
    assert 8 < stand_in.counts()["most"] <= 32
