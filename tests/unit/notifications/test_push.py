"""What a phone is shown, which place its push has, and what several answers make of one delivery."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from firebase_admin import messaging
from hypothesis import given, strategies as st

from notifications.channels.fcm_message import message_of
from notifications.channels.push import Answer, Push, push_to, result_of
from notifications.parcel import Outcome, Parcel, Result, Target, TargetKind
from notifications.slots import BROADCAST, PLACES, SHARED, slot_of

NOW = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
CASE = "3b6c0a64-0d3b-4a35-9a8f-2f1f9e0a7f10"

SENT, RETRY, GONE, FAILED = Outcome.SENT, Outcome.RETRY, Outcome.GONE, Outcome.FAILED

PHONE = Target(TargetKind.FID, "phone", "android", "one")
TABLET = Target(TargetKind.TOKEN, "tablet", "ios", "two")


def parcel(*targets: Target, **data: Any) -> Parcel:
    data = {"incident_id": CASE, **data}
    return Parcel(uuid4(), "push", targets, "Emergency: open Bluelight", data, lane=0, about=CASE, slot=1)


def shown(**data: Any) -> dict[str, Any]:
    """The message as Google's own encoder writes it."""
    return _encoded(message_of(push_to(PHONE, parcel(PHONE, **data)), now=NOW))


def _encoded(message: messaging.Message) -> dict[str, Any]:
    told: dict[str, Any] = messaging._MessagingService.encode_message(message)
    return told


def test_a_call_rings_at_once_or_within_a_minute_and_says_one_sentence() -> None:
    """
    High priority, sixty seconds, replaced by case, shown on the lock screen, loud on both platforms.
    """
    told = shown()

    assert {"body": "Emergency: open Bluelight"} == told["notification"]
    assert {"incident_id": CASE} == told["data"]
    android = told["android"]
    assert ("high", "60s", "case-1") == (android["priority"], android["ttl"], android["collapse_key"])
    assert (CASE, "calls", True) == tuple(
        android["notification"][name] for name in ("tag", "channel_id", "default_sound")
    )
    apns = told["apns"]
    assert {
        "apns-push-type": "alert",
        "apns-priority": "10",
        "apns-expiration": str(int(NOW.timestamp()) + 60),
        "apns-collapse-id": CASE,
    } == apns["headers"]
    assert ("default", "time-sensitive") == (
        apns["payload"]["aps"]["sound"],
        apns["payload"]["aps"]["interruption-level"],
    )


@pytest.mark.parametrize(("more", "level"), [({}, "active"), ({"withdrawn": True}, "passive")])
def test_a_quiet_push_shows_the_same_and_makes_no_sound(more: dict[str, Any], level: str) -> None:
    """
    A silent case lights the screen; what is taken back not even that.
    """
    told = shown(quiet=True, **more)

    android = told["android"]["notification"]
    assert ("quiet", False, False) == (
        android["channel_id"],
        android["default_sound"],
        android["default_vibrate_timings"],
    )
    assert "sound" not in told["apns"]["payload"]["aps"]
    assert level == told["apns"]["payload"]["aps"]["interruption-level"]
    assert told["notification"]["body"]


def broadcast(**more: Any) -> dict[str, Any]:
    """A broadcast's push as Google's own encoder writes it."""
    data = {"broadcast_id": CASE, "version": 2, "hash": "0123456789abcdef", "severity": "severe", "exercise": False}
    told = {"title": "Fire at Beit", "sentence": "Leave Beit now.", "kept_s": 1800, "about": CASE, **more}
    one = Parcel(uuid4(), "push", (PHONE,), told.pop("sentence"), data, lane=4, **told)
    return _encoded(message_of(push_to(PHONE, one), now=NOW))


def test_a_broadcast_has_its_words_and_a_place_of_its_own() -> None:
    """
    Title, body, hash and nothing of a person; kept until the next word, replaced by the same broadcast's later words.
    """
    told = broadcast()

    android, apns = told["android"], told["apns"]
    assert {"title": "Fire at Beit", "body": "Leave Beit now."} == told["notification"]
    assert {"broadcast_id", "version", "hash", "severity", "exercise"} == set(told["data"])
    assert ("1800s", "broadcast") == (android["ttl"], android["collapse_key"])
    assert (CASE, "broadcasts", True) == tuple(
        android["notification"][name] for name in ("tag", "channel_id", "default_sound")
    )
    assert (CASE, str(int(NOW.timestamp()) + 1800)) == tuple(
        apns["headers"][name] for name in ("apns-collapse-id", "apns-expiration")
    )
    assert CASE == apns["payload"]["aps"]["thread-id"]


def test_what_is_not_grave_makes_no_sound() -> None:
    """
    An all clear takes the place of what rang, and does not ring.
    """
    told = broadcast(quiet=True)

    assert ("quiet", False) == tuple(told["android"]["notification"][name] for name in ("channel_id", "default_sound"))
    assert "sound" not in told["apns"]["payload"]["aps"]


def test_a_broadcast_that_is_too_long_for_a_push_is_cut() -> None:
    """
    The provider refuses more than 4,096 bytes, and then nobody would be told.
    """
    told = broadcast(title="火" * 300, sentence="火" * 3000)

    assert len(json.dumps(told, ensure_ascii=False).encode()) < 4096
    assert told["notification"]["body"].endswith("火…")


def test_data_are_words_only() -> None:
    """
    Google refuses anything else.
    """
    told = push_to(PHONE, parcel(PHONE, quiet=True, offer_id="7"))

    assert {"incident_id": CASE, "quiet": "true", "offer_id": "7"} == told.data


def test_an_older_apps_token_is_sent_to_as_a_token_and_warns_nobody() -> None:
    """
    Warnings are errors here: the client's own argument would raise one.
    """
    told = _encoded(message_of(push_to(TABLET, parcel(TABLET)), now=NOW))

    assert ("tablet", False) == (told["token"], "fid" in told)


def test_a_push_and_its_answer_come_out_of_the_pipe_as_they_went_in() -> None:
    """
    Lines of plain words, each with its number.
    """
    push, answer = push_to(PHONE, parcel(PHONE, quiet=True)), Answer(RETRY, "quota exceeded", 60.0, unwell=True)

    assert (7, push) == Push.from_line(push.line(7))
    assert (8, answer) == Answer.from_line(answer.line(8))


@pytest.mark.parametrize(
    ("phone", "tablet", "outcome", "told", "gone"),
    [
        (SENT, SENT, SENT, ("one", "two"), ()),
        (SENT, RETRY, RETRY, ("one",), ()),
        (SENT, GONE, SENT, ("one",), (TABLET,)),
        (GONE, RETRY, RETRY, (), (PHONE,)),
        (GONE, GONE, GONE, (), (PHONE, TABLET)),
        (FAILED, SENT, SENT, ("two",), ()),
        (FAILED, GONE, FAILED, (), (TABLET,)),
    ],
)
def test_what_two_handsets_make_of_one_delivery(
    phone: Outcome, tablet: Outcome, outcome: Outcome, told: tuple[str, ...], gone: tuple[Target, ...]
) -> None:
    """
    Nobody knows which is in the pocket: it is tried again for the one that asked, and who has it is remembered.
    """
    one = parcel(PHONE, TABLET)

    found = result_of(one, [PHONE, TABLET], [Answer(phone, "p"), Answer(tablet, "t")], alarming=False)

    fault = "p" if phone is outcome else "t"
    assert Result(one.delivery_id, outcome, fault, told=told, gone=gone) == found


@given(st.lists(st.sampled_from("abcdefg")))
def test_a_phone_never_has_more_than_four_places_and_a_case_keeps_its_own(cases: list[str]) -> None:
    """
    Only the last of them is shared, no other case's call is replaced in the first two, and broadcasts have the fourth.
    """
    taken: dict[str, int] = {}

    for case in cases:
        slot = slot_of(case, taken)
        assert slot == taken.get(case, slot)
        taken[case] = slot

    alone = [slot for slot in taken.values() if slot != SHARED]
    assert len(alone) == len(set(alone))
    assert set(taken.values()) <= set(range(PLACES - len([BROADCAST])))
