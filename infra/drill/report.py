"""The table at the end of a day: response times, what was lost and what was late."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from infra.drill import judging
from infra.drill.cast import Cast
from infra.drill.judging import LATE_S
from infra.drill.recollection import Recollection
from infra.drill.warned import Warned, miscounted, stale, to_phones, untrue

#: Targets of the embedded form: answered, on the handset, the others told, at the ninety-ninth of a hundred (seconds).
ANSWERED_S, ON_HANDSET_S, TOLD_S = 0.25, 1.0, 1.0

#: From the press of *issue* to the phones that are connected, at the ninety-ninth of a hundred (seconds).
WARNED_S = 1.0

#: So many of what broke a rule are told; the rest is in the history.
MOST_TOLD = 5


@dataclass(frozen=True, slots=True)
class Row:
    """
    One line: `promise` is empty for what is only told.

    What is `grave` ends the command with status 1 when it is not met. `broken`
    are sentences for the operator.
    """

    name: str
    figure: str
    promise: str = ""
    met: bool = True
    grave: bool = False
    broken: Sequence[str] = ()


def rows(day: Recollection, warned: Warned, cast: Cast, *, strays: int, faults: Sequence[BaseException]) -> list[Row]:
    """Everything there is to say of a day; `strays` are real people who were told, as the store knows it."""
    answered = judging.to_answer(day)
    on_handset = judging.to_handset(day, cast)
    silent = judging.to_silence(day)
    climbs = judging.climbs(day, cast.ladders)
    tries = sum(press.tries for press in day.presses.values())
    pressed = [press for press in day.presses.values() if press.tries]
    cases = len(day.owners)
    late = sum(one > LATE_S for one in on_handset) + judging.unheard_of(day, cast)
    return [
        Row("presses", f"{len(pressed):,}, {cases:,} cases"),
        Row("answered", f"{sum(bool(press.cases) for press in pressed):,}", "all", *_all_answered(day), grave=True),
        Row("sent again", f"{tries - len(pressed):,}"),
        _timed("press → answer", answered, ANSWERED_S),
        _timed("press → officer's handset", on_handset, ON_HANDSET_S),
        _timed("press → yes, as the players answer", judging.to_yes(day)),
        _timed("offer shown → receipt taken", day.receipts),
        _timed("last yes → the others told", silent, TOLD_S),
        Row("late on the handset", str(late), "0", late == 0),
        Row(
            f"cases with a rung off by more than {LATE_S:.0f} s",
            f"{len(climbs.off)}, {climbs.seen} rungs climbed",
            "0",
            not climbs.off,
            broken=climbs.off[:MOST_TOLD],
        ),
        _none("lost (I1)", judging.lost(day, cast)),
        _none("doubled (I2)", judging.doubled(day)),
        _none("told and not there (I3)", judging.phantoms(day)),
        _none("holes and disorder in streams (I4)", judging.gaps(day)),
        _none("went backwards (I5)", judging.backwards(day)),
        _none("too many officers (I7)", judging.crowded(day)),
        _none("heard by who may not (I11)", judging.overheard(day, cast)),
        *_broadcast(warned),
        Row("real people told", str(strays), "0", strays == 0, grave=True),
        _none("players who stumbled", [f"{type(fault).__name__}: {fault}" for fault in faults]),
    ]


def _broadcast(warned: Warned) -> list[Row]:
    if not warned.out and not warned.refused:
        return [Row("broadcast", "none: no template of this campus can be sent")]
    answers = sum(map(len, warned.answers.values()))
    return [
        Row("broadcast", f"{warned.people:,} people, {answers:,} answers, {len(warned.cases):,} need help"),
        _timed("issue → connected phones", to_phones(warned), WARNED_S),
        _none("told differently, or an older one after a newer (I4)", untrue(warned)),
        _none("told as live when it was over (I4)", stale(warned)),
        _none("miscounted", miscounted(warned)),
    ]


def is_well(table: Iterable[Row]) -> bool:
    """Whether nothing grave is the matter; what was merely slow on a slow machine is told, and no more."""
    return all(row.met for row in table if row.grave)


def keep(table: Iterable[Row], file: Path) -> None:
    """For whoever reads figures by program."""
    told = [{"name": row.name, "figure": row.figure, "promise": row.promise, "met": row.met} for row in table]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which this share of them lies, one of their own."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def _all_answered(day: Recollection) -> tuple[bool]:
    return (all(press.cases for press in day.presses.values() if press.tries),)


def _timed(name: str, seconds: Sequence[float], at_most: float | None = None) -> Row:
    if not seconds:
        return Row(name, "none")
    p50, p95, p99 = (quantile(seconds, share) for share in (0.5, 0.95, 0.99))
    figure = f"p50 {_s(p50)}  p95 {_s(p95)}  p99 {_s(p99)}  max {_s(max(seconds))}"
    promise = "" if at_most is None else f"p99 ≤ {_s(at_most)}"
    return Row(name, figure, promise, at_most is None or p99 <= at_most)


def _none(name: str, broken: Sequence[str]) -> Row:
    return Row(name, str(len(broken)), "0", not broken, grave=True, broken=broken[:MOST_TOLD])


def _s(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"
