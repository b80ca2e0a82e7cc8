"""How far a broadcast got: each person in exactly one state, the furthest on any channel."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from backend.kernel.vocabulary import Answer

#: A phone has shown it and its owner has said nothing for this long.
SILENT_AFTER = timedelta(minutes=5)


class Standing(StrEnum):
    """Where one person is; silent is displayed with no answer for a while."""

    UNREACHABLE = "unreachable"
    ASKED = "asked"
    FAILED = "failed"
    SENT = "sent"
    ACCEPTED = "accepted"
    DISPLAYED = "displayed"
    SILENT = "silent"
    SAFE = "safe"
    NEED_HELP = "need_help"
    NOT_HERE = "not_here"


_ANSWERED = {
    Answer.SAFE.value: Standing.SAFE,
    Answer.NEED_HELP.value: Standing.NEED_HELP,
    Answer.NOT_HERE.value: Standing.NOT_HERE,
}

#: Who has said nothing yet, and may need somebody to look for them.
UNACCOUNTED = frozenset(set(Standing) - set(_ANSWERED.values()))


class Marked(Protocol):
    """What of one person's place on a roll decides their state: channels as bits, and what came back."""

    @property
    def asked(self) -> int: ...
    @property
    def sent(self) -> int: ...
    @property
    def taken(self) -> int: ...
    @property
    def failed(self) -> int: ...
    @property
    def displayed_at(self) -> datetime | None: ...
    @property
    def answer(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Marks:
    """The same of everybody of a group."""

    asked: int
    sent: int
    taken: int
    failed: int
    displayed_at: datetime | None
    answer: str | None


def standing_of(marks: Marked, *, now: datetime) -> Standing:
    """The furthest this person got on any channel; an answer is further than anything a machine says."""
    if marks.answer is not None:
        return _ANSWERED[marks.answer]
    if marks.displayed_at is not None:
        return Standing.SILENT if now - marks.displayed_at >= SILENT_AFTER else Standing.DISPLAYED
    if marks.taken:
        return Standing.ACCEPTED
    if marks.sent & ~marks.failed:
        return Standing.SENT
    if not marks.asked:
        return Standing.UNREACHABLE
    return Standing.ASKED if marks.asked & ~marks.failed else Standing.FAILED


@dataclass(frozen=True, slots=True)
class Group:
    """So many people of one place on one roll whose marks are alike."""

    people: int
    zone_id: str | None
    site_id: str | None
    marks: Marks


@dataclass(slots=True)
class Count:
    """How many people are in each state; every person counted once."""

    people: int = 0
    states: dict[Standing, int] = field(default_factory=lambda: dict.fromkeys(Standing, 0))

    @property
    def unaccounted(self) -> int:
        """How many have said nothing."""
        return sum(self.states[state] for state in UNACCOUNTED)

    def add(self, people: int, state: Standing) -> None:
        self.people += people
        self.states[state] += people


@dataclass(slots=True)
class Tally:
    """A roll, counted: whole, by zone (in its site) and by site; None are those who belong nowhere that is known."""

    whole: Count = field(default_factory=Count)
    zones: dict[tuple[str | None, str | None], Count] = field(default_factory=dict)
    sites: dict[str | None, Count] = field(default_factory=dict)


def tally_of(groups: Iterable[Group], *, now: datetime) -> Tally:
    """The sums."""
    tally = Tally()
    for group in groups:
        state = standing_of(group.marks, now=now)
        place = group.site_id, group.zone_id
        tally.whole.add(group.people, state)
        tally.zones.setdefault(place, Count()).add(group.people, state)
        tally.sites.setdefault(group.site_id, Count()).add(group.people, state)
    return tally


#: What is on a screen is told by the screen itself, whichever way it came.
SCREEN = "screen"


@dataclass(frozen=True, slots=True)
class Reading:
    """How many people of one channel have the newest version, and how many an older one."""

    newest: int
    older: int
