"""Which work was used, for as long as it could be used again: in memory only, bounded, and about nobody."""

from dataclasses import dataclass, field
from datetime import datetime

#: More than these at one time is a flood that no number of bits has held off.
MOST = 10_000


@dataclass(slots=True)
class Spent:
    """Challenges that were used, each with the end of its time and what it was used for (a digest)."""

    until: dict[str, tuple[datetime, str]] = field(default_factory=dict)

    def count(self, now: datetime) -> int:
        """How many were used lately: the whole world's, not anybody's."""
        self._forget(now)
        return len(self.until)

    def spend(self, challenge: str, what_for: str, *, until: datetime, now: datetime) -> bool:
        """
        Use it up; False when it was used for something else.

        The same thing again is a retry. Raises OverflowError when no more can be
        remembered.
        """
        self._forget(now)
        if challenge not in self.until and len(self.until) >= MOST:
            raise OverflowError
        _, used_for = self.until.setdefault(challenge, (until, what_for))
        return used_for == what_for

    def _forget(self, now: datetime) -> None:
        for challenge in [one for one, (until, _) in self.until.items() if until < now]:
            del self.until[challenge]
