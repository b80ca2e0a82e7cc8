"""What a day's broadcast came to, from the history, and what must be true of it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from infra.drill.bystander import LATE, LIVE
from infra.drill.history import Record

#: What was on its way when the end came may still be shown as live for so long.
SETTLED_S = 1.0


@dataclass(frozen=True, slots=True)
class Shown:
    """One version on one screen."""

    at: float
    who: str
    by: str
    how: str
    version: int
    hash: str
    ended: bool
    exercise: bool


@dataclass(slots=True)
class Warned:
    """One broadcast: when each version was out (begun, answered), who was shown what, and who said what."""

    out: dict[int, tuple[float, float]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    shown: list[Shown] = field(default_factory=list)
    answers: dict[str, list[tuple[str, int, str | None]]] = field(default_factory=lambda: defaultdict(list))
    people: int = 0
    tally: dict[str, int] | None = None

    @property
    def cases(self) -> dict[str, str]:
        """Whose each case is that an answer opened or joined."""
        return {case: who for who, some in self.answers.items() for _, _, case in some if case}


def warned_of(records: Iterable[Record]) -> Warned:
    """From the lines of a history; what it does not know it passes over."""
    found = Warned()
    begun: dict[int, float] = {}
    for one in records:
        if one["what"] == "out" and one["phase"] == "begin":
            begun[one["version"]] = one["at"]
        elif one["what"] == "out" and one["status"] < 300 and one["status"]:
            found.out[one["version"]] = (begun[one["version"]], one["at"])
        elif one["what"] == "out":
            found.refused.append(f"{one['part']} was answered {one['status']}")
        elif one["what"] == "shown":
            names = ("at", "who", "by", "how", "version", "hash", "ended", "exercise")
            found.shown.append(Shown(**{name: one[name] for name in names}))
        elif one["what"] == "answer" and one["phase"] == "end":
            found.answers[one["who"]].append((one["answer"], one["status"], one["case"]))
        elif one["what"] == "tally":
            found.people, found.tally = one["people"], one["counts"]
    return found


def untrue(warned: Warned) -> list[str]:
    """One truth: a version with two hashes, a real one among players, an older one after a newer by the same way."""
    found = list(warned.refused)
    hashes: dict[int, set[str]] = defaultdict(set)
    newest: Counter[tuple[str, str]] = Counter()
    for one in warned.shown:
        hashes[one.version].add(one.hash)
        if not one.exercise:
            found.append(f"{one.who} was shown a broadcast that is no exercise")
        if one.version < newest[one.who, one.by]:
            found.append(f"{one.who} was shown version {one.version} after {newest[one.who, one.by]}")
        newest[one.who, one.by] = max(one.version, newest[one.who, one.by])
    return found + [f"version {version} has {len(some)} hashes" for version, some in hashes.items() if len(some) > 1]


def stale(warned: Warned) -> list[str]:
    """What was shown as live after the all clear was out; a phone that was off throughout sees only the end."""
    ends = warned.out.get(3)
    late = [
        f"{one.who}, off throughout, was shown it as live" for one in warned.shown if one.how == LATE and not one.ended
    ]
    if ends is None:
        return late
    return late + [
        f"{one.who} was shown version {one.version} as live {one.at - ends[1]:.1f} s after the all clear"
        for one in warned.shown
        if not one.ended and one.how != LATE and one.at > ends[1] + SETTLED_S
    ]


def miscounted(warned: Warned) -> list[str]:
    """The tally against what people were answered: the last answer counts, and everybody is in one state."""
    if warned.tally is None:
        return ["the tally could not be read"] if warned.out else []
    found = []
    if sum(warned.tally.values()) != warned.people:
        found.append(f"the states add up to {sum(warned.tally.values())} and not to {warned.people}")
    lost = [who for who, some in warned.answers.items() for _, status, _ in some if not 200 <= status < 300]
    found += [f"an answer of {who} was not taken" for who in lost]
    last = Counter(some[-1][0] for who, some in warned.answers.items() if who not in lost)
    for answer in ("safe", "need_help", "not_here"):
        if warned.tally.get(answer, 0) != last[answer]:
            found.append(f"{last[answer]} said {answer}, {warned.tally.get(answer, 0)} are counted")
    found += [
        f"{who} needs help and has no case"
        for who, some in warned.answers.items()
        if any(answer == "need_help" and status < 300 and not case for answer, status, case in some)
    ]
    return found


def to_phones(warned: Warned) -> Sequence[float]:
    """Seconds from the press of *issue* to each phone that was live all the while."""
    first: dict[str, float] = {}
    for one in warned.shown:
        if one.version == 1 and one.by == "socket" and one.how == LIVE:
            first.setdefault(one.who, one.at)
    issued = warned.out.get(1)
    return [at - issued[0] for at in first.values()] if issued else []
