"""The telephone's doors open to whoever signs as the provider does, over the address that the world knows."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from infra.wiring import answers_key
from notifications.channels.telephone_account import KEYS, STATUS, TEXTS
from notifications.offer_token import offer_token
from notifications.replies.doors import ACCOUNT, LARGEST
from tests.campus import CampusStage
from tests.journeys.telephones import PUBLIC_URL, Exchange, recalled_at_once
from tests.twilio_stand_in import Telephone

FORM = {"MessageSid": "SMone", "From": "+447700900001", "Body": "2"}

Sends = Callable[[Telephone], Any]

one_store = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)


@one_store
@pytest.mark.parametrize(
    "sends",
    [
        lambda one: one.post(TEXTS, FORM, {}),
        lambda one: one.sends(TEXTS, FORM, signature="nonsense"),
        lambda one: one.sends(TEXTS, FORM, signature="\xff\xfe"),
        lambda one: one.sends(TEXTS, FORM, url=f"https://other.example{TEXTS}"),
        lambda one: one.sends(TEXTS, FORM, url=f"http://blue.example{TEXTS}"),
        lambda one: one.sends(TEXTS, FORM, url=PUBLIC_URL + STATUS),
        lambda one: one.sends(f"{TEXTS}?x=1", FORM, url=PUBLIC_URL + TEXTS),
        lambda one: one.sends(TEXTS, {**FORM, "Body": "1"}, signature=signature_of(one, FORM)),
        lambda one: one.sends(TEXTS, {**FORM, "Extra": "1"}, signature=signature_of(one, FORM)),
        lambda one: Telephone(one.number, PUBLIC_URL, one.post, token="another account's own").sends(TEXTS, FORM),
    ],
)
def test_what_is_not_signed_does_nothing(campus: CampusStage, exchange: Exchange, sends: Sends) -> None:
    """
    Unsigned, signed by another, for another address, or with a word changed: a problem, and no answer is taken.
    """
    student, telephone = exchange.student()
    broadcast = exchange.warns(student)

    response = sends(telephone)

    assert (403, "application/problem+json") == (response.status_code, response.mimetype)
    assert "/problems/signature-not-good" == response.json["type"]
    assert (None, None) == exchange.answer_of(broadcast, student)


def signature_of(telephone: Telephone, form: dict[str, str]) -> str:
    """What these fields are signed with."""
    seen: list[str] = []
    listening = Telephone(telephone.number, PUBLIC_URL, lambda _, __, headers: seen.extend(headers.values()))
    listening.sends(TEXTS, form)
    return seen[0]


@one_store
def test_the_address_is_ours_and_not_what_the_request_says(campus: CampusStage, exchange: Exchange) -> None:
    """
    Behind a proxy the request names another host and scheme; the signature is over the one we published.
    """
    student, telephone = exchange.student()
    broadcast = exchange.warns(student)
    headers = {"Host": "10.0.0.7:8080", "X-Forwarded-Host": "evil.example"}

    def behind_a_proxy(path: str, form: Any, signed: Any) -> Any:
        return campus.client.post(path, data=dict(form), headers={**signed, **headers})

    response = Telephone(telephone.number, PUBLIC_URL, behind_a_proxy).sends(TEXTS, FORM)

    assert 200 == response.status_code
    assert ("need_help", "sms") == exchange.answer_of(broadcast, student)


@one_store
def test_without_an_account_nobody_can_sign(campus: CampusStage, exchange: Exchange) -> None:
    """
    Not even with an empty token.
    """
    _, telephone = exchange.student()
    campus.service.app.extensions[ACCOUNT] = None

    statuses = [
        Telephone(telephone.number, PUBLIC_URL, telephone.post, token=token).sends(path, FORM).status_code
        for token in ("", "None")
        for path in (TEXTS, KEYS, STATUS)
    ]

    assert [403] * 6 == statuses


@one_store
def test_too_much_and_the_unkeepable_are_survived(campus: CampusStage, exchange: Exchange) -> None:
    """
    A body beyond all texts is refused, what no store can keep is taken out, and no field at all is no fault of ours.
    """
    student, telephone = exchange.student()
    broadcast = exchange.warns(student)

    large = telephone.sends(TEXTS, {**FORM, "Body": "x" * LARGEST}).status_code
    empty = [telephone.sends(path, {"x": ""}).status_code for path in (TEXTS, KEYS, STATUS)]
    telephone.texts("2 \x00 help \ud83d".encode("utf-8", "replace").decode())

    assert 413 == large
    assert [200, 404, 204] == empty
    assert ("need_help", "sms") == exchange.answer_of(broadcast, student)


@one_store
def test_a_key_for_something_else_is_not_there(campus: CampusStage, exchange: Exchange) -> None:
    """
    A token that we did not sign, one for nothing, and one for an offer that nobody was rung about.
    """
    officer, telephone = campus.officer("on duty"), exchange.telephone("+447700900001")
    campus.student().taps("help", at=campus.LIBRARY)
    (offered,) = officer.offers
    form = {"CallSid": "CAone", "Digits": "1"}
    tokens = [offer_token(b"another key", uuid4()), "", "x" * 64, "%C3%BF", f"{offer_token(b'', uuid4())}=="]

    refused = [telephone.sends(f"{KEYS}?offer={token}&turn=0", form).status_code for token in tokens]
    good = offer_token(answers_key(campus.settings), UUID(offered["id"]))
    by_app = telephone.sends(f"{KEYS}?offer={good}&turn=x", form)

    assert [404] * len(tokens) == refused
    assert "That can no longer be answered." in by_app.text
    assert officer.is_ringing


@one_store
@pytest.mark.parametrize(
    ("told", "outcome", "fault"),
    [
        ({"MessageStatus": "delivered"}, "sent", None),
        ({"MessageStatus": "undelivered", "ErrorCode": "30005"}, "gone", "not delivered: undelivered (30005)"),
        ({"MessageStatus": "failed"}, "gone", "not delivered: failed"),
        ({"MessageStatus": "\u0130"}, "sent", None),
    ],
)
def test_what_a_network_says_afterwards_is_written_down(
    campus: CampusStage, exchange: Exchange, told: dict[str, str], outcome: str, fault: str | None
) -> None:
    """
    A text that reached nobody is no longer taken for sent; it is not sent again, and told twice it is the same.
    """
    _, telephone = exchange.officer_at_home()
    recalled_at_once(campus)
    campus.student().taps("emergency")
    campus.passes(seconds=1)
    url = exchange.text_to(telephone).form["StatusCallback"]

    statuses = [telephone.sends(url.removeprefix(PUBLIC_URL), told).status_code for _ in range(2)]
    campus.passes(seconds=5)

    (text,) = campus.deliveries("sms")
    assert [204, 204] == statuses
    assert (outcome, fault, False) == (text.outcome, text.last_fault, text.dead)
    assert 1 == len(exchange.twilio.texts(telephone.number))
    assert 204 == telephone.sends(f"{STATUS}?delivery={uuid4()}", told).status_code
    assert 204 == telephone.sends(f"{STATUS}?delivery=none", told).status_code
