"""Every recipient's stream is numbered without a gap, and shows what its reader may see now."""

from datetime import timedelta
from uuid import uuid4

import pytest

from backend.inbox.message import only_ids
from tests.campus import CampusStage
from tests.campus_people import Person


def seqs(person: Person, after: int = 0) -> list[int]:
    return [message["seq"] for message in person.messages(after)]


def test_every_stream_is_numbered_from_one_without_a_gap(campus: CampusStage) -> None:
    """
    Owner, officer and console count for themselves, whatever happens to a case.
    """
    officer, controller, student = campus.officer(), campus.controller(), campus.student()
    case = student.taps("help", at=campus.SHERFIELD, note="please come")
    officer.shows("offer")
    officer.accepts()
    for move in ("en_route", "on_scene", "resolved"):
        officer.moves(move, case["id"])

    for person in (officer, controller, student):
        numbers = seqs(person)
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) >= 5
        assert len({message["id"] for message in person.messages()}) == len(numbers)


def test_reading_on_starts_right_after_the_number_named(campus: CampusStage) -> None:
    """
    A phone that has 3 gets 4 and what follows; one that has everything gets nothing.
    """
    officer, student = campus.officer(), campus.student()
    student.taps("help", at=campus.SHERFIELD)
    officer.accepts()
    newest = seqs(student)[-1]

    assert seqs(student, after=2) == list(range(3, newest + 1))
    assert seqs(student, after=newest) == []


@pytest.mark.parametrize("after", ["-1", "x", "1.5", str(2**60), "NaN"])
def test_a_number_that_is_none_is_refused_by_name(campus: CampusStage, after: str) -> None:
    """
    The field is named; the stream is not touched.
    """
    response = campus.student().asks("GET", f"/v1/stream?after={after}")

    assert response.status_code == 422
    assert [fault["field"] for fault in response.get_json()["errors"]] == ["after"]


def test_a_receipt_counts_once(campus: CampusStage) -> None:
    """
    A phone that repeats itself is an ordinary phone: the second receipt is no news.
    """
    officer = campus.officer()
    campus.student().taps("help", at=campus.LIBRARY)
    receipt = {"message_ids": [officer.messages()[0]["id"]], "stage": "displayed"}

    assert officer.posts("/v1/receipts", receipt) == {"confirmed": 1}
    assert officer.posts("/v1/receipts", receipt) == {"confirmed": 0}


def test_opened_follows_displayed_and_implies_it(campus: CampusStage) -> None:
    """
    Whichever receipt was lost on the way, the case is seen; displayed after opened is no news.
    """
    officer, student = campus.officer(), campus.student()
    student.taps("help", at=campus.LIBRARY)
    ids = [officer.messages()[0]["id"]]

    confirmed = [
        officer.posts("/v1/receipts", {"message_ids": ids, "stage": stage})["confirmed"]
        for stage in ("opened", "displayed", "opened")
    ]

    assert confirmed == [1, 0, 0]
    assert student.looks()["seen"]


def test_displayed_and_then_opened_are_both_news(campus: CampusStage) -> None:
    """
    The second says more than the first; the case is seen once.
    """
    officer, student = campus.officer(), campus.student()
    student.taps("help", at=campus.LIBRARY)
    ids = [officer.messages()[0]["id"]]

    confirmed = [
        officer.posts("/v1/receipts", {"message_ids": ids, "stage": stage})["confirmed"]
        for stage in ("displayed", "opened")
    ]

    assert confirmed == [1, 1]
    assert [line["stage"] for line in student.looks()["progress"]].count("seen") == 1


def test_somebody_elses_message_cannot_be_confirmed(campus: CampusStage) -> None:
    """
    Ids of others and ids of nothing are passed over, and the case stays unseen.
    """
    officer, student = campus.officer(), campus.student()
    student.taps("help", at=campus.LIBRARY)
    ids = [officer.messages()[0]["id"], str(uuid4())]

    confirmed = student.posts("/v1/receipts", {"message_ids": ids, "stage": "displayed"})

    assert confirmed == {"confirmed": 0}
    assert not student.looks()["seen"]


def test_the_owner_looking_at_their_own_case_has_not_been_seen(campus: CampusStage) -> None:
    """
    `seen` is about somebody who can help.
    """
    campus.officer()
    student = campus.student()
    student.taps("help", at=campus.LIBRARY)

    student.shows("incident")

    assert not student.looks()["seen"]


def test_a_withdrawn_offer_keeps_its_ids_and_loses_the_rest(campus: CampusStage) -> None:
    """
    Who read the offer in time saw the case; who asks again after it was taken sees that there was one.
    """
    near, far, student = campus.officer("near"), campus.officer("far", at=campus.BEIT), campus.student()
    student.taps("help", at=campus.LIBRARY, note="my words")
    campus.passes(seconds=120)
    assert far.messages()[0]["data"]["incident"]["note"] == "my words"

    near.accepts()

    closed = far.messages()[0]
    assert closed["type"] == "offer"
    assert closed["data"] == only_ids(closed["data"])
    assert {"incident_id", "offer_id"} <= set(closed["data"])
    assert near.messages()[0]["data"]["incident"]["note"] == "my words"


def test_a_closed_case_is_closed_to_its_officer_and_open_to_its_owner(campus: CampusStage) -> None:
    """
    The owner's own messages stay whole; the officer's keep only ids, the conversation included.
    """
    officer, student = campus.officer(), campus.student()
    case = student.taps("help", at=campus.LIBRARY, note="my words")
    officer.accepts()
    officer.moves("resolved", case["id"])

    read = {message["type"]: message["data"] for message in officer.messages()}
    assert {"offer", "incident"} <= set(read)
    for data in read.values():
        assert data == only_ids(data)
    assert student.heard("incident")[-1]["state"] == "resolved"
    assert student.heard("chat")[0]["text"] == "my words"


def test_a_closed_case_leaves_no_position_in_a_consoles_stream(campus: CampusStage) -> None:
    """
    Where the caller was is the control room's to know while the case is open, also when it is read again.
    """
    controller, student = campus.controller(), campus.student()
    case = student.taps("help", at=campus.LIBRARY)
    told = [data["position"] for data in controller.heard("incident")]
    controller.posts(f"/console/api/incidents/{case['id']}/resolve", {"note": None})

    *read, end = controller.heard("incident")

    assert all(told)
    assert [only_ids(data) for data in read] == read
    assert ("resolved", None) == (end["state"], end["position"])
    assert controller.gets(f"/console/api/incidents/{case['id']}")["position"] is None


def test_a_console_that_missed_it_is_told_that_a_case_and_its_alarm_are_over(campus: CampusStage) -> None:
    """
    Or the board would go on showing both: what comes late is read from the rows when the case is closed already.
    """
    controller, other, student = campus.controller(), campus.controller("other"), campus.student()
    case = student.taps("help", at=campus.LIBRARY)
    last_seq = other.messages()[-1]["seq"]
    alarm = other.heard("alarm")[-1]["alarm_id"]

    controller.posts(f"/console/api/alarms/{alarm}/take", {})
    student.posts(f"/v1/incidents/{case['id']}/cancel", {})

    missed = other.messages(after=last_seq)
    assert "cancelled" == [one["data"] for one in missed if "incident" == one["type"]][-1]["state"]
    assert [one["data"]["taken_at"] for one in missed if "alarm" == one["type"] and one["data"]["alarm_id"] == alarm]


def test_a_resync_hides_no_number(campus: CampusStage) -> None:
    """
    What is closed leaves its number and id behind, so that nobody waits for it.
    """
    officer, student = campus.officer(), campus.student()
    case = student.taps("help", at=campus.LIBRARY)
    officer.accepts()
    before = [(message["seq"], message["id"], message["type"]) for message in officer.messages()]

    officer.moves("resolved", case["id"])

    assert [(one["seq"], one["id"], one["type"]) for one in officer.messages()][: len(before)] == before


def test_a_number_older_than_what_is_kept_is_told_so(campus: CampusStage) -> None:
    """
    410 `stream-too-old` once messages after it were forgotten; from 0 the stream goes on with what there is.
    """
    officer, student = campus.officer(), campus.student()
    student.taps("help", at=campus.LIBRARY)
    officer.accepts()
    forgotten = seqs(student)[-1]
    campus.skips(days=campus.configuration.keeping.streams_days, seconds=1)
    student.asks("POST", f"/v1/incidents/{student.case['id']}/cancel", {})
    campus.settles()
    campus.service.rounds.forget()

    too_old = student.asks("GET", "/v1/stream?after=1")

    assert (too_old.status_code, too_old.get_json()["type"]) == (410, "/problems/stream-too-old")
    assert seqs(student)[0] == forgotten + 1
    assert seqs(student, after=forgotten) == seqs(student)


def test_numbers_go_on_after_everything_was_forgotten(campus: CampusStage) -> None:
    """
    An empty stream is not a new one: what comes next follows the last number ever given.
    """
    officer, student = campus.officer(), campus.student()
    student.taps("help", at=campus.LIBRARY)
    officer.accepts()
    last = seqs(student)[-1]
    student.asks("POST", f"/v1/incidents/{student.case['id']}/cancel", {})
    campus.clock.now += timedelta(days=30)
    campus.service.rounds.forget()
    assert seqs(student, after=last) == []
    assert student.asks("GET", "/v1/stream?after=1").status_code == 410

    campus.settles()

    assert seqs(student)[0] == last + 1
