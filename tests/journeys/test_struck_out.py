"""A reporter strikes out a person, not a key: whatever keys that person has by then, or takes meanwhile."""

import pytest

from tests.campus import CampusStage
from tests.journeys.concern_pages import Browser
from tests.journeys.desk import Adviser, adviser, ids, waits_a_day
from tests.reporter import at_the_door

WORDS = "It is about one of you."


@pytest.fixture
def two(campus: CampusStage) -> tuple[Adviser, Adviser]:
    """
    Whom it is about, and a colleague.
    """
    return adviser(campus, "subject"), adviser(campus, "colleague")


def read_by(campus: CampusStage, *advisers: Adviser) -> list[int]:
    """How many concerns each is shown on the next day."""
    waits_a_day(campus)
    return [len(ids(one.lists())) for one in advisers]


@pytest.mark.parametrize("beside", [False, True], ids=["in its place", "beside it"])
def test_a_new_key_reads_nothing_from_which_its_owner_was_struck_out(
    campus: CampusStage, two: tuple[Adviser, Adviser], beside: bool
) -> None:
    """
    The form was open while the adviser took another key; the box stays ticked when the form is shown again.
    """
    subject, colleague = two
    browser, key_id = Browser(campus), subject.key_id
    fields = {"words": WORDS, "without": key_id}
    subject.has_new_key(beside=beside)

    looked = browser.presses("check", **fields)
    sent = browser.presses("send", **looked.hidden, **fields)

    assert (201, 1) == (sent.status, looked.html.count(" checked"))
    assert [0, 1] == read_by(campus, subject, colleague)


def test_one_key_stands_for_all_of_its_owner(campus: CampusStage, two: tuple[Adviser, Adviser]) -> None:
    """
    At the API as well, where a name with two keys is told twice.
    """
    subject, colleague = two
    subject.has_new_key(beside=True)

    at_the_door(campus.client).lodges(WORDS, without=[subject.key_id])

    assert [0, 1] == read_by(campus, subject, colleague)


def test_a_client_that_seals_to_half_of_an_adviser_is_refused(
    campus: CampusStage, two: tuple[Adviser, Adviser]
) -> None:
    """
    Whether they were to read it cannot be told from that; to none of their keys it is taken.
    """
    subject, colleague = two
    subject.has_new_key(beside=True)
    somebody = at_the_door(campus.client)

    half = somebody.seals(WORDS, without=[subject.key_id])[1]
    whole = somebody.seals(WORDS, without=list(subject.private))[1]
    answers = [somebody.call("POST", "/v1/concerns", {**one, "work": somebody.work()})[0] for one in (half, whole)]

    assert [422, 201] == answers
    assert [0, 1] == read_by(campus, subject, colleague)


@pytest.mark.parametrize("without", [["9f86d081884c7d65"], [f"{nth:016x}" for nth in range(200)]], ids=["one", "many"])
def test_a_key_that_is_nobodys_is_not_passed_over(
    campus: CampusStage, two: tuple[Adviser, Adviser], without: list[str]
) -> None:
    """
    Whoever was meant would get a copy: the reporter is asked to look once more.
    """
    somebody = at_the_door(campus.client)
    body = {"words": WORDS, "without": without, "work": somebody.work()}

    status, problem = somebody.call("POST", "/v1/concerns", body)
    page = Browser(campus).presses("send", words=WORDS, without=without[0])

    assert (422, ["without"]) == (status, [fault["field"] for fault in problem["errors"]])
    assert (422, True) == (page.status, "look once more at whom you leave out" in page.text)
    assert [0] == read_by(campus, two[0])
