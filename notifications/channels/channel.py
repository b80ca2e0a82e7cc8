"""The promise every channel keeps: a batch goes in, an outcome for each comes back, and nothing is raised."""

from collections.abc import Sequence
from typing import Protocol

from notifications.parcel import Parcel, Result


class Channel(Protocol):
    """A way out of the building."""

    def send(self, batch: Sequence[Parcel]) -> list[Result]:
        """
        Try each parcel once, within a deadline of its own (a few seconds).

        Never retries by itself: when to try again is the delivery's to say.
        """
        ...
