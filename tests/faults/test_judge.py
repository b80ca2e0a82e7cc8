"""The judge of `make faults`: silent about a run in which all was well, and each breach is found by its own promise."""

from pathlib import Path

import pytest

from tests.faults.run.journal import Journal, read_journal
from tests.faults.run.judging import breaches
from tests.faults.run.kept import Asked, Case, Pushed, Told
from tests.faults.run.killing import back_after
from tests.faults.run.rules_of_cases import told_late
from tests.faults.run.story import Call, Heard, story_of
from tests.faults.spoiled_runs import FOUND_BY, Spoil, ran_well


def test_a_run_in_which_all_was_well_breaks_nothing() -> None:
    """
    Retries, refusals, a position that came late, a warning that ended and an officer who left are no breach.
    """
    story, kept = ran_well()

    found = breaches(story, kept)

    assert {name: [] for name in found} == found


@pytest.mark.parametrize("spoil", FOUND_BY, ids=lambda spoil: spoil.__name__)
def test_a_breach_is_found(spoil: Spoil) -> None:
    """
    One thing is made wrong in what clients wrote or in what is kept, and the promise that it breaks says so.
    """
    story, kept = ran_well()
    spoil(story, kept)

    found = breaches(story, kept)

    assert found[FOUND_BY[spoil]]


def test_a_call_without_an_answer_proves_nothing_about_duty() -> None:
    """
    The officer asked to leave and was never answered: they may be on duty still.
    """
    story, kept = ran_well()
    story.calls.append(Call("officer2", "off_duty", 5, 6, None, None, None))

    found = breaches(story, kept)

    assert [] == found["I13"]


def test_a_push_just_after_an_officer_came_back_is_no_breach() -> None:
    """
    They left, came again, and were pushed a case half a second later: what may still be under way does not reach back.
    """
    story, kept = ran_well()
    story.calls.append(Call("officer2", "off_duty", 13, 14, 200, None, None))
    story.calls.append(Call("officer2", "on_duty", 18, 18.1, 200, None, None))
    kept.deliveries.append(Pushed("officer2", "push", "case-1", 18.5))

    found = breaches(story, kept)

    assert [] == found["I13"]


@pytest.mark.parametrize(("heard_at", "breaks"), [(18.3, False), (17.95, True)])
def test_an_offer_that_waited_for_its_commit_may_be_to_somebody_who_came_meanwhile(
    heard_at: float, breaks: bool
) -> None:
    """
    Its row bears the moment before the officer came back; only what they heard while they were away is a breach.
    """
    story, kept = ran_well()
    story.calls.append(Call("officer2", "off_duty", 13, 14, 200, None, None))
    story.calls.append(Call("officer2", "on_duty", 18, 18.1, 200, None, None))
    kept.offers.append(Asked("offer-3", "case-1", "officer2", 0, 1, "withdrawn", 17.9))
    story.heard.append(Heard(heard_at, "officer2", 1, 3, "m-9", "offer", "case-1", "offer-3"))

    found = breaches(story, kept)

    assert breaks is bool(found["I13"])


@pytest.mark.parametrize(("closed_at", "breaks"), [(25.0, False), (33.0, True)])
def test_a_stop_that_began_after_the_press_is_not_counted_as_waiting(closed_at: float, breaks: bool) -> None:
    """
    Pressed at eight, nobody could be told from nine to twenty: called off five seconds later is no loss, thirteen is.
    """
    story, kept = ran_well()
    story.calls.append(Call("student2", "tap", 8, 8.1, 201, "case-2", "tap-2"))
    kept.taps["student2", "tap-2"] = ["case-2"]
    kept.cases["case-2"] = Case("case-2", "student2", "help", "cancelled", 1, 8.0, closed_at)
    story.down.append((9.0, 20.0))

    found = breaches(story, kept)

    assert breaks is any("case-2" in told for told in found["I1"])


@pytest.mark.parametrize(("at", "breaks"), [(50.0, True), (61.0, False)])
def test_what_comes_up_when_a_console_has_gone_is_told_to_nobody(at: float, breaks: bool) -> None:
    """
    They hung up after a minute; a message of before that which they never got is a hole.
    """
    story, kept = ran_well()
    story.over["controller1@console", 1] = 60.0
    kept.messages.append(Told("controller1@console", 3, "m-9", "alarm", None, at))

    found = breaches(story, kept)

    assert breaks is bool(found["I4"])


def test_how_late_an_officer_knew_is_measured_on_a_connection_that_stood() -> None:
    """
    From the yes that was enough to the word of it; who was cut off in between is not counted.
    """
    story, kept = ran_well()
    measured = told_late(story, kept)
    story.down.append((11.0, 12.15))

    assert [pytest.approx(0.1)] == measured
    assert [] == told_late(story, kept)


def test_recovery_lasts_until_a_press_is_answered_and_an_officer_is_asked() -> None:
    """
    Counted from the kill to the later of the two; a kill after which nobody pressed measures nothing.
    """
    story, _ = ran_well()
    story.down += [(9.0, 9.5), (40.0, 41.0)]

    found = back_after(story)

    assert [pytest.approx(1.4)] == found


def test_a_journal_is_read_in_order_and_without_a_line_that_was_cut_off(tmp_path: Path) -> None:
    """
    Each line is in the file when it is noted; a client that was killed in the middle of one takes only that.
    """
    journal = Journal(tmp_path / "one.jsonl")
    journal.note("student1", "tap", phase="begin", about="tap-1", attempt=1)
    journal.note("student1", "tap", phase="end", about="tap-1", attempt=1, status=201, case="case-1")
    with (tmp_path / "one.jsonl").open("a") as file:
        file.write('{"at": 1, "who')

    story = story_of(read_journal(tmp_path / "one.jsonl"))
    journal.close()

    assert [("student1", "tap-1", 201, "case-1")] == [(c.who, c.about, c.status, c.case) for c in story.calls]
