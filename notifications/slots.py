"""A phone that is off has four places at the push provider: which of them a case has, and which a broadcast."""

from collections.abc import Mapping
from datetime import timedelta

#: FCM keeps pushes under at most four different collapse keys for one device, and says not which of five it drops.
PLACES = 4

#: One is kept for broadcasts: the newest words of the newest of them.
BROADCAST = "broadcast"

#: The last of the others is for every case beyond two. Nothing is taken back in it: that could hide another's call.
SHARED = PLACES - 2

#: How long the provider keeps a call for a phone that is off; a call that waits longer has been heard elsewhere.
KEPT = timedelta(seconds=60)


def slot_of(about: str | None, taken: Mapping[str, int]) -> int:
    """The place this case has already, else the lowest free one, else the shared one."""
    if about is None:
        return SHARED
    if about in taken:
        return taken[about]
    free = set(range(SHARED)) - set(taken.values())
    return min(free, default=SHARED)
