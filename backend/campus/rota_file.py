"""`rota.csv`: who is rostered in which team, where and when, in local time."""

import csv
import io
import re
from collections.abc import Iterable, Mapping

from backend.campus import hours
from backend.campus.campus import RotaLine
from backend.campus.entry import Faults, is_clean, meant

COLUMNS = ("team", "email", "site", "days", "from", "to")

_EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;]+")


def read_rota(text: str, file: str, faults: Faults) -> tuple[tuple[str, RotaLine], ...]:
    """The good lines, each with the place it stands at; the bad ones are told to `faults`."""
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        if not _is_header(next(rows, []), file, faults):
            return ()
        # A quoted cell may run over several lines: the reader alone knows which one it is at.
        return tuple(_lines(((f"{file}: line {rows.line_num}", row) for row in rows), faults))
    except csv.Error as refusal:
        faults.tell(f"{file}: line {rows.line_num}", f"cannot be read as CSV: {refusal}")
        return ()


def _is_header(row: list[str], file: str, faults: Faults) -> bool:
    named = [cell.strip().lower() for cell in row]
    place = f"{file}: line 1"
    for missing in (column for column in COLUMNS if column not in named):
        faults.tell(place, f'the column "{missing}" is missing: the first line must be {",".join(COLUMNS)}')
    for unknown in (column for column in named if column not in COLUMNS):
        faults.tell(place, f'"{unknown}" is not a column here{meant(unknown, COLUMNS)}')
    if sorted(named) == sorted(COLUMNS) and named != list(COLUMNS):
        faults.tell(place, f"the columns must stand in the order {','.join(COLUMNS)}")
    elif len(named) > len(set(named)):
        faults.tell(place, "a column stands there twice")
    return named == list(COLUMNS)


def _lines(rows: Iterable[tuple[str, list[str]]], faults: Faults) -> list[tuple[str, RotaLine]]:
    found: list[tuple[str, RotaLine]] = []
    for place, row in rows:
        cells = [cell.strip() for cell in row]
        if not any(cells):
            continue
        if len(cells) != len(COLUMNS):
            faults.tell(place, f"has {len(cells)} columns instead of {len(COLUMNS)}")
            continue
        try:
            found.append((place, _line(dict(zip(COLUMNS, cells, strict=True)))))
        except ValueError as refusal:
            faults.tell(place, str(refusal))
    return found


def _line(cells: Mapping[str, str]) -> RotaLine:
    """The line, or ValueError with every fault of it."""
    wrong = [f'"{column}" is empty' for column in ("team", "email", "days", "from", "to") if not cells[column]]
    if wrong:
        raise ValueError("; ".join(wrong))
    if not is_clean("".join(cells.values())):
        raise ValueError("holds control characters")
    if _EMAIL.fullmatch(cells["email"]) is None:
        wrong.append(f'"{cells["email"]}" is not an e-mail address')
    days, window = hours.EVERY_DAY, (hours.MIDNIGHT, hours.MIDNIGHT)
    try:
        days = hours.parse_days(cells["days"].split(";"))
    except ValueError as refusal:
        wrong.append(str(refusal))
    try:
        window = hours.parse_window(cells["from"], cells["to"])
    except ValueError as refusal:
        wrong.append(str(refusal))
    if wrong:
        raise ValueError("; ".join(wrong))
    # Addresses are compared in lower case everywhere: people type them with capitals.
    return RotaLine(cells["team"], cells["email"].lower(), cells["site"] or None, days, *window)
