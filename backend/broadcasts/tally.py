"""How far a broadcast got: each person in exactly one state, the furthest on any channel."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

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


@dataclass(frozen=True, slots=True)
class Marks:
    """What the roll knows of one person: channels as bits, and what came back."""

    asked: int
    sent: int
    taken: int
    failed: int
    displayed_at: datetime | None
    answer: str | None


def standing_of(marks: Marks, *, now: datetime) -> Standing:
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
    """
    So many people of one place on one roll whose marks are alike.

    `sent_newest` and `shown_newest` tell of the newest version whether it has
    set out to them and is on a screen of theirs; None where no version has, or is.
    """

    people: int
    zone_id: str | None
    site_id: str | None
    marks: Marks
    sent_newest: bool | None = None
    shown_newest: bool | None = None


@dataclass(slots=True)
class Count:
    """How many people are in each state; every person counted once."""

    people: int = 0
    states: dict[str, int] = field(default_factory=lambda: dict.fromkeys(Standing, 0))

    @property
    def unaccounted(self) -> int:
        """How many have said nothing."""
        return sum(self.states[state] for state in UNACCOUNTED)

    def add(self, people: int, state: Standing) -> None:
        self.people += people
        self.states[state] += people


@dataclass(slots=True)
class Reading:
    """How many people of one channel have the newest version, and how many an older one."""

    newest: int = 0
    older: int = 0

    def add(self, people: int, *, is_newest: bool) -> None:
        if is_newest:
            self.newest += people
        else:
            self.older += people


@dataclass(slots=True)
class Tally:
    """
    A roll, counted: whole, by zone and by site; and by channel who has which version.

    Of a zone or site None are those who belong nowhere that is known.
    """

    whole: Count = field(default_factory=Count)
    zones: dict[tuple[str | None, str | None], Count] = field(default_factory=dict)
    sites: dict[str | None, Count] = field(default_factory=dict)
    channels: dict[str, Reading] = field(default_factory=dict)


#: What is on a screen is told by the screen itself, whichever way it came.
SCREEN = "screen"


def tally_of(groups: Iterable[Group], *, channels: Iterable[tuple[str, int]], now: datetime) -> Tally:
    """The sums; `channels` are those to be told of, each with its bit in the marks."""
    bits = dict(channels)
    tally = Tally(channels={name: Reading() for name in (*bits, SCREEN)})
    for group in groups:
        state = standing_of(group.marks, now=now)
        place = group.site_id, group.zone_id
        for count in (
            tally.whole,
            tally.zones.setdefault(place, Count()),
            tally.sites.setdefault(group.site_id, Count()),
        ):
            count.add(group.people, state)
        if group.shown_newest is not None:
            tally.channels[SCREEN].add(group.people, is_newest=group.shown_newest)
        for name, bit in bits.items():
            if group.marks.sent & bit and group.sent_newest is not None:
                tally.channels[name].add(group.people, is_newest=group.sent_newest)
    return tally
