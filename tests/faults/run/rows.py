"""The rows of the table: what was done, what was lost, how long until all went on; printed, and kept as JSON."""

import json
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

#: One process is back within so many seconds; PostgreSQL's fail-over has fifteen (promises.md).
BACK_S = 5.0

WIDTHS = (44, 66, 10, 16)


@dataclass(frozen=True)
class Row:
    """One fault. `met` is None for what was not tried: that is never a yes. `lost` are sentences, best none."""

    name: str
    did: str
    promise: str
    met: bool | None
    back: str = ""
    lost: Sequence[str] = field(default=())

    @property
    def verdict(self) -> str:
        return "not tried" if self.met is None else "yes" if self.met else "NO"

    @property
    def figure(self) -> str:
        """In one sentence, for whoever reads it by program."""
        if self.met is None:
            return self.did
        return "; ".join(filter(None, (self.did, f"lost {len(self.lost)}", self.back and f"back after {self.back}")))


def table(rows: Sequence[Row]) -> str:
    """As it is printed."""
    lines = [_line(("fault", "what was done", "lost", "back after", "met")), ""]
    for row in rows:
        lost = "" if row.met is None else str(len(row.lost)) if row.lost else "nothing"
        lines.append(_line((row.name, row.did, lost, row.back, row.verdict)))
        lines += [textwrap.indent(textwrap.fill(told, 130), "      ") for told in row.lost]
    return "\n".join(lines)


def keep(rows: Sequence[Row], file: Path) -> None:
    """Write them for whoever reads them by program."""
    told = [{"name": row.name, "figure": row.figure, "promise": row.promise, "met": row.met} for row in rows]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def seconds(some: Sequence[float]) -> str:
    """The middle and the longest of them."""
    ordered = sorted(some)
    if not ordered:
        return ""
    return f"{ordered[len(ordered) // 2]:.1f} s, max {ordered[-1]:.1f} s" if len(ordered) > 1 else f"{ordered[0]:.1f} s"


def _line(cells: Sequence[str]) -> str:
    """Cells under one another; what is longer than its column goes on in the next line."""
    folded = [textwrap.wrap(cell, width) or [""] for cell, width in zip(cells, (*WIDTHS, 9), strict=True)]
    height = max(map(len, folded))
    padded = [[*cell, *[""] * (height - len(cell))] for cell in folded]
    starts = (*WIDTHS, 9)
    return "\n".join("  ".join(map(str.ljust, parts, starts)).rstrip() for parts in zip(*padded, strict=True))
