"""Who is told what of each event, and in which words: the one file where wording lives."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from backend.kernel import events
from backend.kernel.events import Event
from backend.kernel.vocabulary import Channel, Kind, OfferState


class Audience(StrEnum):
    """Who an event concerns, before anybody looked up who that is."""

    OWNER = "owner"
    #: The same person at a console, where their own case goes on under duress; only `addressing` tells it apart.
    OWNERS_CONSOLE = "owners_console"
    OFFICER = "officer"
    PERSON = "person"
    #: The same at the console instead of the handset.
    PERSONS_CONSOLE = "persons_console"
    RESPONDERS = "responders"
    CONTROL_ROOM = "control_room"
    CONTROL_TEAM = "control_team"
    TEAM_MAILBOX = "team_mailbox"


#: One fixed sentence a kind: never health, names or places, for lock screens are read by strangers. A push that
#: shows nothing is deprioritised by the platforms.
SENTENCES = {
    Kind.EMERGENCY: "Emergency: open Bluelight",
    Kind.FIRST_AID: "First aid: open Bluelight",
    Kind.HELP: "Help: open Bluelight",
}
COMING = "Somebody is coming: open Bluelight"
ALARM = "The control room is needed: open Bluelight"
CHECK_IN = "Your check-in runs out soon: open Bluelight"
OVERDUE = "A promised update is overdue: open Bluelight"
#: No number and no name of a desk: a lock screen is read by strangers, and nothing in it fits one report.
WAITS = "Something waits: open Bluelight"
MAILBOX = "A case for your team waits in Bluelight"
#: Stands where the call stood on a lock screen, without a sound.
STOOD_DOWN = "You can stand down: a case no longer needs you"

#: Under this name a push's data says that it takes back an earlier one.
WITHDRAWN = "withdrawn"

CASE = (Audience.OWNER, Audience.RESPONDERS, Audience.CONTROL_ROOM)


@dataclass(frozen=True, slots=True)
class Telling:
    """
    One thing to tell: to whom, as which stream message, and with which words by which other channels.

    `type` is None where only channels are used. `person_id` names the officer
    of an OFFICER telling and whom a PERSON telling is for; `facts` are ids for
    the message's data. `takes_back` names an offer: only who was pushed it is
    pushed this, in its place.
    """

    to: Audience
    type: str | None = None
    incident_id: UUID | None = None
    person_id: UUID | None = None
    team_id: str | None = None
    alarm_id: UUID | None = None
    facts: tuple[tuple[str, Any], ...] = ()
    sentence: str | None = None
    by: tuple[Channel, ...] = ()
    takes_back: UUID | None = None

    @property
    def subject(self) -> tuple[object, ...]:
        """What its message shows: tellings of one subject are told alike, and read from the store once."""
        return (self.to, self.type, self.incident_id, self.person_id, self.alarm_id, self.facts)


Recipe = Callable[[Any], tuple[Telling, ...]]


def messages_for(event: Event) -> tuple[Telling, ...]:
    """What is to be told of this event; nothing for one that only concerns a slice."""
    recipe = _RECIPES.get(type(event))
    return recipe(event) if recipe else ()


def _case_changed(event: events.OfIncident) -> tuple[Telling, ...]:
    return tuple(Telling(to, "incident", event.incident_id) for to in CASE)


def _owner_and_board(event: events.OfIncident) -> tuple[Telling, ...]:
    return tuple(Telling(to, "incident", event.incident_id) for to in (Audience.OWNER, Audience.CONTROL_ROOM))


def _moved(event: events.IncidentMoved) -> tuple[Telling, ...]:
    return (Telling(Audience.RESPONDERS, "incident", event.incident_id),)


def _offered(event: events.ResponderOffered) -> tuple[Telling, ...]:
    recall = tuple(Channel(channel) for channel in event.by)
    return (
        Telling(
            Audience.OFFICER,
            # Off duty nothing goes to the handset: a recall rings and no more.
            None if recall else "offer",
            event.incident_id,
            event.officer_id,
            facts=(("offer_id", event.offer_id),),
            sentence=SENTENCES[event.kind],
            by=recall or (Channel.PUSH,),
        ),
    )


def _withdrawn(event: events.OfferWithdrawn) -> tuple[Telling, ...]:
    facts = (("offer_id", event.offer_id),)
    return (
        Telling(
            Audience.OFFICER,
            "offer_withdrawn",
            event.incident_id,
            event.officer_id,
            facts=facts,
            sentence=STOOD_DOWN,
            by=(Channel.PUSH,),
            takes_back=event.offer_id,
        ),
    )


def _responder_moved(event: events.ResponderMoved) -> tuple[Telling, ...]:
    if event.move == OfferState.DECLINED.value:
        return (Telling(Audience.CONTROL_ROOM, "incident", event.incident_id),)
    news = event.move in (OfferState.ACCEPTED.value, "assigned")
    owner = Telling(
        Audience.OWNER,
        "incident",
        event.incident_id,
        sentence=COMING if news else None,
        by=(Channel.PUSH,) if news else (),
    )
    return (owner, *(Telling(to, "incident", event.incident_id) for to in CASE[1:]))


def _mailbox(event: events.MailboxTold) -> tuple[Telling, ...]:
    return (
        Telling(
            Audience.TEAM_MAILBOX,
            incident_id=event.incident_id,
            team_id=event.team_id,
            sentence=MAILBOX,
            by=(Channel.EMAIL,),
        ),
    )


def _said(event: events.MessageSaid) -> tuple[Telling, ...]:
    facts = (("message_id", event.message_id),)
    return tuple(Telling(to, "chat", event.incident_id, facts=facts) for to in CASE)


def _noted(event: events.NoteAdded | events.CaseWorked) -> tuple[Telling, ...]:
    return (Telling(Audience.CONTROL_ROOM, "incident", event.incident_id),)


def _alarm(event: events.AlarmRaised | events.AlarmTaken) -> tuple[Telling, ...]:
    return (Telling(Audience.CONTROL_ROOM, "alarm", event.incident_id, alarm_id=event.alarm_id),)


def _alarm_unseen(event: events.AlarmUnseen) -> tuple[Telling, ...]:
    return (
        Telling(
            Audience.CONTROL_TEAM,
            incident_id=event.incident_id,
            alarm_id=event.alarm_id,
            sentence=ALARM,
            by=(Channel.PUSH, Channel.SMS, Channel.VOICE),
        ),
    )


def _duty(event: events.DutyChanged | events.ReachChanged) -> tuple[Telling, ...]:
    return (Telling(Audience.CONTROL_ROOM, "officer", person_id=event.officer_id),)


def _check_in(event: events.CheckInMoved) -> tuple[Telling, ...]:
    warned = event.move == "warned"
    return (
        Telling(
            Audience.PERSON,
            "check_in",
            event.incident_id,
            event.person_id,
            facts=(("check_in_id", event.check_in_id),),
            sentence=CHECK_IN if warned else None,
            by=(Channel.PUSH,) if warned else (),
        ),
    )


def _overdue(event: events.UpdateOverdue) -> tuple[Telling, ...]:
    facts = (("broadcast_id", event.broadcast_id),)
    by = (Channel.PUSH, Channel.SMS)
    return (
        Telling(Audience.PERSONS_CONSOLE, "alarm", person_id=event.person_id, facts=facts),
        Telling(Audience.PERSON, person_id=event.person_id, facts=facts, sentence=OVERDUE, by=by),
    )


def _waits(event: events.ConcernsWait) -> tuple[Telling, ...]:
    by = (Channel.PUSH, Channel.EMAIL)
    return (Telling(Audience.PERSON, person_id=event.person_id, sentence=WAITS, by=by),)


_RECIPES: dict[type[Event], Recipe] = {
    events.IncidentRaised: _owner_and_board,
    events.TapJoined: _case_changed,
    events.IncidentMoved: _moved,
    events.IncidentSeen: _owner_and_board,
    events.ResponderOffered: _offered,
    events.LadderClimbed: _owner_and_board,
    events.OfferWithdrawn: _withdrawn,
    events.ResponderMoved: _responder_moved,
    events.MailboxTold: _mailbox,
    events.MessageSaid: _said,
    events.NoteAdded: _noted,
    events.CaseWorked: _noted,
    events.IncidentClosed: _case_changed,
    events.DuressBegan: _case_changed,
    events.AlarmRaised: _alarm,
    events.AlarmTaken: _alarm,
    events.AlarmUnseen: _alarm_unseen,
    events.DutyChanged: _duty,
    events.CheckInMoved: _check_in,
    events.ReachChanged: _duty,
    events.UpdateOverdue: _overdue,
    events.ConcernsWait: _waits,
}
