"""The catalogue of all that can happen: past tense, frozen, and complete enough to tell without asking again."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from backend.kernel.vocabulary import Kind, Lane, Stage, lane_of


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, in ids and words of the vocabulary; never a name, a position or what was said."""

    #: Of all of its kind, where nothing about the one that happened says another.
    usual_lane: ClassVar[Lane] = Lane.CASE

    @property
    def lane(self) -> Lane:
        return self.usual_lane

    @property
    def carried_in(self) -> Lane:
        """The lane of the pushes, calls and mails for it."""
        return self.lane


@dataclass(frozen=True, slots=True)
class OfIncident(Event):
    """Something that happened in one case."""

    incident_id: UUID
    kind: Kind

    @property
    def lane(self) -> Lane:
        return lane_of(self.kind)


@dataclass(frozen=True, slots=True)
class NewsOfIncident(OfIncident):
    """Something in one case that calls for nobody: it may wait for what does, however grave the case."""

    @property
    def lane(self) -> Lane:
        return self.usual_lane


@dataclass(frozen=True, slots=True)
class IncidentRaised(NewsOfIncident):
    """A case was opened; its owner has the answer and the ladder has its own bell, so this may wait for the offers."""


@dataclass(frozen=True, slots=True)
class TapJoined(OfIncident):
    """A further tap added its position, note or trigger to an open case."""


@dataclass(frozen=True, slots=True)
class IncidentMoved(NewsOfIncident):
    """The person in trouble is somewhere else now."""


@dataclass(frozen=True, slots=True)
class IncidentSeen(OfIncident):
    """A person who can help has the case on a screen for the first time."""


@dataclass(frozen=True, slots=True)
class OfOffer(OfIncident):
    """Something that an officer must do, or need not do any more."""

    offer_id: UUID
    officer_id: UUID

    @property
    def lane(self) -> Lane:
        # Whoever is asked to come never waits behind what is merely told of cases: a drill on a starved machine did.
        return min(lane_of(self.kind), Lane.FIRST_AID)

    @property
    def carried_in(self) -> Lane:
        return lane_of(self.kind)


@dataclass(frozen=True, slots=True)
class ResponderOffered(OfOffer):
    """
    An officer was asked.

    `by` is empty for handset and push; a recall rung names the other channels
    and then nothing goes to handset or push.
    """

    by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LadderClimbed(NewsOfIncident):
    """Officers were asked: the case looks different to its owner and to the control room."""


@dataclass(frozen=True, slots=True)
class OfferWithdrawn(OfOffer):
    """An officer who was asked is no longer needed."""


@dataclass(frozen=True, slots=True)
class ResponderMoved(OfIncident):
    """A responder accepted, set out, arrived or declined: the case looks different to all who follow it."""

    officer_id: UUID
    move: str


@dataclass(frozen=True, slots=True)
class MailboxTold(OfIncident):
    """A team that works from a mailbox got the case."""

    team_id: str


@dataclass(frozen=True, slots=True)
class MessageSaid(OfIncident):
    """Somebody wrote in the case's conversation."""

    message_id: UUID
    author_id: UUID


@dataclass(frozen=True, slots=True)
class NoteAdded(NewsOfIncident):
    """The control room wrote a note into the case's story, for itself."""

    usual_lane = Lane.CONTROL_ROOM


@dataclass(frozen=True, slots=True)
class CaseWorked(NewsOfIncident):
    """The control room took the case, ticked, read, linked or reported something in it: only its own rows change."""

    usual_lane = Lane.CONTROL_ROOM


@dataclass(frozen=True, slots=True)
class IncidentClosed(OfIncident):
    """A case was resolved or cancelled."""

    state: str


@dataclass(frozen=True, slots=True)
class DuressBegan(OfIncident):
    """A case was called off under duress: its owner is told that it is over, everybody else that it goes on."""


@dataclass(frozen=True, slots=True)
class MessageDisplayed(Event):
    """A message of some stream reached a screen."""

    person_id: UUID
    face: str
    message_id: UUID
    stage: Stage
    incident_id: UUID | None = None
    alarm_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class AlarmRaised(Event):
    """The control room must look; raised anew every minute that nobody takes it."""

    #: An alarm says that an emergency is going unanswered: it never queues behind one.
    usual_lane = Lane.EMERGENCY

    alarm_id: UUID
    reason: str
    incident_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class AlarmUnseen(Event):
    """No console showed an alarm in time: the control-room team is told by its other channels."""

    usual_lane = Lane.EMERGENCY

    alarm_id: UUID
    reason: str
    incident_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class AlarmTaken(Event):
    """A person took an alarm."""

    alarm_id: UUID
    reason: str
    incident_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class DutyChanged(Event):
    """An officer came on duty, went off, or changed what they are doing."""

    usual_lane = Lane.CONTROL_ROOM

    officer_id: UUID
    state: str


@dataclass(frozen=True, slots=True)
class CheckInMoved(Event):
    """A check-in was `set`, its owner `warned`, it was `ended`, or it `ran_out`: then a case has it."""

    person_id: UUID
    check_in_id: UUID
    move: str
    incident_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class ReachChanged(Event):
    """An officer on duty lost what wakes their sleeping phone, or has it again."""

    usual_lane = Lane.CONTROL_ROOM

    officer_id: UUID


@dataclass(frozen=True, slots=True)
class BroadcastIssued(Event):
    """A version of a broadcast is out: its first words, an update, the all clear or the retraction."""

    usual_lane = Lane.BROADCAST

    broadcast_id: UUID
    version: int


@dataclass(frozen=True, slots=True)
class UpdateOverdue(Event):
    """A broadcast promised a next word and it has not come: this person, its owner or its deputy, must give it."""

    usual_lane = Lane.CONTROL_ROOM

    broadcast_id: UUID
    person_id: UUID


@dataclass(frozen=True, slots=True)
class ConcernsWait(Event):
    """In the morning something of earlier days waits for this adviser: not what, not how many, the same every time."""

    usual_lane = Lane.HOUSEKEEPING

    person_id: UUID


@dataclass(frozen=True, slots=True)
class SignedOut(Event):
    """A person's sign-ins ended, or the one named: their sockets must close."""

    usual_lane = Lane.EMERGENCY

    person_id: UUID
    token_hash: str | None = None


CATALOGUE: dict[str, type[Event]] = {
    kind.__name__: kind
    for kind in (
        IncidentRaised,
        TapJoined,
        IncidentMoved,
        IncidentSeen,
        ResponderOffered,
        LadderClimbed,
        OfferWithdrawn,
        ResponderMoved,
        MailboxTold,
        MessageSaid,
        NoteAdded,
        CaseWorked,
        IncidentClosed,
        DuressBegan,
        MessageDisplayed,
        AlarmRaised,
        AlarmUnseen,
        AlarmTaken,
        DutyChanged,
        CheckInMoved,
        ReachChanged,
        BroadcastIssued,
        UpdateOverdue,
        ConcernsWait,
        SignedOut,
    )
}
