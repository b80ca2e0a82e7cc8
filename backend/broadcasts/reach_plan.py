"""By which channels a broadcast goes, and when: how bad it is decides, and what one confirmed stops the next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from backend.kernel.vocabulary import Channel, Lane, Severity


class Unless(StrEnum):
    """Who is left out when a step's time has come."""

    #: Only who has answered: nobody else is known to have understood.
    ANSWERED = "answered"
    #: Whoever has it on a screen, or has answered.
    DISPLAYED = "displayed"
    #: Whoever has a phone that can be pushed to, or what is said above.
    PUSHED = "pushed"


@dataclass(frozen=True, slots=True)
class ReachStep:
    """So long after the issue, by this channel, to everybody who has it and is not left out."""

    channel: Channel
    after: timedelta
    unless: Unless


#: Extreme goes by everything at once; below that, each channel waits for whether the one before it was enough.
_STEPS: dict[Severity, tuple[ReachStep, ...]] = {
    Severity.EXTREME: (
        ReachStep(Channel.PUSH, timedelta(0), Unless.ANSWERED),
        ReachStep(Channel.SMS, timedelta(0), Unless.ANSWERED),
        ReachStep(Channel.EMAIL, timedelta(0), Unless.ANSWERED),
        ReachStep(Channel.VOICE, timedelta(minutes=2), Unless.DISPLAYED),
    ),
    Severity.SEVERE: (
        ReachStep(Channel.PUSH, timedelta(0), Unless.ANSWERED),
        ReachStep(Channel.EMAIL, timedelta(0), Unless.ANSWERED),
        ReachStep(Channel.SMS, timedelta(minutes=1), Unless.DISPLAYED),
    ),
    Severity.MODERATE: (
        ReachStep(Channel.PUSH, timedelta(0), Unless.ANSWERED),
        ReachStep(Channel.EMAIL, timedelta(0), Unless.PUSHED),
        ReachStep(Channel.SMS, timedelta(minutes=5), Unless.DISPLAYED),
    ),
    Severity.MINOR: (
        ReachStep(Channel.PUSH, timedelta(0), Unless.ANSWERED),
        ReachStep(Channel.EMAIL, timedelta(0), Unless.PUSHED),
    ),
}


def steps(severity: Severity) -> tuple[ReachStep, ...]:
    """How a broadcast of this severity goes out, the first step first."""
    return _STEPS[severity]


def channels(severity: Severity) -> Iterator[Channel]:
    """Every channel it may use beside the live connection."""
    return (step.channel for step in _STEPS[severity])


def lane(severity: Severity) -> Lane:
    """Bulk waits behind every case; what is minor behind the rest of it."""
    return Lane.HOUSEKEEPING if severity is Severity.MINOR else Lane.BROADCAST


def is_loud(severity: Severity) -> bool:
    """Whether a phone sounds for it."""
    return severity in (Severity.EXTREME, Severity.SEVERE)
