"""The day from its first minute to its last look."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from infra.drill.broadcaster import Broadcaster
from infra.drill.bystander import LATE, Bystander, hows
from infra.drill.cast import Cast
from infra.drill.controller import Controller
from infra.drill.history import History
from infra.drill.officer import Officer
from infra.drill.stage import Stage
from infra.drill.student import Student

#: One officer sees to a case in some ten seconds: as many are pressed.
CASES_A_SECOND = 0.1

#: How long the morning, the last cases and the last looks may take.
MORNING_S, EVENING_S, LOOKS_S = 30.0, 60.0, 180.0

#: What is said last is told by then.
QUIET_S = 1.5


@dataclass(frozen=True, slots=True)
class Scene:
    """How far the day is, for whoever watches."""

    share: float
    words: str


Watch = Callable[[Scene], None]


class NoMorning(Exception):
    """The players could not come on duty: there is nothing to judge."""


def play(cast: Cast, history: History, minutes: float, watch: Watch) -> list[BaseException]:
    """
    Play it; the faults of players who stumbled (there should be none).

    Raises NoMorning. Whatever ends it early, every connection is closed.
    """
    stage = Stage()
    officers = [Officer(cast, part, stage, history) for part in cast.officers]
    controllers = [Controller(cast, part, stage, history) for part in cast.controllers]
    pause_s = max(1.0, len(cast.students) / (CASES_A_SECOND * max(1, len(officers))))
    # Everybody presses at least once, in the first half of the day if not sooner.
    first_s = min(pause_s, minutes * 30)
    students = [Student(cast, part, stage, history, pause_s) for part in cast.students]
    bystanders = [
        Bystander(cast, part, stage, history, how)
        for part, how in zip(cast.students, hows(len(cast.students)), strict=True)
    ]
    broadcaster = Broadcaster(cast, cast.controllers[0], stage, history)
    faults = stage.faults
    try:
        for officer in officers:
            stage.begin(officer.goes_on_duty())
        for controller in controllers:
            stage.begin(controller.sits_down())
        if not becomes(lambda: all(one.is_listening for one in (*officers, *controllers)), MORNING_S):
            raise NoMorning("Not every officer and controller could open a live connection.")
        for student in students:
            stage.begin(student.day(first_s))
        for bystander in bystanders:
            stage.begin(bystander.day())
        stage.begin(broadcaster.warns(minutes * 60))
        _pass(history, minutes * 60, watch)
        stage.is_open = False
        watch(Scene(1.0, "the last cases"))
        becomes(lambda: not any(student.is_busy for student in students), EVENING_S)
        for bystander in bystanders:
            if bystander.how == LATE:
                stage.begin(bystander.switches_on())
        time.sleep(QUIET_S)
        stage.end()
        watch(Scene(1.0, "looking back"))
        return faults + _look_back(history, students, officers, controllers, broadcaster)
    finally:
        stage.is_open = False
        stage.end()
        for player in (*officers, *controllers, *students, *bystanders):
            player.hangs_up()
        history.flush()


def _look_back(
    history: History,
    students: Sequence[Student],
    officers: Sequence[Officer],
    controllers: Sequence[Controller],
    broadcaster: Broadcaster,
) -> list[BaseException]:
    """On a stage of its own: on the day's there are players who only wait."""
    stage = Stage()
    for student in students:
        stage.begin(student.looks_back())
    for officer in officers:
        stage.begin(officer.looks_back())
    stage.begin(broadcaster.counts())
    taken = {one["case"] for one in history.records if one["what"] in ("tap", "answer") and one.get("case")}
    told = {one["incident_id"] for one in history.records if one["what"] == "heard" and "incident_id" in one}
    cases = sorted(taken | told)
    for number, case in enumerate(cases):
        stage.begin(controllers[number % len(controllers)].looks_at(case))
    stage.empties(LOOKS_S)
    stage.end()
    time.sleep(QUIET_S)
    return stage.faults


def _pass(history: History, seconds: float, watch: Watch) -> None:
    began = time.monotonic()
    presses, read = 0, 0
    while (gone := time.monotonic() - began) < seconds:
        history.flush()
        news = history.records[read:]
        read += len(news)
        presses += sum(one["what"] == "press" for one in news)
        watch(Scene(gone / seconds, f"{presses} presses"))
        time.sleep(min(0.5, seconds - gone))


def becomes(true: Callable[[], bool], within_s: float) -> bool:
    """Whether it becomes true in time."""
    until = time.monotonic() + within_s
    while not true():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True
