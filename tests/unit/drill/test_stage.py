"""Scripts wait for far longer than they act, and one that stumbles stops nobody else."""

import threading
import time
from collections.abc import Iterator

import pytest

from infra.drill.stage import Script, Stage


@pytest.fixture
def stage() -> Iterator[Stage]:
    stage = Stage(actors=2)
    yield stage
    stage.end()


def test_many_scripts_share_a_few_actors(stage: Stage) -> None:
    """
    A hundred who each wait twice are played by two threads in the time of one.
    """
    seen: list[str] = []

    def play() -> Script:
        for _ in range(2):
            seen.append(threading.current_thread().name)
            yield 0.05

    began = time.monotonic()
    for _ in range(100):
        stage.begin(play())

    assert stage.empties(within_s=10)
    assert 200 == len(seen)
    assert len(set(seen)) <= 2
    assert time.monotonic() - began < 5


def test_one_who_stumbles_is_told_of_and_the_others_go_on(stage: Stage) -> None:
    """
    The fault is kept for the end of the day.
    """
    done = threading.Event()

    def stumble() -> Script:
        yield 0.0
        raise LookupError("a player")

    def go_on() -> Script:
        yield 0.05
        done.set()

    stage.begin(stumble())
    stage.begin(go_on())

    assert stage.empties(within_s=10)
    assert done.is_set()
    assert ["a player"] == [str(fault) for fault in stage.faults]


def test_what_waits_when_the_stage_ends_never_goes_on() -> None:
    """
    Nobody presses after the day.
    """
    stage = Stage(actors=1)
    acted: list[int] = []

    def late() -> Script:
        yield 30.0
        acted.append(1)

    stage.begin(late())
    assert not stage.empties(within_s=0.1)
    stage.end()

    assert [] == acted
