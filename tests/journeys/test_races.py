"""Many at once: one tap fifty times, one case many yeses."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest

from backend.dispatch.acknowledging import acknowledge
from backend.incidents.raising import TapRequest, take_tap
from backend.kernel.errors import Conflict
from backend.kernel.vocabulary import Kind
from backend.people.signing_in import recognise
from tests.campus import CampusStage
from tests.campus_people import Officer, Person


def principal_of(campus: CampusStage, person: Person):
    return campus.database.read(recognise, person.token, now=campus.clock())


def test_the_same_tap_sent_fifty_times_at_once_is_one_case(campus: CampusStage) -> None:
    """
    Fifty writers with one tap_id: one incident, and exactly one of them opened it.
    """
    student = principal_of(campus, campus.student())
    tap = TapRequest(uuid4(), Kind.EMERGENCY)

    with ThreadPoolExecutor(50) as pool:
        answers = list(
            pool.map(lambda _: campus.database.write(take_tap, tap, by=student, now=campus.clock()), range(50))
        )

    assert len({incident.id for incident, _ in answers}) == 1
    assert [opened for _, opened in answers].count(True) == 1


def test_a_hundred_taps_of_one_person_at_once_are_one_case(campus: CampusStage) -> None:
    """
    Different tap_ids of the same kind join the one that came first.
    """
    student = principal_of(campus, campus.student())

    with ThreadPoolExecutor(20) as pool:
        answers = list(
            pool.map(
                lambda _: campus.database.write(
                    take_tap, TapRequest(uuid4(), Kind.HELP), by=student, now=campus.clock()
                ),
                range(100),
            )
        )

    assert len({incident.id for incident, _ in answers}) == 1
    assert [opened for _, opened in answers].count(True) == 1


@pytest.mark.parametrize(
    ("kind", "wanted", "rounds"),
    [
        ("first_aid", 1, 25),
        ("emergency", 2, 25),
        pytest.param("first_aid", 1, 500, marks=[pytest.mark.long, pytest.mark.timeout(600)]),
        pytest.param("emergency", 2, 500, marks=[pytest.mark.long, pytest.mark.timeout(600)]),
    ],
)
def test_never_one_too_many_accept(campus: CampusStage, kind: str, wanted: int, rounds: int) -> None:
    """
    Six officers say yes in the same moment: as many as wanted have it, the others are told who.
    """
    campus.policy(kind, steps=tuple(one_rung_for_all(campus, kind)))
    officers = [
        campus.officer(f"officer{number}", teams=["security", "first-aid"], skills={"first_aid": None})
        for number in range(6)
    ]
    answers = [play(campus, officers, campus.student(f"student{number}"), kind) for number in range(rounds)]

    assert answers == [Counter(yes=wanted, no=6 - wanted)] * rounds


def one_rung_for_all(campus: CampusStage, kind: str):
    """Everybody at once, so that everybody can answer at once."""
    first = campus.policy_of(kind).steps[0]
    return [type(first)(after_s=0, ask="team", and_tell="control-room")]


def play(campus: CampusStage, officers: list[Officer], student: Person, kind: str) -> Counter[str]:
    """One case, six answers at once, and the case closed again."""
    case = student.taps(kind, at=campus.LIBRARY)
    asked = [(principal_of(campus, one), UUID(one.offers[0]["id"])) for one in officers]

    def answer(one) -> str:
        by, offer_id = one
        try:
            campus.database.write(acknowledge, offer_id, by=by, now=campus.clock())
        except Conflict as late:
            return "no" if late.facts["taken_by"] else "nobody named"
        return "yes"

    with ThreadPoolExecutor(6) as pool:
        answers = Counter(pool.map(answer, asked))
    student.posts(f"/v1/incidents/{case['id']}/cancel")
    return answers
