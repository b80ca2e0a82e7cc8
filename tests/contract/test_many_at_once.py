"""Many at the same instant: retries of one tap, a finger that will not stop, and officers who say yes together."""

import random
import time
from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from tests.phone import LIBRARY, Answer, Message, Phone, at_once, eventually
from tests.server import Server, running_server

ROUNDS = 40

OFFICERS = tuple(f"officer{number}" for number in range(1, 7))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """
    One server for the tests of this file.
    """
    with running_server(tmp_path_factory.mktemp("many")) as server:
        yield server


@pytest.fixture(scope="module")
def officers(server: Server) -> list[Phone]:
    """
    All six on duty, each with an open socket.
    """
    phones = [Phone(server, name) for name in OFFICERS]
    for phone in phones:
        phone.goes_on_duty(at=LIBRARY)
        phone.connects()
    return phones


def test_one_tap_sent_fifty_times_at_once_is_one_case(server: Server) -> None:
    """
    Fifty answers 2xx with one id; one of them opened the case; its note is said once.
    """
    student, tap_id = Phone(server, "student1"), str(uuid4())

    answers = at_once([lambda: student.taps("emergency", tap_id=tap_id, note="smoke on the stairs")] * 50)

    assert {201: 1, 200: 49} == Counter(status for status, _ in answers)
    assert 1 == len({case["id"] for _, case in answers})
    assert ["smoke on the stairs"] == [one["text"] for one in student.conversation(answers[0][1]["id"])]
    assert [answers[0][1]["id"]] == _open_cases(student)


def test_a_hundred_taps_of_one_person_within_ten_seconds_are_one_case(server: Server) -> None:
    """
    Every one is answered 2xx with the same case, and every note can be found in it.
    """
    student, begun = Phone(server, "student2"), time.monotonic()

    def press(finger: int) -> list[tuple[int, Any]]:
        return [student.taps("first_aid", note=f"{finger}/{number}") for number in range(20)]

    answers = [answer for of_one in at_once([partial(press, finger) for finger in range(5)]) for answer in of_one]

    assert time.monotonic() - begun < 10
    assert {201: 1, 200: 99} == Counter(status for status, _ in answers)
    assert 1 == len({case["id"] for _, case in answers})
    told = [one["text"] for one in _whole_conversation(student, answers[0][1]["id"])]
    assert sorted(f"{finger}/{number}" for finger in range(5) for number in range(20)) == sorted(told)
    assert 429 not in {status for status, _ in answers}


def test_everybody_presses_at_once_and_each_has_a_case_of_their_own(server: Server) -> None:
    """
    Twenty people, three kinds, at the same instant: sixty cases, none lost, none shared, each with its own reference.
    """
    people = [Phone(server, f"student{number}") for number in range(1, 21)]
    known = {id_ for person in people for id_ in _open_cases(person)}
    presses = [partial(person.taps, kind) for person in people for kind in ("emergency", "first_aid", "help")]

    answers = at_once(presses)

    assert {200, 201} >= {status for status, _ in answers}
    assert 60 == len({case["id"] for _, case in answers})
    assert 60 == len({case["reference"] for _, case in answers})
    assert known <= {case["id"] for _, case in answers}
    for person in people:
        for case_id in _open_cases(person):
            assert 200 == person.cancels(case_id).status


@pytest.mark.parametrize(("kind", "wanted"), [("help", 1), ("emergency", 2)])
def test_of_officers_who_accept_at_once_as_many_have_it_as_are_wanted(
    server: Server, officers: list[Phone], kind: str, wanted: int
) -> None:
    """
    Never one too many: who came too late gets 409 with the names of who has it, and stands down within a second.
    """
    student, slowest = Phone(server, "student20"), 0.0
    eventually(lambda: not any(officer.offers() for officer in officers))

    for number in range(ROUNDS):
        # Without a position everybody on duty is asked.
        _, case = student.taps(kind, at=None)
        offers = {officer.name: officer.is_asked_about(case["id"]) for officer in officers}
        racing = random.Random(number).sample(officers, 2 + number % 5)
        answers = at_once([partial(_says_yes, one, offers[one.name]) for one in racing])

        told = [answer.status for answer, _ in answers]
        has_it = [one for one, status in zip(racing, told, strict=True) if status == 200]
        assert (wanted, len(racing) - wanted) == (told.count(200), told.count(409)), told
        names = {_spoken(one.name) for one in has_it}
        assert names == {one["name"] for one in student.case(case["id"])["responders"]}
        for officer, (answer, at) in zip(racing, answers, strict=True):
            if answer.status == 409:
                assert names == {one["name"] for one in answer.body["taken_by"]}
                slowest = max(slowest, _stood_down_at(officer, offers[officer.name]) - at)
        for officer in officers:
            if officer not in has_it:
                _stood_down_at(officer, offers[officer.name])
        assert 200 == has_it[0].moves(case["id"], "resolved").status

    assert slowest < 1


def _says_yes(officer: Phone, offer_id: str) -> tuple[Answer, float]:
    """The answer, and when it came."""
    return officer.accepts(offer_id), time.monotonic()


def _stood_down_at(officer: Phone, offer_id: str) -> float:
    """When the handset was told to fall silent."""

    def wanted(message: Message) -> bool:
        return message["type"] == "offer_withdrawn" and message["data"]["offer_id"] == offer_id

    return officer.arrived_at[officer.messages.index(officer.waits_for(wanted, what="the withdrawal"))]


def _open_cases(person: Phone) -> list[str]:
    return [case["id"] for case in person.asks("GET", "/v1/incidents?open=true").body["items"]]


def _whole_conversation(person: Phone, incident_id: str) -> list[dict[str, Any]]:
    """Every page of what was said."""
    found, cursor = [], ""
    while True:
        page = person.asks("GET", f"/v1/incidents/{incident_id}/messages?{cursor}").body
        found += page["items"]
        if page["next_cursor"] is None:
            return found
        cursor = f"cursor={page['next_cursor']}"


def _spoken(name: str) -> str:
    """As the demo people are called."""
    return f"Officer {name.removeprefix('officer')}"
