"""Google's real client against a stand-in for Google: each of its answers is one request, and leads to one thing."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from notifications.channels.fcm import AT_ONCE, Fcm, Patience
from notifications.channels.push import Answer, Push
from notifications.parcel import Outcome
from tests import google
from tests.google import OK, Google, Reply, google_stands_in, refusal

#: Seconds; the client's own, only shorter.
IMPATIENT = Patience(connect_s=0.5, read_s=0.5)

CALL = Push("fid", "phone", "Emergency: open Bluelight", {"incident_id": "1"}, tag="1", slot=0)

RETRY, SENT, GONE, FAILED = Outcome.RETRY, Outcome.SENT, Outcome.GONE, Outcome.FAILED


@pytest.fixture(scope="module")
def stand_in() -> Iterator[Google]:
    """
    One for all tests of this file.
    """
    with google_stands_in() as one:
        yield one


@pytest.fixture(scope="module")
def fcm(stand_in: Google) -> Iterator[Fcm]:
    """
    The client, with its first access token.
    """
    client = Fcm(stand_in.account, endpoint=stand_in.endpoint, patience=IMPATIENT)
    yield client
    client.close()


@pytest.mark.parametrize(
    ("reply", "answer"),
    [
        (OK, Answer(SENT)),
        (google.QUOTA, Answer(RETRY, "quota exceeded", 60.0, unwell=True)),
        (
            refusal(429, "RESOURCE_EXHAUSTED", "QUOTA_EXCEEDED", Retry_After="30"),
            Answer(RETRY, "quota exceeded", 30.0, unwell=True),
        ),
        (google.UNAVAILABLE, Answer(RETRY, "provider: UNAVAILABLE", unwell=True)),
        (
            refusal(503, "UNAVAILABLE", Retry_After="30"),
            Answer(RETRY, "provider: UNAVAILABLE", 30.0, unwell=True),
        ),
        (refusal(500, "INTERNAL"), Answer(RETRY, "provider: INTERNAL", unwell=True)),
        (google.UNREGISTERED, Answer(GONE, "unregistered")),
        (google.INVALID, Answer(GONE, "invalid target")),
        (refusal(403, "PERMISSION_DENIED", "SENDER_ID_MISMATCH"), Answer(GONE, "another project's target")),
        (
            refusal(403, "PERMISSION_DENIED"),
            Answer(RETRY, "access refused: PERMISSION_DENIED", 15.0, unwell=True, alarming=True),
        ),
        (
            refusal(404, "NOT_FOUND"),
            Answer(RETRY, "unknown answer: NotFoundError", unwell=True, alarming=True),
        ),
        (google.HTML, Answer(RETRY, "unknown answer: UnknownError", unwell=True, alarming=True)),
        (Reply(200, b"{}"), Answer(RETRY, "unknown answer: KeyError", unwell=True, alarming=True)),
        (
            Reply(400, b'{"error": "no"}'),
            Answer(RETRY, "unknown answer: AttributeError", unwell=True, alarming=True),
        ),
        (google.RESETS, Answer(RETRY, "provider: UNAVAILABLE", unwell=True)),
        (google.HANGS, Answer(RETRY, "provider: DEADLINE_EXCEEDED", unwell=True)),
    ],
)
def test_each_answer_of_googles_is_one_request_and_one_answer_of_ours(
    stand_in: Google, fcm: Fcm, reply: Reply, answer: Answer
) -> None:
    """
    No hidden second request, no wait that was asked for, no target dropped that was not named.
    """
    stand_in.asked.clear()
    stand_in.always(reply)
    began = time.monotonic()

    found = fcm.send(CALL)

    assert answer == found
    assert 1 == len(stand_in.pushed("phone"))
    assert time.monotonic() - began < 1


def test_a_message_that_is_wrong_is_told_from_a_target_that_is(stand_in: Google, fcm: Fcm) -> None:
    """
    After a 400 the same message goes to nobody as a dry run: refused there too, it is our fault and no target's.
    """
    stand_in.asked.clear()
    stand_in.answers = lambda _: google.INVALID

    found = fcm.send(CALL)

    assert Answer(FAILED, "invalid message", alarming=True) == found
    real, dry = stand_in.asked
    assert (False, True) == (real.dry_run, dry.dry_run)
    assert "topic" in dry.message
    same = {"data", "notification", "android", "apns"}
    assert {name: real.message[name] for name in same} == {name: dry.message[name] for name in same}


def test_a_dry_run_that_tells_nothing_drops_no_target(stand_in: Google, fcm: Fcm) -> None:
    """
    While Google is busy a 400 stays undecided, and is tried again.
    """
    stand_in.answers = lambda asked: google.UNAVAILABLE if asked.dry_run else google.INVALID

    found = fcm.send(CALL)

    assert RETRY is found.outcome


def test_a_401_is_one_request_and_the_next_push_has_a_new_access_token(stand_in: Google, fcm: Fcm) -> None:
    """
    Google's session would fetch a token and send again, twice; here the delivery says when.
    """
    assert SENT is _sent_when_well(stand_in, fcm)
    old = stand_in.asked[-1].bearer
    stand_in.asked.clear()
    stand_in.always(refusal(401, "UNAUTHENTICATED"))

    found = fcm.send(CALL)

    assert Answer(RETRY, "access refused", 15.0, unwell=True, alarming=True) == found
    assert 1 == len(stand_in.asked)
    assert SENT is _sent_when_well(stand_in, fcm)
    assert stand_in.asked[-1].bearer != old


def test_the_client_sends_many_at_once_and_never_more_than_its_connections(stand_in: Google, fcm: Fcm) -> None:
    """
    Sixty-four pushes from as many threads as the sender has: side by side, on one access token.
    """
    stand_in.most_at_once = 0
    tokens = stand_in.tokens

    def slowly(_: object) -> Reply:
        time.sleep(0.05)
        return OK

    stand_in.answers = slowly

    with ThreadPoolExecutor(AT_ONCE) as threads:
        found = [answer.outcome for answer in threads.map(fcm.send, [CALL] * 64)]

    assert [SENT] * 64 == found
    assert 8 < stand_in.most_at_once <= AT_ONCE
    assert tokens == stand_in.tokens


def test_a_fid_and_a_token_are_both_sent_to_as_what_they_are(stand_in: Google, fcm: Fcm) -> None:
    """
    Older apps have a token only; sending to one warns nobody.
    """
    stand_in.asked.clear()
    stand_in.always(OK)

    fcm.send(Push("fid", "new", "Help: open Bluelight", {}))
    fcm.send(Push("token", "old", "Help: open Bluelight", {}))

    new, old = stand_in.asked
    assert ("new", None) == (new.message["fid"], new.message.get("token"))
    assert ("old", None) == (old.message["token"], old.message.get("fid"))


def test_credentials_that_google_refuses_are_told_as_that() -> None:
    """
    No push is sent without an access token, and a person must look.
    """
    with google_stands_in() as refusing:
        refusing.gives_tokens = False
        client = Fcm(refusing.account, endpoint=refusing.endpoint, patience=IMPATIENT)

        found = client.send(CALL)
        client.close()

    assert Answer(RETRY, "access refused", 15.0, unwell=True, alarming=True) == found
    assert [] == refusing.asked


def _sent_when_well(stand_in: Google, fcm: Fcm) -> Outcome:
    stand_in.always(OK)
    return fcm.send(CALL).outcome
