"""Twilio's real client against a stand-in for Twilio: each of its answers is one request, and leads to one thing."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from lxml import etree

from notifications.channels.telephone import Telephone
from notifications.channels.telephone_client import Patience
from notifications.parcel import Outcome, Parcel, Result, Target, TargetKind
from tests.twilio_stand_in import HANGS, HTML, NUMBER, OK, RESETS, Reply, TwilioStandIn, refusal, twilio_stands_in

#: Seconds; the client's own, only shorter.
IMPATIENT = Patience(connect_s=0.5, read_s=0.4)

KEY = b"k" * 32
THEIRS = "+447700900123"

RETRY, SENT, GONE, FAILED = Outcome.RETRY, Outcome.SENT, Outcome.GONE, Outcome.FAILED


@pytest.fixture(scope="module")
def one_stand_in() -> Iterator[TwilioStandIn]:
    """
    One for the tests of this file.
    """
    with twilio_stands_in() as one:
        yield one


@pytest.fixture
def twilio(one_stand_in: TwilioStandIn) -> TwilioStandIn:
    """
    All is well, and nothing was asked yet.
    """
    one_stand_in.begins_anew()
    return one_stand_in


@pytest.fixture
def telephone(twilio: TwilioStandIn) -> Telephone:
    """
    The channel as a server has it, only less patient.
    """
    return Telephone(twilio.account("https://blue.example"), KEY, patience=IMPATIENT)


def parcel(channel: str = "sms", number: str = THEIRS, **more: object) -> Parcel:
    told = {"sentence": "Emergency: open Bluelight", "data": {}, "lane": 0, **more}
    return Parcel(uuid4(), channel, (Target(TargetKind.NUMBER, number),), **told)  # type: ignore[arg-type]


def test_a_text_goes_out_as_it_is(twilio: TwilioStandIn, telephone: Telephone) -> None:
    """
    From our number, in our words, with the address at which we hear what became of it; a call is not kept for long.
    """
    one = parcel()

    results = telephone.send([one])

    assert [Result(one.delivery_id, SENT)] == results
    assert [
        {
            "To": THEIRS,
            "From": NUMBER,
            "Body": "Emergency: open Bluelight",
            "StatusCallback": f"https://blue.example/v1/replies/status?delivery={one.delivery_id}",
            "ValidityPeriod": "120",
        }
    ] == [asked.form for asked in twilio.asked]


def test_a_messaging_service_texts_and_a_number_rings(twilio: TwilioStandIn) -> None:
    """
    Where both are given each does what it can; with a service alone nobody can be rung.
    """
    service = "MG" + "0" * 32
    both = Telephone(twilio.account("https://blue.example", service=service), KEY, patience=IMPATIENT)
    alone = Telephone(twilio.account("https://blue.example", service=service, number=None), KEY, patience=IMPATIENT)

    sent = [result.outcome for result in both.send([parcel(lane=4), parcel("voice")])]
    not_rung = alone.send([parcel("voice")])[0]

    assert [SENT, SENT] == sent
    (text,), (call,) = twilio.texts(THEIRS), twilio.calls(THEIRS)
    assert (service, None, None) == (
        text.form["MessagingServiceSid"],
        text.form.get("From"),
        text.form.get("ValidityPeriod"),
    )
    assert NUMBER == call.form["From"]
    assert (GONE, "there is no number to ring from") == (not_rung.outcome, not_rung.fault)


def test_a_call_is_read_twice_and_waits_for_a_key(twilio: TwilioStandIn, telephone: Telephone) -> None:
    """
    In its language, for one key; who presses none is told of 999.
    """
    offer_id = uuid4()

    telephone.send([parcel("voice", sentence="Fire & <smoke>", data={"offer_id": str(offer_id), "language": "fr"})])

    (call,) = twilio.calls(THEIRS)
    root = etree.fromstring(call.form["Twiml"].encode())
    (gather,) = root.findall("Gather")
    assert ["Fire & <smoke>", "Fire & <smoke>"] == [one.text for one in gather.findall("Say")]
    assert {"fr-FR"} == {one.get("language") for one in gather.findall("Say")}
    assert ("1", "POST") == (gather.get("numDigits"), gather.get("method"))
    assert (gather.get("action") or "").startswith("https://blue.example/v1/replies/voice?offer=")
    assert "999" in (root.findall("Say")[-1].text or "")


def test_what_asks_nothing_waits_for_no_key(twilio: TwilioStandIn, telephone: Telephone) -> None:
    """
    The control room's own alarm is read out, and that is all.
    """
    telephone.send([parcel("voice", data={"alarm_id": str(uuid4())})])

    (call,) = twilio.calls(THEIRS)
    assert "Gather" not in call.form["Twiml"]
    assert "Emergency: open Bluelight Emergency: open Bluelight" == call.words


@pytest.mark.parametrize(
    ("reply", "outcome", "wait_s", "alarming"),
    [
        (OK, SENT, None, False),
        (refusal(429, 20429), RETRY, 10, False),
        (refusal(429, 20429, Retry_After="7"), RETRY, 7, False),
        (refusal(429), RETRY, 10, False),
        (refusal(500, 20500), RETRY, None, False),
        (refusal(503, Retry_After="3"), RETRY, 3, False),
        (Reply(502, b"<html>bad gateway</html>"), RETRY, None, False),
        (RESETS, RETRY, None, False),
        (HANGS, RETRY, None, False),
        (refusal(400, 21211), GONE, None, False),
        (refusal(400, 21614), GONE, None, False),
        (refusal(400, 21610), GONE, None, False),
        *((refusal(400, code), GONE, None, False) for code in (30003, 30004, 30005, 30006)),
        (refusal(400, 21408), RETRY, 15, True),
        (refusal(400, 21606), RETRY, 15, True),
        (refusal(401, 20003), RETRY, 15, True),
        (refusal(403, 20003), RETRY, 15, True),
        (refusal(403), RETRY, 15, True),
        (refusal(404, 20404), RETRY, 15, True),
        (refusal(400, 21617), FAILED, None, True),
        (refusal(422), FAILED, None, True),
        (Reply(302, b"", {"Location": "https://elsewhere.example/"}), RETRY, None, True),
        (HTML, RETRY, None, True),
        (Reply(201, b"{}"), RETRY, None, True),
    ],
)
@pytest.mark.parametrize("channel", ["sms", "voice"])
def test_each_answer_is_one_request_and_leads_to_one_thing(
    twilio: TwilioStandIn,
    telephone: Telephone,
    channel: str,
    reply: Reply,
    outcome: Outcome,
    wait_s: float | None,
    alarming: bool,
) -> None:
    """
    Within a second, whatever the provider does; no number is ever forgotten for it.
    """
    twilio.always(reply)
    began = time.monotonic()

    (result,) = telephone.send([parcel(channel)])

    assert (outcome, wait_s, alarming) == (result.outcome, result.retry_after_s, result.alarming)
    assert THEIRS not in (result.fault or "")
    assert () == result.gone
    assert 1 == len(twilio.asked)
    assert time.monotonic() - began < 1


@pytest.mark.parametrize("number", ["", "0", "07700900123", "+4", "sip:somebody@example.org", "+44770090012345678"])
def test_what_is_no_number_is_not_tried(twilio: TwilioStandIn, telephone: Telephone, number: str) -> None:
    """
    Nor is a parcel that has none.
    """
    nowhere = Parcel(uuid4(), "sms", (), "Emergency: open Bluelight", {})

    outcomes = [result.outcome for result in telephone.send([parcel(number=number), nowhere])]

    assert [GONE, GONE] == outcomes
    assert [] == twilio.asked


def test_nobody_answers_within_its_patience(telephone: Telephone, twilio: TwilioStandIn) -> None:
    """
    A provider that nobody can reach costs a connection's patience, and no more.
    """
    twilio_gone = twilio.account("https://blue.example", endpoint="http://127.0.0.1:9")
    lost = Telephone(twilio_gone, KEY, patience=IMPATIENT)

    (result,) = lost.send([parcel()])

    assert (RETRY, "no answer from the provider") == (result.outcome, result.fault)


def test_many_at_once_each_have_their_own_answer(twilio: TwilioStandIn, telephone: Telephone) -> None:
    """
    Thirty-two threads share a client, and none reads another's answer.
    """
    bad = {f"+4477009009{number:02}" for number in range(0, 64, 3)}
    twilio.answers = lambda asked: refusal(400, 21211) if asked.to in bad else OK
    batch = [parcel(number=f"+4477009009{number:02}", lane=4) for number in range(64)]

    results = telephone.send(batch)
    with ThreadPoolExecutor(8) as callers:
        again = [one for found in callers.map(lambda one: telephone.send([one]), batch) for one in found]

    wanted = [GONE if one.values[0] in bad else SENT for one in batch]
    assert wanted == [result.outcome for result in results]
    assert wanted == [result.outcome for result in again]
    assert [one.delivery_id for one in batch] == [result.delivery_id for result in results]
