"""How many parcels may be on their way at once: bounded by channel, with places kept for urgent ones."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from notifications.parcel import Parcel

#: Parcels of one channel on their way at once: what a provider that hangs can hold up.
MOST = 32

#: Places of these that only urgent parcels may take: bulk never stands before a call.
KEPT = 8

#: Places that broadcasts may take: whatever is about a case finds some beside a broadcast to thousands.
BROADCAST = 20

#: People of a broadcast on their way at once where broadcasts have a sender of their own, which takes thousands.
CROWD = 500


@dataclass(slots=True)
class Places:
    """What is on its way now, by channel; each channel has its own places, so that one cannot hold up another."""

    on_the_way: Counter[str] = field(default_factory=Counter)
    bulk: Counter[str] = field(default_factory=Counter)
    broadcast: Counter[str] = field(default_factory=Counter)
    #: Channels in which broadcasts have a sender of their own, and take nobody's place.
    apart: set[str] = field(default_factory=set)

    def copy(self) -> Self:
        return type(self)(self.on_the_way.copy(), self.bulk.copy(), self.broadcast.copy(), set(self.apart))

    @property
    def under_way(self) -> Counter[str]:
        """All of it: what takes a place, and what has a sender of its own."""
        found = Counter(self.on_the_way)
        found.update({channel: self.broadcast[channel] for channel in self.apart})
        return found

    def fits(self, channel: str, *, urgent: bool) -> bool:
        if self.on_the_way[channel] >= MOST:
            return False
        return urgent or self.bulk[channel] < MOST - KEPT

    def take(self, channel: str, *, urgent: bool) -> bool:
        """Take a place, if there is one."""
        if not self.fits(channel, urgent=urgent):
            return False
        self.on_the_way[channel] += 1
        self.bulk[channel] += not urgent
        return True

    def for_broadcasts(self, channel: str) -> int:
        """How many more parcels of a broadcast may set out now."""
        if channel in self.apart:
            return CROWD - self.broadcast[channel]
        free = MOST - KEPT - max(self.bulk[channel], self.on_the_way[channel] - KEPT)
        return max(0, min(BROADCAST - self.broadcast[channel], free))

    def set_out(self, channel: str, number: int) -> None:
        """So many parcels of a broadcast are on their way; a negative number has come back."""
        self.broadcast[channel] += number
        if channel not in self.apart:
            self.on_the_way[channel] += number
            self.bulk[channel] += number

    def begin(self, parcels: Iterable[Parcel]) -> None:
        """These have set out."""
        for parcel in parcels:
            self.on_the_way[parcel.channel] += 1
            self.bulk[parcel.channel] += not parcel.urgent

    def end(self, parcels: Iterable[Parcel]) -> None:
        """These are settled, however they went."""
        for parcel in parcels:
            self.on_the_way[parcel.channel] -= 1
            self.bulk[parcel.channel] -= not parcel.urgent


def batches(parcels: Iterable[Parcel]) -> list[list[Parcel]]:
    """
    What travels together: an urgent parcel alone, the others of a channel in one batch.

    So no call waits for its neighbour's answer to be written down.
    """
    found: list[list[Parcel]] = []
    bulk: dict[str, list[Parcel]] = {}
    for parcel in parcels:
        if parcel.urgent:
            found.append([parcel])
        elif parcel.channel in bulk:
            bulk[parcel.channel].append(parcel)
        else:
            bulk[parcel.channel] = [parcel]
            found.append(bulk[parcel.channel])
    return found
