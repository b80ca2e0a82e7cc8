"""Stands in for every channel that has no settings: takes each parcel, remembers it, and says so in the log."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from notifications.channels.push import Answer, Push
from notifications.parcel import Outcome, Parcel, Result

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Recorded:
    """One parcel that would have left the building."""

    parcel: Parcel
    targets: int


class Recorder:
    """
    A real channel that leads nowhere. It says SENT as a provider would, and GONE where there is nowhere to send to.

    What it is told about people it forgets at once, unless it is to remember it.
    """

    def __init__(self) -> None:
        self.sent: deque[Recorded] = deque(maxlen=0)

    def remember(self, most: int) -> None:
        """From now on so many of the last, for who wants to know what would have left."""
        self.sent = deque(self.sent, maxlen=most)

    def send(self, batch: Sequence[Parcel]) -> list[Result]:
        return [self._one(parcel) for parcel in batch]

    def carry(self, letters: Sequence[Push]) -> list[Answer]:
        """The same where a channel asks for a carrier: pushes to phones, beside browsers' that go out."""
        for push in letters:
            log.info("recorder.sent", channel="push", kind=push.kind, targets=1)
        return [Answer(Outcome.SENT) for _ in letters]

    def _one(self, parcel: Parcel) -> Result:
        if not parcel.targets:
            return Result(parcel.delivery_id, Outcome.GONE, "there is nowhere to send this to")
        self.sent.append(Recorded(parcel, len(parcel.targets)))
        log.info("recorder.sent", delivery=str(parcel.delivery_id), channel=parcel.channel, targets=len(parcel.targets))
        return Result(parcel.delivery_id, Outcome.SENT)
