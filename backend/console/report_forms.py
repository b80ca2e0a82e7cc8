"""A report written out: as JSON for the page, as a table for a spreadsheet."""

import csv
import io
from collections.abc import Mapping
from json import JSONEncoder
from typing import Any

from backend.console.report_schemas import ReportedOut, ReportOut

COLUMNS = tuple(ReportedOut().fields)

#: A spreadsheet takes a cell that begins so for a formula and runs it.
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def as_json(report: Mapping[str, Any]) -> str:
    """The report as its door's document says, written piece by piece so that other threads get on meanwhile."""
    return "".join(JSONEncoder(ensure_ascii=False, separators=(",", ":")).iterencode(ReportOut().dump(report)))


def as_csv(report: Mapping[str, Any]) -> str:
    """The cases as a table by RFC 4180, the names of the columns first; an empty cell is what has not come."""
    written = io.StringIO(newline="")
    table = csv.writer(written)
    table.writerow(COLUMNS)
    for case in report["cases"]:
        table.writerow([_cell(case[name]) for name in COLUMNS])
    return written.getvalue()


def _cell(value: Any) -> str:
    """What a spreadsheet shows as it is: a place may be called by any name, and a name may be a formula."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return " ".join(value)
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULAS) else text
