"""Curves over a number that grows, both axes logarithmic, as one SVG that needs nothing to be looked at."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 480, 340, 64, 48, 96, 48
#: Told apart by those who see no red or no green as well.
COLOURS = ("#0072b2", "#000000", "#009e73", "#d55e00", "#cc79a7")
TICKS = (1, 2, 5)
#: Of an axis, in powers of ten.
LEAST_SPAN = 1.0


@dataclass(frozen=True)
class Curve:
    """One line and what it is called."""

    name: str
    points: Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Panel:
    """What grows upwards, and below it over what."""

    heading: str
    below: str
    curves: Sequence[Curve]


def draw(title: str, panels: Sequence[Panel], file: Path) -> None:
    """Every panel beside the other."""
    parts = [_panel(k * WIDTH, one) for k, one in enumerate(panels)]
    width = WIDTH * len(panels)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HEIGHT}" font-family="sans-serif" '
        f'font-size="11"><rect width="100%" height="100%" fill="#fff"/>'
        f'<text x="{LEFT}" y="18" font-size="14">{escape(title)}</text>{"".join(parts)}</svg>\n',
        encoding="utf-8",
    )


def _panel(shift: float, panel: Panel) -> str:
    across = _Axis([x for one in panel.curves for x, _ in one.points], LEFT, WIDTH - RIGHT)
    up = _Axis([y for one in panel.curves for _, y in one.points], HEIGHT - BOTTOM, TOP)
    right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM
    parts = [f'<g transform="translate({shift})"><text x="{LEFT}" y="{TOP - 10}">{escape(panel.heading)}</text>']
    for value in across.ticks():
        x = across.at(value)
        parts.append(f'<path d="M{x:.1f} {TOP}V{bottom}" stroke="#ddd"/>')
        parts.append(f'<text x="{x:.1f}" y="{bottom + 16}" text-anchor="middle">{value:,g}</text>')
    for value in up.ticks():
        y = up.at(value)
        parts.append(f'<path d="M{LEFT} {y:.1f}H{right}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{value:,g}</text>')
    for colour, one in zip(COLOURS, panel.curves, strict=False):
        places = [(across.at(x), up.at(y)) for x, y in one.points]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in places]
        x, y = places[-1]
        parts.append(f'<text x="{x + 8:.1f}" y="{y + 4:.1f}" fill="{colour}">{escape(one.name)}</text>')
    parts.append(
        f'<text x="{(LEFT + right) / 2}" y="{HEIGHT - 10}" text-anchor="middle">{escape(panel.below)}</text></g>'
    )
    return "".join(parts)


class _Axis:
    """From the least to the most of these, on a logarithmic scale between two places."""

    def __init__(self, values: Iterable[float], begin: float, end: float) -> None:
        logs = [math.log10(max(value, 1e-6)) for value in values]
        # What hardly grows is not to look as if it did.
        margin = max(0.05, (LEAST_SPAN - (max(logs) - min(logs))) / 2)
        self._low, self._high = min(logs) - margin, max(logs) + margin
        self._begin, self._end = begin, end

    def at(self, value: float) -> float:
        share = (math.log10(max(value, 1e-6)) - self._low) / (self._high - self._low)
        return self._begin + share * (self._end - self._begin)

    def ticks(self) -> list[float]:
        tens = range(math.floor(self._low), math.ceil(self._high) + 1)
        candidates = [step * 10.0**ten for ten in tens for step in TICKS]
        return [value for value in candidates if self._low <= math.log10(value) <= self._high]
