"""A report as a table for a spreadsheet, and as the document says."""

import csv
import io
import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from backend.console.report_forms import COLUMNS, as_csv, as_json
from backend.console.report_schemas import ReportOut


def case(**changes: Any) -> dict[str, Any]:
    usual: dict[str, Any] = {
        "reference": "E-2026-0147",
        "kind": "emergency",
        "state": "resolved",
        "site": "south-kensington",
        "zone": "sherfield",
        "day": date(2026, 11, 22),
        "hour": 14,
        "answered_s": 22,
        "accepted_s": 40,
        "on_scene_s": None,
        "resolved_s": 1900,
        "late": True,
        "missed": ("accepted", "on_scene"),
    }
    return {**usual, **changes}


def report(*cases: dict[str, Any]) -> dict[str, Any]:
    return {
        "from": date(2026, 11, 1),
        "to": date(2026, 11, 22),
        "time_zone": "Europe/London",
        "as_of": datetime(2026, 11, 22, 15, 0, tzinfo=UTC),
        "targets": [{"kind": "emergency", "accepted_s": 60, "on_scene_s": None}],
        "cases": list(cases),
    }


def table_of(*cases: dict[str, Any]) -> list[list[str]]:
    return list(csv.reader(io.StringIO(as_csv(report(*cases)), newline="")))


def test_the_table_has_a_line_of_names_and_a_line_for_each_case() -> None:
    """
    What has not come is an empty cell, and yes and no are words.
    """
    names, line, *rest = table_of(case())

    assert list(COLUMNS) == names
    expected = ["E-2026-0147", "emergency", "resolved", "south-kensington", "sherfield", "2026-11-22", "14"]
    assert [*expected, "22", "40", "", "1900", "yes", "accepted on_scene"] == line
    assert [] == rest


def test_a_report_without_cases_still_names_its_columns() -> None:
    """
    An empty month is a table too.
    """
    assert [list(COLUMNS)] == table_of()


@pytest.mark.parametrize("name", ["=cmd()", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("x")', "＝1"])
def test_no_cell_is_a_formula(name: str) -> None:
    """
    A zone is called what a survey's file calls it, and a spreadsheet must show that and never run it.
    """
    (_, line) = table_of(case(zone=name))

    assert f"'{name}" == line[COLUMNS.index("zone")]


def test_commas_quotes_and_lines_stay_in_their_cell() -> None:
    """
    Whatever a place is called, the table keeps its shape.
    """
    (_, line) = table_of(case(site='Hall "B", ground\nfloor', zone="a;b"))

    assert ('Hall "B", ground\nfloor', "a;b") == (line[COLUMNS.index("site")], line[COLUMNS.index("zone")])
    assert len(COLUMNS) == len(line)


def test_the_json_is_what_the_document_says() -> None:
    """
    Written piece by piece, it is the same as written at once.
    """
    written = report(case(), case(site="Crèche"))

    assert ReportOut().dump(written) == json.loads(as_json(written))
