"""`bluelight forget`: an operator looks first, and then lets go."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from backend.kernel.database import Database
from infra.cli_forget import forget
from tests.campus import CampusStage
from tests.journeys.console import case_at
from tests.journeys.kept_things import Left, message
from tests.journeys.store_files import holds_any


@dataclass
class Desk:
    """What the command is given to work with."""

    database: Database
    anchor: Path
    clock: datetime

    def now(self) -> datetime:
        return self.clock


@pytest.fixture
def left(campus: CampusStage) -> Left:
    """Two messages that are past their day, one of them about a case that is held."""
    controller = campus.controller("holder")
    gone, held = message(campus), message(campus)
    controller.posts(case_at(str(held.case_id), "hold"), {"reason": "The police asked."}, expecting=201)
    campus.clock.now += gone.stays + timedelta(seconds=1)
    return gone


def test_a_dry_run_tells_and_changes_nothing(campus: CampusStage, left: Left) -> None:
    """
    How much of each kind is past its day, and how much of that is spared.
    """
    status, told = types(campus, "--dry-run")

    assert 0 == status
    assert ["kind", "of", "data", "kept", "for", "after", "past", "it", "spared"] == told[0].split()
    assert any(line.startswith("messages of streams") and "7 days" in line for line in told)
    assert not any(line.startswith("messages of streams") and line.endswith(" 0") for line in told)
    assert told[-1].endswith("would be forgotten. Nothing was changed.")
    assert holds_any(campus, left.telltales)


def test_what_was_told_is_what_goes(campus: CampusStage, left: Left) -> None:
    """
    The same numbers, kind by kind; afterwards nothing but what is spared is past its day.
    """
    _, said = types(campus, "--dry-run")
    status, done = types(campus, "--rewrite")
    _, after = types(campus, "--dry-run")

    assert 0 == status
    assert [line.split()[:-1] for line in said[1:-1]] == [line.split()[:-1] for line in done[1:-1]]
    assert said[-1].split()[0] == done[-1].split()[0] != "0"
    assert "0 would be forgotten. Nothing was changed." == after[-1]
    assert not holds_any(campus, left.telltales)


def types(campus: CampusStage, *words: str) -> tuple[int, list[str]]:
    """The exit status and the lines of `bluelight forget …`."""
    desk = Desk(campus.database, campus.settings.anchor, campus.clock())
    result = CliRunner().invoke(forget, words, obj=desk, catch_exceptions=False)
    return result.exit_code, [line.rstrip() for line in result.output.splitlines()]
