"""The sender of broadcasts against a stand-in for Google that speaks HTTP/2: every answer of Google's, and every fault."""

import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from notifications.channels.fcm import Fcm, Patience
from notifications.channels.fcm_crowd import MANY, FcmCrowd
from notifications.channels.push import Answer, Push
from notifications.channels.sheaf import WELL, Sheaf, sheaves_of
from notifications.parcel import Outcome
from tests import google
from tests.google import HANGS, HTML, OK, RESETS, Reply, refusal
from tests.google_by_http2 import GoogleByHttp2, google_by_http2

#: Seconds; the sender's own, only shorter.
IMPATIENT = Patience(connect_s=0.5, read_s=0.5)

RETRY, SENT, GONE, FAILED = Outcome.RETRY, Outcome.SENT, Outcome.GONE, Outcome.FAILED

WORDS = Push(
    "",
    "",
    "Leave Beit now by the nearest exit. Tân – „raus“!",
    {"broadcast_id": "1", "version": "2", "hash": "0123", "severity": "severe", "exercise": "false"},
    tag="1",
    title="Fire at Beit",
    kept_s=1800,
)


@pytest.fixture(scope="module")
def stand_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GoogleByHttp2]:
    """
    One for all tests of this file.
    """
    with google_by_http2(tmp_path_factory.mktemp("google")) as one:
        yield one


@pytest.fixture(scope="module")
def trusted(stand_in: GoogleByHttp2) -> Iterator[None]:
    """
    Its authority is believed, as an operator would say it.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REQUESTS_CA_BUNDLE", str(stand_in.authority))
        patch.setenv("NO_PROXY", "127.0.0.1")
        yield


@pytest.fixture(scope="module")
def crowd(stand_in: GoogleByHttp2, trusted: None) -> FcmCrowd:
    """
    The sender, with its connections kept from test to test.
    """
    return FcmCrowd(stand_in.account, endpoint=stand_in.endpoint, patience=IMPATIENT)


def phones(number: int, name: str = "phone") -> list[str]:
    return [f"{name}-{k}" for k in range(number)]


def sheaf(targets: Sequence[str], words: Push = WORDS) -> Sheaf:
    return Sheaf(words, tuple(("fid", one) for one in targets))


def sent(crowd: FcmCrowd, *sheaves: Sheaf, within_s: float = 8) -> list[Answer]:
    """What came of all of them."""
    began = time.monotonic()
    for number, one in enumerate(sheaves):
        crowd.take(number, one, since=began)
    found: dict[int, list[Answer]] = {}
    while len(found) < len(sheaves):
        assert time.monotonic() - began < within_s
        crowd.wait(most_s=0.1)
        found.update(crowd.turn())
    return [answer for number in sorted(found) for answer in found[number]]


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
    stand_in.answers(("phone", reply))
    began = time.monotonic()

    (found,) = sent(crowd, sheaf(["phone"]))

    assert answer == found
    assert 1 == len([one for one in stand_in.taken() if not one.dry])
    assert time.monotonic() - began < 1.5
