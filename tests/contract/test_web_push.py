"""Pushes to browsers: a service that really decrypts them, and each answer of a push service's leads to one thing."""

import base64
import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import uuid4

import pytest
from py_vapid import Vapid02

from infra.vapid_key import public_half, read_vapid
from notifications.channels.letter import Letter
from notifications.channels.push import Answer
from notifications.channels.web_push import AT_ONCE, WebPush
from notifications.parcel import Outcome
from tests.browser_maker import Maker
from tests.browser_pushes import PushService

PRIVATE = read_vapid(base64.urlsafe_b64encode(b"k" * 32).decode())
HERE = ("127.0.0.1",)
SENT, RETRY, GONE, FAILED = Outcome.SENT, Outcome.RETRY, Outcome.GONE, Outcome.FAILED

CALL = Letter(
    "web_push",
    str(uuid4()),
    "web_push",
    "",
    "Emergency: open Bluelight",
    {"incident_id": "i-1", "offer_id": "o-1"},
    lane=0,
    about="i-1",
    slot=0,
)


@pytest.fixture
def maker() -> Iterator[Maker]:
    """
    One that says 201.
    """
    with Maker() as one:
        thread = threading.Thread(target=one.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield one
        one.shutdown()


@pytest.fixture
def web_push() -> Iterator[WebPush]:
    """
    The sender's own, that may call this machine, and less patient.
    """
    one = WebPush(PRIVATE, "mailto:safety@campus.example", HERE, read_s=0.5)
    yield one
    one.close()


def test_a_browser_can_read_what_was_pushed_to_it(push_service: PushService, web_push: WebPush) -> None:
    """
    Decrypted by a stranger's code and signed with the key it subscribed with: the sentence, the ids, and the tag.
    """
    browser = push_service.browser(public_half(PRIVATE))

    answer = web_push.send(replace(CALL, value=browser.value))
    words = {"broadcast_id": "b-1", "version": 2, "hash": "abcd1234"}
    web_push.send(
        replace(CALL, value=browser.value, title="Gas leak", sentence="Leave. Schöne Grüße.", data=words, lane=4)
    )

    assert Answer(SENT) == answer
    call, broadcast = browser.shown()
    assert {
        "title": None,
        "sentence": "Emergency: open Bluelight",
        "data": {"incident_id": "i-1", "offer_id": "o-1"},
        "tag": "i-1",
        "quiet": False,
        "takes_back": False,
    } == call
    assert ("Gas leak", "Leave. Schöne Grüße.", words) == (broadcast["title"], broadcast["sentence"], broadcast["data"])


def test_a_subscription_that_is_over_is_gone(push_service: PushService, web_push: WebPush) -> None:
    """
    The browser has let go of it: 410.
    """
    browser = push_service.browser(public_half(PRIVATE))
    browser.unsubscribes()

    answer = web_push.send(replace(CALL, value=browser.value))

    assert Answer(GONE, "the subscription is over: 410") == answer
    assert [] == browser.shown()


@pytest.mark.parametrize(
    ("status", "headers", "answer"),
    [
        (201, {}, Answer(SENT)),
        (404, {}, Answer(GONE, "the subscription is over: 404")),
        (410, {}, Answer(GONE, "the subscription is over: 410")),
        (429, {"Retry-After": "30"}, Answer(RETRY, "quota exceeded", 30.0, unwell=True)),
        (429, {}, Answer(RETRY, "quota exceeded", 60.0, unwell=True)),
        (503, {"Retry-After": "20"}, Answer(RETRY, "provider: 503", 20.0, unwell=True)),
        (500, {}, Answer(RETRY, "provider: 500", unwell=True)),
        (400, {}, Answer(FAILED, "invalid message: 400", alarming=True)),
        (413, {}, Answer(FAILED, "invalid message: 413", alarming=True)),
        (401, {}, Answer(RETRY, "VAPID refused: 401", 15.0, unwell=True, alarming=True)),
        (403, {}, Answer(RETRY, "VAPID refused: 403", 15.0, unwell=True, alarming=True)),
        (302, {"Location": "/elsewhere"}, Answer(RETRY, "unknown answer: 302", unwell=True, alarming=True)),
    ],
)
def test_each_answer_is_one_request_and_leads_to_one_thing(
    maker: Maker, web_push: WebPush, status: int, headers: dict[str, str], answer: Answer
) -> None:
    """
    Nothing is tried twice, and nowhere else than where the browser said.
    """
    maker.status, maker.headers = status, headers

    found = web_push.send(replace(CALL, value=maker.subscription))

    assert answer == found
    assert 1 == len(maker.asked)


def test_what_stands_on_the_envelope(maker: Maker, web_push: WebPush) -> None:
    """
    For how long, how urgent, in whose place, by whom; a later push about the same case has the same topic.
    """
    value = maker.subscription
    update = replace(CALL, lane=4, data={"broadcast_id": "b"}, kept_s=900)

    for letter in (CALL, replace(CALL, lane=2, data={"quiet": True}), replace(CALL, about="another", lane=2), update):
        web_push.send(replace(letter, value=value))

    call, quiet, other, broadcast = maker.asked
    assert ("900", "high") == (broadcast["TTL"], broadcast["Urgency"])
    assert ("60", "high", "aes128gcm") == (call["TTL"], call["Urgency"], call["Content-Encoding"])
    assert ("normal", "normal") == (quiet["Urgency"], other["Urgency"])
    assert call["Topic"] == quiet["Topic"] != other["Topic"]
    assert 32 == len(call["Topic"])
    assert call["Topic"].replace("-", "").replace("_", "").isalnum()
    assert Vapid02.verify(call["Authorization"])
    assert all(b"Emergency" not in body for body in maker.bodies)


def test_words_that_are_too_long_are_cut_to_what_a_push_service_takes(push_service: PushService, maker: Maker) -> None:
    """
    4096 bytes in all; ids and hash stay whole.
    """
    web_push = WebPush(PRIVATE, "mailto:safety@campus.example", HERE)
    browser = push_service.browser(public_half(PRIVATE))
    long = replace(
        CALL, sentence="危険 " * 4000, title="T", data={"broadcast_id": "b", "version": 1, "hash": "abcd1234"}
    )

    answers = [web_push.send(replace(long, value=value)) for value in (browser.value, maker.subscription)]
    web_push.close()

    (shown,) = browser.shown()
    assert [Answer(SENT)] * 2 == answers
    assert len(maker.bodies[0]) <= 4096
    assert len(maker.bodies[0]) > 3500
    assert shown["sentence"].startswith("危険 危険")
    assert shown["sentence"].endswith("…")
    assert "abcd1234" == shown["data"]["hash"]


def test_a_service_that_hangs_or_is_not_there_is_a_matter_of_trying_again(maker: Maker, web_push: WebPush) -> None:
    """
    Within seconds; the subscription stands.
    """
    value = maker.subscription
    maker.hangs_s = 1.0

    hangs = web_push.send(replace(CALL, value=value))
    maker.shutdown()
    maker.server_close()
    absent = web_push.send(replace(CALL, value=value))

    assert Answer(RETRY, "provider: ReadTimeout", unwell=True) == hangs
    assert (RETRY, True) == (absent.outcome, absent.unwell)


def test_connections_are_kept(maker: Maker, web_push: WebPush) -> None:
    """
    As many as pushes go at once, and no handshake for each.
    """
    value = maker.subscription

    with ThreadPoolExecutor(AT_ONCE) as threads:
        found = list(threads.map(web_push.send, [replace(CALL, value=value)] * 100))

    assert {SENT} == {answer.outcome for answer in found}
    assert 100 == len(maker.asked)
    assert len(maker.lines) <= AT_ONCE


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://evil.example/push",
        "http://fcm.googleapis.com/push",
        "https://fcm.googleapis.com.evil.example/push",
        "https://fcm.googleapis.com@evil.example/push",
        "https://10.0.0.1/push",
        "https://127.0.0.1/push",
        "https://fcm.googleapis.com:8443/push",
        "file:///etc/passwd",
        "",
    ],
)
def test_only_browsers_makers_are_called_and_only_by_https(maker: Maker, endpoint: str) -> None:
    """
    Whoever signs in could name any address: one inside, or one that is not what it seems.
    """
    web_push = WebPush(PRIVATE, "mailto:safety@campus.example")
    value = json.dumps({**json.loads(maker.subscription), "endpoint": endpoint})

    answer = web_push.send(replace(CALL, value=value))
    web_push.close()

    assert GONE is answer.outcome


def test_a_name_that_leads_inside_is_not_called() -> None:
    """
    However it came to mean one of our own addresses: the connection is looked at, not the name.
    """
    with Maker() as inside:
        web_push = WebPush(PRIVATE, "mailto:safety@campus.example")
        adapter = web_push._session.get_adapter("https://push.example/")
        pool = adapter.poolmanager.connection_from_host("127.0.0.1", inside.server_port, "https")  # type: ignore[attr-defined]

        with pytest.raises(Exception, match="an address inside"):
            pool.request("POST", "/push", retries=False)
        web_push.close()

    assert [] == inside.asked


@pytest.mark.parametrize(
    "value", ["", "{}", "[]", "null", '{"endpoint": 1, "keys": 2}', "https://fcm.googleapis.com/x"]
)
def test_what_is_no_subscription_is_gone(web_push: WebPush, value: str) -> None:
    """
    It never was one: nothing is asked of anybody.
    """
    answer = web_push.send(replace(CALL, value=value))

    assert GONE is answer.outcome
