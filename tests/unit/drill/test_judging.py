"""Each promise is held against the history, and each way to break it is told."""

import json
from pathlib import Path
from typing import Any

import pytest

from infra.drill import judging, report
from infra.drill.recollection import Recollection
from infra.drill.warned import Warned
from tests.unit.drill.days import CAST, clock, day, good_day, has, hears, opens, press, says_yes, whole


def test_a_good_day_breaks_nothing() -> None:
    """
    Nothing is lost, doubled or late, and the times are those of the history.
    """
    found = day(good_day())

    rows = report.rows(found, Warned(), CAST, strays=0, faults=[])

    assert [] == [row for row in rows if not row.met]
    assert report.is_well(rows)
    assert [pytest.approx(0.2)] == judging.to_handset(found, CAST)
    assert [pytest.approx(0.1)] == judging.to_answer(found)
    assert [pytest.approx(2.1)] == judging.to_yes(found)
    assert [pytest.approx(0.3)] == judging.to_silence(found)


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (day(good_day(), press(tap="tap2", case="case2"), has("student1", "case1")), "has no such case"),
        (day(good_day(taps=[])), "is not to be found in case1"),
        (day(press(), has("student1", "case1")), "neither an officer"),
        (day(press()[:2], has("student1")), "was never answered"),
        (day(press(), has("student1", "case1"), whole(progress=[["cancelled", clock(12)]])), "neither an officer"),
    ],
)
def test_what_is_lost_is_found(found: Recollection, words: str) -> None:
    """
    No answer, no case, no trace of the press in it, or nobody who has heard of it.
    """
    (sentence,) = judging.lost(found, CAST)

    assert words in sentence


def test_who_calls_off_at_once_is_late_and_not_lost() -> None:
    """
    Nobody had heard of it after nine seconds: that is late.
    """
    found = day(press(), has("student1", "case1"), whole(progress=[["cancelled", clock(10)]]))

    lost, late = judging.lost(found, CAST), judging.unheard_of(found, CAST)

    assert ([], 1) == (lost, late)


def test_an_alarm_is_enough() -> None:
    """
    Where no officer could be asked the control room knows.
    """
    found = day(
        press(), hears("controller1", 1, "alarm", 1.5, alarm_id="a"), opens("controller1"), has("student1", "case1")
    )

    assert [] == judging.lost(found, CAST)


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (day(press(), press(at=2.0, case="case2")[1:]), "tap1 led to 2 cases"),
        (day(good_day(), has("student1", "case1", "case7")), "has case7, to which no press led"),
        (day(good_day(), whole("case7")), "tap1 stands in 2 cases"),
    ],
)
def test_what_is_doubled_is_found(found: Recollection, words: str) -> None:
    """
    Two cases of one press, a case of none, a press in two.
    """
    sentences = judging.doubled(found)

    assert [words] == [sentence[-len(words) :] for sentence in sentences]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ([hears("student1", 5, "incident", 9.5)], ["never heard 2 messages, the first 3", "heard 5 after 2"]),
        ([hears("student1", 1, "incident", 9.5, id="other")], ["two things under the number 1", "heard 1 after 2"]),
        (
            [opens("student1", line=2, after=2, at=9.4), hears("student1", 2, "incident", 9.5, line=2)],
            ["heard 2 after 2"],
        ),
    ],
)
def test_a_hole_in_a_stream_is_found(more: list[dict[str, object]], words: list[str]) -> None:
    """
    A number that never came, one that was given twice, one that was out of order on its connection.
    """
    sentences = judging.gaps(day(good_day(), more))

    assert len(words) == len(sentences)
    assert all(word in sentence for word, sentence in zip(words, sentences, strict=True))


def test_what_came_twice_by_another_way_is_no_hole() -> None:
    """
    The whole stream read once more by request changes nothing.
    """
    again = [hears("student1", seq, "incident", 20.0, line=None, by="request") for seq in (1, 2)]

    assert [] == judging.gaps(day(good_day(), again))
    assert [] == judging.backwards(day(good_day(), again))


def test_a_case_that_goes_backwards_is_found() -> None:
    """
    After resolved nobody may be told accepted.
    """
    back = hears("student1", 3, "incident", 9.5, state="accepted")

    assert ["student1 saw case1 go back to accepted"] == judging.backwards(day(good_day(), back))


def test_an_officer_too_many_is_found() -> None:
    """
    Two were told yes where one was wanted.
    """
    too_many = says_yes("officer2", 3.1, offer="offer2")

    assert ["case1 wanted 1 and has 2"] == judging.crowded(day(good_day(), too_many))
    assert [] == judging.crowded(day(good_day(wanted=2), too_many))


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (day(good_day(), opens("student2"), hears("student2", 1, "incident", 5.0)), "student2 heard of case1"),
        (day(good_day(offers=[["o1", 0, 0, clock(1), False]])), "officer2 heard of case1 and was never asked"),
        (day(good_day(exercise=False)), "case1 is no exercise"),
        (day(good_day(), {"at": 5.0, "who": "controller1", "what": "sees", "cases": 1, "real": 1}), "a real row"),
    ],
)
def test_who_heard_what_they_may_not_is_found(found: Recollection, words: str) -> None:
    """
    A stranger, an officer who was not asked, the real world on the exercise's board.
    """
    sentences = judging.overheard(found, CAST)

    assert sentences
    assert all(words in sentence for sentence in sentences)


def test_an_offer_of_nothing_is_found() -> None:
    """
    What was told and cannot be looked at was never committed.
    """
    told = hears("officer1", 2, "offer", 5.0, incident_id="case9", offer_id="offer9")

    assert ["case9 was told of and is not there"] == judging.phantoms(day(good_day(), told))


@pytest.mark.parametrize(
    ("facts", "off"),
    [
        ({"rung": 1, "progress": [["resolved", clock(19)]]}, False),
        ({"rung": 1, "progress": [["resolved", clock(25)]]}, True),
        ({"rung": 2, "progress": [["resolved", clock(25)]]}, False),
        ({"rung": 3, "progress": [["resolved", clock(25)]]}, True),
        ({"rung": 3, "progress": [["cancelled", clock(60)]], "alarms": [["unanswered", clock(46.4)]]}, False),
        ({"rung": 3, "progress": [["cancelled", clock(60)]], "alarms": [["unanswered", clock(48.1)]]}, True),
        ({"rung": 2, "offers": [["o1", 0, 1, clock(21.5), False]], "progress": [["accepted", clock(23)]]}, False),
        ({"rung": 2, "offers": [["o1", 0, 1, clock(22.5), False]], "progress": [["accepted", clock(23)]]}, True),
        ({"rung": 1, "progress": []}, False),
    ],
)
def test_a_rung_that_misses_its_second_is_found(facts: dict[str, Any], off: bool) -> None:
    """
    One not climbed, one climbed too soon, an alarm or an offer at the wrong second; who still waits is not judged.
    """
    found = day(press(left=True), whole(**facts))

    assert off == bool(judging.climbs(found, CAST.ladders).off)


def test_an_officer_who_was_cut_off_is_not_the_services_delay() -> None:
    """
    What is heard on coming back is the network's time, and no figure of ours.
    """
    late = hears("officer1", 1, "offer", 9.0, offer_id="offer1", line=2)

    assert [] == judging.to_handset(day(press(), opens("officer1", line=2, at=8.0), late), CAST)


def test_what_is_grave_ends_the_command_and_what_is_slow_does_not() -> None:
    """
    A real person who was told is grave; a slow handset on a slow machine is only told.
    """
    slow = [
        opens("officer1"),
        *press(),
        hears("officer1", 1, "offer", 4.0, offer_id="o"),
        has("student1", "case1"),
        whole(),
    ]

    rows = report.rows(day(slow), Warned(), CAST, strays=0, faults=[])

    assert report.is_well(rows)
    assert ["press → officer's handset", "late on the handset"] == [row.name for row in rows if not row.met]
    assert not report.is_well(report.rows(day(good_day()), Warned(), CAST, strays=1, faults=[]))
    assert not report.is_well(report.rows(day(good_day()), Warned(), CAST, strays=0, faults=[ValueError("x")]))


def test_the_figures_are_kept_for_programs(tmp_path: Path) -> None:
    """
    A list of name, figure, promise and met, as the benchmarks keep theirs.
    """
    rows = report.rows(day(good_day()), Warned(), CAST, strays=0, faults=[])

    report.keep(rows, tmp_path / "var" / "drill.json")

    told = json.loads((tmp_path / "var" / "drill.json").read_text())
    assert len(rows) == len(told)
    assert {"name": "lost (I1)", "figure": "0", "promise": "0", "met": True} in told
