"""The rows of the table: how they are reckoned, printed, and kept."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HEADINGS = ("what", "figure", "peer", "ratio", "promise", "met")


@dataclass(frozen=True)
class Row:
    """One promise and what came of it; `peer` and `ratio` are empty where nothing stands beside it."""

    name: str
    figure: str
    promise: str
    met: bool
    peer: str = ""
    ratio: str = ""

    def cells(self) -> tuple[str, ...]:
        return (self.name, self.figure, self.peer, self.ratio, self.promise, "yes" if self.met else "NO")


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which this share of them lies, one of their own."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def spread(values: Sequence[float]) -> str:
    """How far the runs lie apart, in percent of their middle one: how noisy the machine was."""
    return f"±{(max(values) - min(values)) / 2 / quantile(values, 0.5):.0%}"


def table(rows: Sequence[Row]) -> str:
    """As it is printed."""
    lines = [HEADINGS, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    return "\n".join("  ".join(map(str.ljust, line, widths)).rstrip() for line in lines)


def keep(rows: Sequence[Row], file: Path) -> None:
    """Write them for whoever reads figures by program."""
    told = [{"name": row.name, "figure": _figure(row), "promise": row.promise, "met": row.met} for row in rows]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _figure(row: Row) -> str:
    return f"{row.figure}, {row.ratio} of {row.peer}" if row.peer else row.figure
