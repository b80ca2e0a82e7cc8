"""Faults that a test of its own tries: the rows run those tests and tell what came of them."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as Tree

from tests.faults.run.rows import Row
from tests.server import ROOT


@dataclass(frozen=True, slots=True)
class Wrapped:
    """Tests of one row, as pytest names them."""

    name: str
    promise: str
    tests: tuple[str, ...]


KILLED = Wrapped(
    "kill -9 at every named gap between two side effects",
    "each answered tap and yes stands once, somebody is asked",
    (
        "tests/faults/test_killed.py::test_nothing_is_lost_or_done_twice_when_the_server_dies_at",
        "tests/faults/test_broadcast_killed.py::test_everybody_is_told_and_counted_once_when_the_server_dies_at",
        "tests/faults/test_keys_killed.py",
        "tests/faults/test_check_in_outlives.py",
    ),
)

ROWS = (
    KILLED,
    Wrapped(
        "the disk is full", "taps go on, and say whom to ring when they cannot", ("tests/faults/test_full_disk.py",)
    ),
    Wrapped(
        "restore from a backup made under load",
        "every tap answered before it is in it",
        ("tests/faults/test_backup.py",),
    ),
    Wrapped("a socket that stops reading", "dropped, and no other waits", ("tests/faults/test_slow_client.py",)),
    Wrapped("poison bodies", "refused with a sentence, the server goes on", ("tests/faults/test_bad_input.py",)),
    Wrapped(
        "a broadcast's server killed in the middle",
        "everybody told and counted once",
        (
            "tests/faults/test_broadcast_killed.py::test_everybody_is_told_and_counted_once_when_the_server_is_killed_in_the_middle",
        ),
    ),
    Wrapped(
        "the hour that happens twice",
        "ladders, positions and shifts go by the instant",
        ("tests/journeys/test_hour_twice.py",),
    ),
    Wrapped(
        "any deeds in any order (Hypothesis)",
        "I1, I2 and I4-I13 after each",
        ("tests/journeys/test_any_day.py",),
    ),
    Wrapped(
        "FCM: every row of C.5, and one that accepts and never delivers",
        "retried, given up or dropped as each row says; the ladder climbs all the same",
        ("tests/contract/test_firebase_client.py", "tests/contract/test_push.py", "tests/journeys/test_pushes.py"),
    ),
    Wrapped(
        "the audit edited, cut, shortened",
        "each is found (I10)",
        ("tests/journeys/test_audit_proof.py", "tests/journeys/test_audit_shortened.py"),
    ),
)


def rows(wrapped: Sequence[Wrapped] = ROWS, *, within_s: float) -> list[Row]:
    """One for each: all tests in one run of pytest, so that what they share is made once."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="bluelight-faults-") as folder:
        report = Path(folder) / "report.xml"
        ran_out = _run([test for one in wrapped for test in one.tests], report, within_s)
        found = _outcomes(report)
    took = time.monotonic() - began
    return [_row(one, found, ran_out=ran_out, took=took) for one in wrapped]


def _run(tests: Sequence[str], report: Path, within_s: float) -> bool:
    """Whether they had to be ended because the time was up."""
    command = [sys.executable, "-m", "pytest", "-q", "-m", "not long and not bench", "-p", "no:cacheprovider"]
    process = subprocess.Popen(
        [*command, f"--junit-xml={report}", *tests], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        process.wait(within_s)
    except subprocess.TimeoutExpired:
        process.terminate()
        process.wait(30)
        return True
    return False


def _outcomes(report: Path) -> Mapping[str, list[tuple[str, str]]]:
    """By the file that pytest was given: each test's name, and why it failed ("" when it passed)."""
    found: dict[str, list[tuple[str, str]]] = {}
    if not report.exists():
        return found
    # Written by the pytest that we started ourselves.
    for case in Tree.parse(report).getroot().iter("testcase"):  # noqa: S314
        file = case.get("classname", "").replace(".", "/") + ".py"
        fault = next((one for kind in ("failure", "error") for one in case.iter(kind)), None)
        skipped = next(iter(case.iter("skipped")), None)
        why = "" if fault is None else (fault.get("message") or "failed").splitlines()[0][:160]
        if skipped is None:
            found.setdefault(file, []).append((case.get("name", ""), why))
    return found


def _row(one: Wrapped, found: Mapping[str, list[tuple[str, str]]], *, ran_out: bool, took: float) -> Row:
    of_row = [
        (name, why)
        for test in one.tests
        for file, _, wanted in [test.partition("::")]
        for name, why in found.get(file, [])
        if not wanted or name.split("[")[0] == wanted
    ]
    if not of_row:
        return Row(one.name, "the time was up" if ran_out else "its tests did not run here", one.promise, None)
    failed = [f"{name}: {why}" for name, why in of_row if why]
    return Row(one.name, f"{len(of_row)} tests", one.promise, not failed, lost=failed)
