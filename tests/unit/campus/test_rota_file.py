"""The rota as people and spreadsheets write it, and what is told when a line is wrong."""

from pathlib import Path

import pytest

from backend.campus.configuration import faults_of, read_campus
from tests.unit.campus import imperial


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("security,officer1@demo.example,,mon,07:00", "5 columns"),
        ("security,officer1,,mon,07:00,19:00", "e-mail"),
        ("security,new@demo.example,,,07:00,19:00", '"days" is empty'),
        ("security,new@demo.example,,mon,07:00,07:00", "whole day"),
        ("security,new@demo.example,sherfield,mon,07:00,19:00", "no such site"),
        ("security,officer1@demo.example,south-kensington,sun,23:00,01:00", "line 2 does already, on mon at 00:00"),
        ('security,"new@demo.example,,mon,07:00,19:00', "CSV"),
        ("secu\x07rity,new@demo.example,,mon,07:00,19:00", "control"),
    ],
)
def test_a_bad_line_of_the_rota_is_named_with_its_number(tmp_path: Path, line: str, expected: str) -> None:
    """
    The one who keeps the rota finds the line at once.
    """
    directory = imperial.copied_to(tmp_path)
    with (directory / "rota.csv").open("a", encoding="utf-8") as rota:
        rota.write(line + "\n")

    (fault,) = faults_of(directory)

    assert fault.startswith("rota.csv: line 12: ")
    assert expected in fault


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("team,email,site,day,from,to", 'did you mean "days"?'),
        ("email,team,site,days,from,to", "order"),
        ("team,email,site,days,from,to,to", "twice"),
        ("", "missing"),
    ],
)
def test_a_rota_with_other_columns_is_refused(tmp_path: Path, header: str, expected: str) -> None:
    """
    A column that is not known would be a rule that is not kept.
    """
    directory = imperial.copied_to(tmp_path)
    imperial.rewrite(directory, "rota.csv", ("team,email,site,days,from,to", header))

    faults = faults_of(directory)

    assert any(expected in fault for fault in faults)
    assert all(fault.startswith("rota.csv: line 1: ") for fault in faults)


def test_files_saved_by_a_spreadsheet_are_read(tmp_path: Path) -> None:
    """
    A byte order mark, other line ends, capitals in addresses and empty lines change nothing.
    """
    directory = imperial.copied_to(tmp_path)
    text = (directory / "rota.csv").read_text(encoding="utf-8").replace("officer1@", "Officer1@")
    (directory / "rota.csv").write_bytes(("\ufeff" + text.replace("\n", "\r\n") + "\r\n,,,,,\r\n").encode())

    assert read_campus(directory) == imperial.campus()
