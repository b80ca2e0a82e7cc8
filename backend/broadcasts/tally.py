"""How far a broadcast got: each person in exactly one state, the furthest on any channel."""

from dataclasses import dataclass
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
