"""What came of everything that was sent by this process, counted by channel."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from notifications.parcel import Outcome, Result

#: What a fault is called when it has no name of its own, or when a channel has told of too many kinds already.
OTHER = "other"

#: Kinds of fault of one channel that are told apart: each is a series that somebody keeps for a year.
KINDS = 30

#: What our own names of answers are made of. What is longer, or has figures in it, may be somebody's words.
PLAIN = re.compile(r"[A-Za-z' -]{1,60}")
#: A status, with the provider's own number behind it, or the name of an error.
CODE = re.compile(r"\d{3}(/\d{1,5})?|[A-Za-z_]{1,40}")


@dataclass(slots=True)
class Tally:
    """
    Outcomes by channel; what a channel held back without trying is counted as `held`.

    `faults` are those that were tried in vain, by what was answered.
    """

    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    faults: Counter[tuple[str, str]] = field(default_factory=Counter)

    def count(self, channel: str, results: Iterable[Result]) -> None:
        for result in results:
            self.outcomes[channel, result.outcome.value if result.tried else "held"] += 1
            if result.tried and result.outcome is not Outcome.SENT:
                self.faults[channel, self._kind(channel, result.fault)] += 1

    def _kind(self, channel: str, fault: str | None) -> str:
        kind = kind_of(fault)
        known = {told for where, told in self.faults if where == channel}
        return kind if kind in known or len(known) < KINDS else OTHER


def kind_of(fault: str | None) -> str:
    """
    The answer's name: what channels put before a colon or a comma, and the code behind it if it is one.

    Nothing that a stranger's server has said at length becomes a label.
    """
    head, _, rest = (fault or "").replace(", ", ": ", 1).partition(": ")
    if not PLAIN.fullmatch(head):
        return OTHER
    return f"{head}: {rest}" if CODE.fullmatch(rest) else head
