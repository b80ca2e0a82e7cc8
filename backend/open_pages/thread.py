"""A broadcast as anybody outside reads it: all its versions, the place, and whether it is still in force."""

from dataclasses import dataclass
from datetime import datetime

from backend.broadcasts.audience import Audience
from backend.broadcasts.spoken import Purpose, Spoken


@dataclass(frozen=True, slots=True)
class Thread:
    """
    One thread that was issued.

    `versions` are those that went out, the first first; `ended` is the state
    that ended it (cleared, retracted, expired) and `ended_at` when, both None
    while it is in force. `template` names the campus's words it began with.
    """

    versions: tuple[Spoken, ...]
    place: str | None
    audience: Audience
    template: str | None = None
    ended: str | None = None
    ended_at: datetime | None = None

    @property
    def newest(self) -> Spoken:
        return self.versions[-1]

    @property
    def earlier(self) -> tuple[Spoken, ...]:
        """What was said before, the newest first."""
        return self.versions[-2::-1]

    @property
    def issued_at(self) -> datetime:
        return self.versions[0].issued_at

    @property
    def in_force(self) -> bool:
        return self.ended is None

    @property
    def is_test(self) -> bool:
        return self.newest.purpose is Purpose.TEST
