"""Whatever people do in whatever order, and wherever the rounds come in between: the promises hold."""

from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings as profile
from hypothesis.stateful import run_state_machine_as_test

from infra.settings import Settings
from tests.campus import CampusStage, Clock
from tests.journeys.conftest import SECRET, copy_store
from tests.journeys.day_machine import days_on


def lives_through(folder: Path, template: Path, examples: int, steps: int, *, derandomize: bool) -> int:
    """So many days of so many deeds, each on a campus of its own; how many there were."""
    numbers = count(1)
    lived = 0

    def opens() -> CampusStage:
        nonlocal lived
        lived += 1
        own = folder / str(next(numbers))
        own.mkdir()
        copy_store(template, own)
        return CampusStage(Settings(data_dir=own, secret_key=SECRET), Clock())

    chosen = profile(
        max_examples=examples,
        stateful_step_count=steps,
        derandomize=derandomize,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(days_on(opens), settings=chosen)
    return lived


@pytest.mark.timeout(240)
def test_the_promises_hold_on_any_day(sqlite_template: Path, tmp_path: Path) -> None:
    """
    Presses, yes and no, duty and roles come and go, time passes: the same few days in every run.
    """
    days, deeds = (8, 20)

    lived = lives_through(tmp_path, sqlite_template, days, deeds, derandomize=True)

    assert lived >= days


@pytest.mark.long
@pytest.mark.timeout(1200)
def test_the_promises_hold_on_hundreds_of_days(sqlite_template: Path, tmp_path: Path) -> None:
    """
    The same, longer and other days every time.
    """
    days, deeds = (150, 50)

    lived = lives_through(tmp_path, sqlite_template, days, deeds, derandomize=False)

    assert lived >= days
