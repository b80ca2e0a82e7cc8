"""A check-in that several want to end, to change and to run out in the same instant."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

from backend.incidents import checking_in, expiring
from backend.incidents.checking_in import Wanted
from backend.kernel.errors import Refusal
from backend.people.signing_in import recognise
from backend.people.verdict import Verdict
from tests.campus import CampusStage
from tests.journeys.timers import sets


def test_ten_who_run_it_out_at_once_raise_one_case(campus: CampusStage) -> None:
    """
    Whatever process looks, and however often: one emergency.
    """
    student = campus.student()
    sets(student, 1, campus.LIBRARY)
    campus.clock.now += timedelta(minutes=1)
    take = partial(campus.database.write, expiring.take, student.id, now=campus.clock())

    with ThreadPoolExecutor(10) as pool:
        for done in [pool.submit(take) for _ in range(10)]:
            done.result()
    campus.settles()

    assert 1 == len(student.gets("/v1/incidents")["items"])
    assert "ran_out" == student.gets("/v1/check-in")["state"]


def test_an_end_at_the_last_second_either_counts_or_is_told_of_the_emergency(campus: CampusStage) -> None:
    """
    Never both, never neither: who ended it has no case, who was too late gets its id.
    """
    people = [campus.student(f"student{number}") for number in range(12)]
    for person in people:
        sets(person, 1)
    known = [campus.database.read(recognise, person.token, now=campus.clock()) for person in people]
    campus.clock.now += timedelta(minutes=1)

    def end(number: int) -> str:
        ended = campus.database.write(checking_in.end, Verdict.FREE, by=known[number], now=campus.clock())
        return str(ended.facts["incident_id"]) if isinstance(ended, Refusal) else ended.state

    with ThreadPoolExecutor(12) as pool:
        ends = [pool.submit(end, number) for number in range(12)]
        runs = [pool.submit(campus.database.write, expiring.take, one.id, now=campus.clock()) for one in people]
        for run in runs:
            run.result()
        told = [one.result() for one in ends]
    campus.settles()

    for person, answer in zip(people, told, strict=True):
        cases = [case["id"] for case in person.gets("/v1/incidents")["items"]]
        assert ([] if answer == "ended" else [answer]) == cases


def test_two_first_timers_set_at_once_are_one(campus: CampusStage) -> None:
    """
    A phone that sends twice over a bad line has one check-in.
    """
    student = campus.student()
    by = campus.database.read(recognise, student.token, now=campus.clock())
    wanted = Wanted(timedelta(minutes=5))

    with ThreadPoolExecutor(8) as pool:
        tries = [
            pool.submit(campus.database.write, checking_in.set_timer, wanted, by=by, now=campus.clock())
            for _ in range(8)
        ]
        ids = Counter(one.result().id for one in tries)
    campus.settles()

    assert [8] == list(ids.values())
