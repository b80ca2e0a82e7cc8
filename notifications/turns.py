"""Whose turn it is at the relay: what is urgent every other time, and in between each lane behind it, one by one."""

from dataclasses import dataclass

from backend.kernel.vocabulary import Lane

#: The lane that goes whenever it is nobody else's turn.
FIRST = min(Lane)

#: Those that have turns of their own: a storm of emergencies never ceases, and a call for help waited behind it.
BEHIND = tuple(lane for lane in Lane if lane is not FIRST)


@dataclass(slots=True)
class Turns:
    """
    Of one relay. The next go takes the most urgent lane from `since` on in which anything waits.

    So nothing urgent ever waits for more than one go of another lane, and nothing else for more than one round of all
    lanes.
    """

    since: Lane = FIRST
    _next: Lane = BEHIND[0]

    def goes_on(self, taken: Lane | None, *, more: bool) -> bool:
        """
        Give the turn to the next. False when a go through all lanes has found nothing left.

        `taken` is the lane that went, None if nothing waited from `since` on; `more` is whether anything else did.
        """
        if self.since is FIRST:
            if more:
                self.since = self._next
            return more
        self._next = BEHIND[0] if taken is None or taken is BEHIND[-1] else Lane(taken + 1)
        self.since = FIRST
        return True
