"""What the page takes from browsers without scripts, which can do no proof of work: a few an hour, from everybody."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime

#: So many an hour from the whole world: a flood ends here, and who has scripts on never notices.
AN_HOUR = 12

#: A form that is sent twice, by "back" or "reload", is remembered so long.
REMEMBERED = 200


@dataclass(slots=True)
class SmallBudget:
    """In memory only, about nobody, and no finer than an hour."""

    hour: datetime | None = None
    taken: int = 0
    sent: deque[str] = field(default_factory=lambda: deque(maxlen=REMEMBERED))

    def was_sent(self, form: str) -> bool:
        """Whether this form, by the random name it was given, has been taken."""
        return form in self.sent

    def has_room(self, now: datetime) -> bool:
        """Whether another may be taken within this hour."""
        self._turn(now)
        return self.taken < AN_HOUR

    def take(self, form: str, now: datetime) -> None:
        """Count one that is begun."""
        self._turn(now)
        self.taken += 1
        self.sent.append(form)

    def give_back(self, form: str) -> None:
        """Nothing came of it."""
        self.taken = max(0, self.taken - 1)
        if form in self.sent:
            self.sent.remove(form)

    def _turn(self, now: datetime) -> None:
        hour = now.replace(minute=0, second=0, microsecond=0)
        if hour != self.hour:
            self.hour, self.taken = hour, 0
