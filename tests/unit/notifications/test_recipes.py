"""Every event is decided about, and no word of it is about anybody."""

import string
from dataclasses import fields
from typing import Any, get_type_hints
from uuid import UUID

import pytest

from backend.kernel import events
from backend.kernel.events import CATALOGUE, Event
from backend.kernel.vocabulary import Channel, Kind, Stage
from notifications import recipes
from notifications.recipes import Audience, Telling, messages_for

#: What concerns a slice only: nobody is told.
SLICES_ONLY = {"MessageDisplayed", "SignedOut", "BroadcastIssued"}

CASE_ID, OFFICER_ID, OFFER_ID, ALARM_ID = (UUID(int=number) for number in range(1, 5))

VALUES: dict[str, Any] = {
    "incident_id": CASE_ID,
    "officer_id": OFFICER_ID,
    "offer_id": OFFER_ID,
    "alarm_id": ALARM_ID,
    "kind": Kind.EMERGENCY,
    "stage": Stage.DISPLAYED,
    "team_id": "security",
    "by": (),
}
OF_ANY_OTHER_TYPE: dict[Any, Any] = {UUID: UUID(int=9), UUID | None: None, str: "accepted", str | None: None}


def event(name: str, **changes: Any) -> Event:
    """One of this name, with facts that are easy to tell apart."""
    kind = CATALOGUE[name]
    hints = get_type_hints(kind)
    told = {field.name: VALUES.get(field.name, OF_ANY_OTHER_TYPE.get(hints[field.name])) for field in fields(kind)}
    return kind(**{**told, **changes})


def audiences(tellings: tuple[Telling, ...], type_: str) -> set[Audience]:
    return {telling.to for telling in tellings if telling.type == type_}


def carried(tellings: tuple[Telling, ...]) -> set[tuple[Audience, Channel]]:
    return {(telling.to, channel) for telling in tellings for channel in telling.by}


ALL_SENTENCES = [
    *recipes.SENTENCES.values(),
    recipes.COMING,
    recipes.ALARM,
    recipes.MAILBOX,
    recipes.CHECK_IN,
    recipes.OVERDUE,
    recipes.WAITS,
    recipes.STOOD_DOWN,
]


@pytest.mark.parametrize("name", sorted(CATALOGUE))
def test_every_event_is_told_to_somebody_or_listed_as_nobodys(name: str) -> None:
    """
    A new event cannot be forgotten: it has a recipe or stands on the list.
    """
    told = messages_for(event(name))

    assert bool(told) == (name not in SLICES_ONLY)


@pytest.mark.parametrize("name", sorted(set(CATALOGUE) - SLICES_ONLY))
def test_every_telling_can_be_delivered(name: str) -> None:
    """
    It has a type or a channel; a channel has a sentence; an officer is named.
    """
    for telling in messages_for(event(name)):
        assert telling.type or telling.by
        assert bool(telling.by) == (telling.sentence is not None)
        assert (telling.to is Audience.OFFICER) <= (telling.person_id is not None)
        assert (telling.to is Audience.TEAM_MAILBOX) <= (telling.team_id is not None)


@pytest.mark.parametrize("sentence", ALL_SENTENCES)
def test_a_sentence_is_fixed_and_fits_a_lock_screen(sentence: str) -> None:
    """
    No placeholder that a name or a place could be put into, and nothing that has to be cut.
    """
    assert [name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None] == []
    assert "%" not in sentence
    assert 10 < len(sentence) <= 80


def test_only_fixed_sentences_are_ever_carried() -> None:
    """
    Whatever the event holds, its words come from this list.
    """
    said = {
        telling.sentence
        for name in CATALOGUE
        for kind in Kind
        for move in ("accepted", "warned")
        for telling in messages_for(event(name, **_fitting(name, kind=kind, move=move)))
        if telling.sentence
    }

    assert said == set(ALL_SENTENCES)


@pytest.mark.parametrize("name", sorted(CATALOGUE))
def test_what_a_telling_knows_are_ids(name: str) -> None:
    """
    Facts travel into pushes: only ids, each under a name that says so.
    """
    for telling in messages_for(event(name)):
        for fact, value in telling.facts:
            assert fact.endswith("_id")
            assert isinstance(value, UUID)


@pytest.mark.parametrize("kind", Kind)
def test_an_offer_goes_to_socket_and_push_at_once(kind: Kind) -> None:
    """
    Waiting for one to fail would cost the seconds that matter; the sentence is its kind's.
    """
    (offer,) = (one for one in messages_for(event("ResponderOffered", kind=kind)) if one.to is Audience.OFFICER)

    assert (offer.type, offer.by, offer.person_id) == ("offer", (Channel.PUSH,), OFFICER_ID)
    assert offer.sentence == recipes.SENTENCES[kind]


def test_a_recall_rings_and_never_reaches_the_handset() -> None:
    """
    Off duty nothing is offered by socket or push (promise I13).
    """
    tellings = messages_for(event("ResponderOffered", by=("sms", "voice")))

    (offer,) = (one for one in tellings if one.to is Audience.OFFICER)
    assert (offer.type, offer.by) == (None, (Channel.SMS, Channel.VOICE))


def test_the_owner_is_pushed_to_when_somebody_comes_and_never_else() -> None:
    """
    One buzz that matters: pressing, being seen and being resolved are on the screen already.
    """
    pushing = {
        (name, move)
        for name in CATALOGUE
        for move in ("accepted", "assigned", "declined", "en_route", "on_scene", "resolved")
        if any(
            audience is Audience.OWNER
            for audience, _ in carried(messages_for(event(name, **({"move": move} if _has(name, "move") else {}))))
        )
    }

    assert pushing == {("ResponderMoved", "accepted"), ("ResponderMoved", "assigned")}


def test_a_no_is_nobodys_business_but_the_control_rooms() -> None:
    """
    The student does not watch officers decline.
    """
    tellings = messages_for(event("ResponderMoved", move="declined"))

    assert {telling.to for telling in tellings} == {Audience.CONTROL_ROOM}


def test_what_was_said_reaches_all_three_sides() -> None:
    """
    Owner, responders and control room, with the message's id and not its words.
    """
    tellings = messages_for(event("MessageSaid"))

    assert audiences(tellings, "chat") == {Audience.OWNER, Audience.RESPONDERS, Audience.CONTROL_ROOM}
    assert carried(tellings) == set()


def test_an_alarm_nobody_saw_takes_every_other_way_to_the_team() -> None:
    """
    Push, text and call at once; the stream has had it already.
    """
    tellings = messages_for(event("AlarmUnseen"))

    assert carried(tellings) == {
        (Audience.CONTROL_TEAM, Channel.PUSH),
        (Audience.CONTROL_TEAM, Channel.SMS),
        (Audience.CONTROL_TEAM, Channel.VOICE),
    }
    assert {telling.type for telling in tellings} == {None}


def test_the_owner_never_learns_what_is_the_control_rooms() -> None:
    """
    Alarms, officers' duty and a team's mailbox are told to neither owner nor responders.
    """
    for name in ("AlarmRaised", "AlarmUnseen", "AlarmTaken", "DutyChanged", "MailboxTold"):
        told = {telling.to for telling in messages_for(event(name))}
        assert told <= {Audience.CONTROL_ROOM, Audience.CONTROL_TEAM, Audience.TEAM_MAILBOX}


def test_an_unknown_kind_of_event_is_told_to_nobody() -> None:
    """
    A recipe is a decision; without one nothing leaves.
    """
    assert messages_for(events.Event()) == ()


def _has(name: str, field: str) -> bool:
    return field in {one.name for one in fields(CATALOGUE[name])}


def _fitting(name: str, **facts: Any) -> dict[str, Any]:
    """Those of the facts that an event of this name has."""
    return {fact: value for fact, value in facts.items() if _has(name, fact)}
