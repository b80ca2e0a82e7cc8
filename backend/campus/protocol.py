"""What the control room does about a kind of case, step by step, and what it may ask without typing."""

from collections.abc import Sequence
from dataclasses import dataclass

from backend.kernel.vocabulary import Kind


@dataclass(frozen=True, slots=True)
class ProtocolStep:
    """One thing to do; its id stays when its words are written anew."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Protocol:
    """The steps and questions for a kind of case, or for one subtype of it alone."""

    kind: Kind
    steps: tuple[ProtocolStep, ...] = ()
    questions: tuple[str, ...] = ()
    subtype: str | None = None

    def step(self, step_id: str) -> ProtocolStep | None:
        return next((one for one in self.steps if one.id == step_id), None)


#: In plain words, for a campus that has written none of its own: no institution begins with nothing.
BUILT_IN = (
    Protocol(
        Kind.EMERGENCY,
        (
            ProtocolStep("reach", "Speak or write to the person. If the call is silent, write and do not ring."),
            ProtocolStep("place", "Find out exactly where: building, floor, room."),
            ProtocolStep(
                "services", "Ring 999 or your own emergency number if life is in danger, and say which entrance."
            ),
            ProtocolStep("coming", "See that officers are on their way, and tell the person who comes."),
            ProtocolStep("meet", "Send somebody to the entrance to meet the emergency services."),
            ProtocolStep("written", "Write down the reference of the emergency services."),
        ),
        (
            "Are you safe where you are?",
            "Which building, floor and room are you in?",
            "Is anybody hurt?",
            "Can you speak, or shall we write?",
            "How many people are with you?",
        ),
    ),
    Protocol(
        Kind.FIRST_AID,
        (
            ProtocolStep("breathing", "Ask whether the person is awake and breathing normally."),
            ProtocolStep(
                "services", "Not awake, not breathing, or bleeding heavily: ring 999 or your own emergency number."
            ),
            ProtocolStep("place", "Find out exactly where: building, floor, room."),
            ProtocolStep("defibrillator", "Have the nearest defibrillator brought if it may be the heart."),
            ProtocolStep("coming", "See that a first aider is on the way, and tell the person who comes."),
            ProtocolStep("record", "Remind the first aider of the accident record."),
        ),
        (
            "Is the person awake?",
            "Are they breathing normally?",
            "Are they bleeding?",
            "Which building, floor and room are you in?",
            "Is somebody staying with them?",
        ),
    ),
    Protocol(
        Kind.HELP,
        (
            ProtocolStep("what", "Find out what has happened and what is needed."),
            ProtocolStep("place", "Find out where: building, floor, room."),
            ProtocolStep("danger", "Is anybody in danger? Then treat it as an emergency."),
            ProtocolStep("coming", "See that somebody has taken it, and tell the person who comes and when."),
        ),
        (
            "What has happened?",
            "Which building, floor and room are you in?",
            "Is anybody in danger?",
            "Can you wait there until somebody comes?",
        ),
    ),
)


def protocol_for(protocols: Sequence[Protocol], kind: Kind, subtype: str | None) -> Protocol:
    """The one for exactly this subtype, else the campus's for the kind, else the built-in one."""
    known = (*protocols, *BUILT_IN)
    exact = (one for one in known if one.kind == kind and one.subtype == subtype)
    general = (one for one in known if one.kind == kind and one.subtype is None)
    return next(exact, None) or next(general)
