"""The words all slices share; teams, zones and policies are configuration, not words."""

from enum import IntEnum, StrEnum


class Kind(StrEnum):
    """What a person in trouble presses."""

    EMERGENCY = "emergency"
    FIRST_AID = "first_aid"
    HELP = "help"

    @property
    def letter(self) -> str:
        """The first letter of a case's reference."""
        return {"emergency": "E", "first_aid": "F", "help": "H"}[self.value]

    @property
    def urgency(self) -> int:
        """Lower is more urgent: a more urgent tap never joins a quieter case."""
        return {"emergency": 0, "first_aid": 1, "help": 2}[self.value]


class Trigger(StrEnum):
    """What raised a case; the control room shows it beside the case."""

    BUTTON = "button"
    HOLD = "hold"
    FALL = "fall"
    SHAKE = "shake"
    RESPONDER_DURESS = "responder_duress"
    DURESS_PIN = "duress_pin"
    PHONED_IN = "phoned_in"
    CHECK_IN = "check_in"
    DEVICE = "device"
    BROADCAST_ANSWER = "broadcast_answer"


PHONE_TRIGGERS = frozenset({Trigger.BUTTON, Trigger.HOLD, Trigger.FALL, Trigger.SHAKE, Trigger.RESPONDER_DURESS})


class Role(StrEnum):
    """What an account may do beside being a member; every account is a member, the others only add."""

    MEMBER = "member"
    OFFICER = "officer"
    CONTROLLER = "controller"
    ADVISER = "adviser"
    PREVENT_LEAD = "prevent_lead"
    ADMIN = "admin"
    AUDITOR = "auditor"


CONSOLE_ROLES = frozenset({Role.CONTROLLER, Role.ADVISER, Role.AUDITOR})

#: Who has something to do at the console, and so may sign in there.
DESK_ROLES = CONSOLE_ROLES | {Role.PREVENT_LEAD, Role.ADMIN}

#: Who may hold a key that concerns are sealed to.
CONCERN_ROLES = frozenset({Role.ADVISER, Role.PREVENT_LEAD})


class Face(StrEnum):
    """A recipient is a person and a face: the same person's phone and console are two streams."""

    HANDSET = "handset"
    CONSOLE = "console"


class Lane(IntEnum):
    """What goes first when there is more to do than time; lower is sooner."""

    EMERGENCY = 0
    FIRST_AID = 1
    CASE = 2
    CONTROL_ROOM = 3
    BROADCAST = 4
    HOUSEKEEPING = 5


def lane_of(kind: Kind) -> Lane:
    """The lane in which a new case of this kind is asked about."""
    return {Kind.EMERGENCY: Lane.EMERGENCY, Kind.FIRST_AID: Lane.FIRST_AID, Kind.HELP: Lane.CASE}[kind]


class IncidentState(StrEnum):
    """How far a case is: the furthest of its responders; the last two absorb everything."""

    RAISED = "raised"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    EN_ROUTE = "en_route"
    ON_SCENE = "on_scene"
    RESOLVED = "resolved"
    CANCELLED = "cancelled"


class OfferState(StrEnum):
    """One officer's side of a case, from being asked to the end."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    EN_ROUTE = "en_route"
    ON_SCENE = "on_scene"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    FINISHED = "finished"


class DutyState(StrEnum):
    """What an officer is doing; only off duty is never asked."""

    ON_PATROL = "on_patrol"
    AT_POST = "at_post"
    BREAK = "break"
    OFF_DUTY = "off_duty"


class AlarmReason(StrEnum):
    """Why the control room must look."""

    UNANSWERED = "unanswered"
    NOBODY_REACHABLE = "nobody_reachable"
    NOBODY_ANSWERED = "nobody_answered"
    ACCEPTED_AND_LATE = "accepted_and_late"
    OUTSIDE_EVERY_SITE = "outside_every_site"
    RESPONDER_DURESS = "responder_duress"
    UPDATE_OVERDUE = "update_overdue"
    DEAD_LETTER = "dead_letter"
    CANARY_MISSING = "canary_missing"


class Severity(StrEnum):
    """How bad it is, in CAP's own words; it decides channels, lane and sound of a broadcast."""

    EXTREME = "extreme"
    SEVERE = "severe"
    MODERATE = "moderate"
    MINOR = "minor"


class Answer(StrEnum):
    """What a person says when a broadcast asks whether they are safe; the last one wins, on whatever channel."""

    SAFE = "safe"
    NEED_HELP = "need_help"
    NOT_HERE = "not_here"


class Stage(StrEnum):
    """How far a message got on its recipient's screen."""

    DISPLAYED = "displayed"
    OPENED = "opened"


class Channel(StrEnum):
    """The ways out; what has no settings is played by the recorder and said so."""

    PUSH = "push"
    SMS = "sms"
    VOICE = "voice"
    EMAIL = "email"
