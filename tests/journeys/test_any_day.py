"""Whatever people do in whatever order, and wherever the rounds come in between: the promises hold."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings as profile
from hypothesis.stateful import run_state_machine_as_test

from infra.settings import Settings
from tests.campus import CampusStage, Clock
from tests.journeys.conftest import SECRET, copy_store
from tests.journeys.day_machine import days_on


def lives_through(folder: Path, template: Path, examples: int, steps: int, *, derandomize: bool) -> int:
    """So many days of so many deeds on one campus; how many cases there were."""
    copy_store(template, folder)
    campus = CampusStage(Settings(data_dir=folder, secret_key=SECRET), Clock())
    campus.controller("desk")
    members = [campus.student(f"member{number}") for number in range(4)]
    officers = [campus.officer(f"officer{number}", on_duty=False) for number in range(4)]
    chosen = profile(
        max_examples=examples,
        stateful_step_count=steps,
        derandomize=derandomize,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    try:
        run_state_machine_as_test(days_on(campus, members, officers), settings=chosen)
        return sum(len(one.gets("/v1/incidents?limit=100")["items"]) for one in members)
    finally:
        campus.closes()


@pytest.mark.timeout(240)
def test_the_promises_hold_on_any_day(sqlite_template: Path, tmp_path: Path) -> None:
    """
    Presses, yes and no, duty and roles come and go, time passes: the same few days in every run.
    """
    examples, steps = (8, 20)

    cases = lives_through(tmp_path, sqlite_template, examples, steps, derandomize=True)

    assert cases > 0


@pytest.mark.long
@pytest.mark.timeout(1200)
def test_the_promises_hold_on_hundreds_of_days(sqlite_template: Path, tmp_path: Path) -> None:
    """
    The same, longer and other days every time.
    """
    examples, steps = (150, 50)

    cases = lives_through(tmp_path, sqlite_template, examples, steps, derandomize=False)

    assert cases > 0
