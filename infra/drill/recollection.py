"""The history in order: what was pressed, answered, heard and looked at, by press and by case."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from infra.drill.history import Record


@dataclass(slots=True)
class Press:
    """One press: when it first left the phone, how often, and each answer (seconds taken, status, case)."""

    who: str
    how: str
    left: bool
    first_at: float | None = None
    tries: int = 0
    answers: list[tuple[float, int, str | None]] = field(default_factory=list)

    @property
    def cases(self) -> set[str]:
        return {case for _, status, case in self.answers if status < 300 and case}


@dataclass(frozen=True, slots=True)
class Heard:
    """One message at one player; `line` numbers the connection it came by, None by request."""

    at: float
    who: str
    line: int | None
    seq: int
    id: str
    type: str
    case: str | None
    offer: str | None
    alarm: str | None
    state: str | None


@dataclass(slots=True)
class Yes:
    """One officer's first yes to an offer that was answered: from when to when."""

    who: str
    case: str
    offer: str
    began_at: float
    ended_at: float


@dataclass(frozen=True, slots=True)
class Whole:
    """A case as the control room saw it at the end."""

    case: str
    kind: str
    exercise: bool
    wanted: int
    rung: int
    received_at: datetime
    progress: tuple[tuple[str, datetime], ...]
    offers: tuple[tuple[str, int, int, datetime, bool], ...]
    alarms: tuple[tuple[str, datetime], ...]
    taps: frozenset[str]


@dataclass
class Recollection:
    """Everything the judge goes by."""

    presses: dict[str, Press] = field(default_factory=dict)
    heard: list[Heard] = field(default_factory=list)
    yes: dict[str, Yes] = field(default_factory=dict)
    declined: set[str] = field(default_factory=set)
    helped: dict[str, str] = field(default_factory=dict)
    mine: dict[str, set[str]] = field(default_factory=dict)
    wholes: dict[str, Whole] = field(default_factory=dict)
    opened: dict[tuple[str, int], tuple[float, int]] = field(default_factory=dict)
    receipts: list[float] = field(default_factory=list)
    receipts_lost: int = 0
    real_seen: int = 0

    @property
    def owners(self) -> dict[str, str]:
        """Whose each case is, as the answers had it: of a press, or of a broadcast's answer."""
        pressed = {case: press.who for press in self.presses.values() for case in press.cases}
        return {**self.helped, **pressed}

    def by_listener(self) -> dict[str, list[Heard]]:
        found: dict[str, list[Heard]] = defaultdict(list)
        for one in self.heard:
            found[one.who].append(one)
        return found


def recollect(records: Iterable[Record]) -> Recollection:
    """From the lines of a history; what it does not know it passes over."""
    all_of_it = Recollection()
    begun: dict[tuple[str, ...], float] = {}
    for one in records:
        key = (one["who"], one["what"], str(one.get("tap") or one.get("offer") or one.get("message")))
        if one.get("phase") == "begin":
            begun[(*key, str(one.get("attempt")))] = one["at"]
        at: float = one["at"]
        took_from = begun.get((*key, str(one.get("attempt"))), at)
        reader = _READERS.get(one["what"])
        if reader is not None:
            reader(all_of_it, one, took_from)
    return all_of_it


def _press(all_of_it: Recollection, one: Record, _: float) -> None:
    all_of_it.presses[one["tap"]] = Press(one["who"], one["how"], one["left"])


def _tap(all_of_it: Recollection, one: Record, from_: float) -> None:
    press = all_of_it.presses[one["tap"]]
    never_left = one["how"] == "slow" and one["attempt"] == 1
    if one["phase"] == "begin":
        press.tries += 1
        if press.first_at is None and not never_left:
            press.first_at = one["at"]
    elif "status" in one:
        press.answers.append((one["at"] - from_, one["status"], one.get("case")))


def _heard(all_of_it: Recollection, one: Record, _: float) -> None:
    told = {
        "case": one.get("incident_id"),
        "offer": one.get("offer_id"),
        "alarm": one.get("alarm_id"),
        "state": one.get("state"),
    }
    heard = Heard(one["at"], one["who"], one["line"], one["seq"], one["id"], one["type"], **told)
    all_of_it.heard.append(heard)


def _accept(all_of_it: Recollection, one: Record, from_: float) -> None:
    if one.get("status") == 200 and one["offer"] not in all_of_it.yes:
        all_of_it.yes[one["offer"]] = Yes(one["who"], one["case"], one["offer"], from_, one["at"])


def _decline(all_of_it: Recollection, one: Record, _: float) -> None:
    all_of_it.declined.add(one["offer"])


def _receipt(all_of_it: Recollection, one: Record, from_: float) -> None:
    if one["phase"] == "end" and one["status"] == 200:
        all_of_it.receipts.append(one["at"] - from_)
    elif one["phase"] == "end":
        all_of_it.receipts_lost += 1


def _open(all_of_it: Recollection, one: Record, _: float) -> None:
    if one["phase"] == "begin":
        all_of_it.opened[one["who"], one["line"]] = (one["at"], one["after"])


def _answer(all_of_it: Recollection, one: Record, _: float) -> None:
    if one.get("case"):
        all_of_it.helped[one["case"]] = one["student"]


def _mine(all_of_it: Recollection, one: Record, _: float) -> None:
    all_of_it.mine[one["who"]] = set(one["cases"])


def _sees(all_of_it: Recollection, one: Record, _: float) -> None:
    all_of_it.real_seen += one["real"]


def _whole(all_of_it: Recollection, one: Record, _: float) -> None:
    at = datetime.fromisoformat
    all_of_it.wholes[one["case"]] = Whole(
        one["case"],
        one["kind"],
        one["exercise"],
        one["wanted"],
        one["rung"],
        at(one["received_at"]),
        tuple((stage, at(when)) for stage, when in one["progress"]),
        tuple((who, climb, rung, at(when), late) for who, climb, rung, when, late in one["offers"]),
        tuple((reason, at(since)) for reason, since in one["alarms"]),
        frozenset(one["taps"]),
    )


_READERS = {
    "press": _press,
    "tap": _tap,
    "heard": _heard,
    "accept": _accept,
    "decline": _decline,
    "receipt": _receipt,
    "open": _open,
    "answer": _answer,
    "mine": _mine,
    "sees": _sees,
    "whole": _whole,
}
