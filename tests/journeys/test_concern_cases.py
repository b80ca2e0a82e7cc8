"""What two advisers do with a concern, faults first: whose hands are kept off it, and which words are refused."""

from typing import Any

import pytest

from backend.concerns.concern import MAILBOX_KEPT
from backend.concerns.sealing import REPORTER, key_id_of, new_private_key, public_of
from tests.campus import CampusStage
from tests.journeys.casework import Casework, casework, day, reporter_reads, with_copies
from tests.journeys.console import lines
from tests.journeys.desk import adds, adviser, lodged, today, waits_a_day

one_store = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)

STRANGE = key_id_of(public_of(new_private_key()))


def test_what_is_sealed_to_one_too_few_or_too_many_is_refused(campus: CampusStage) -> None:
    """
    A reader forgotten could not read it, one more would read what is not theirs; both are named, nothing is written.
    """
    work = casework(campus)
    note, reply = work.seals("a note"), work.seals("an answer", to_reporter=True)
    ben = work.ben.key_id
    wrong = [
        ("notes", with_copies(note, lambda copies: {k: v for k, v in copies.items() if k != ben}), [ben], []),
        ("notes", with_copies(note, lambda copies: {**copies, STRANGE: copies[ben]}), [], [STRANGE]),
        ("notes", reply, [], [REPORTER]),
        ("replies", note, [REPORTER], []),
    ]

    for door, sealed, missing, superfluous in wrong:
        refused = work.ada.asks("POST", work.at(door), {"sealed": sealed})

        assert (422, "/problems/wrong-keys") == (refused.status_code, refused.json["type"])
        assert (missing, superfluous) == (refused.json["missing"], refused.json["superfluous"])
    assert ["lodged"] == work.kinds()
    assert [] == work.told()


@one_store
def test_what_is_not_sealed_is_refused_by_its_field(campus: CampusStage) -> None:
    """
    Words in the clear, boxes of no size class, half a reason: none is written, and none comes back in the refusal.
    """
    work = casework(campus)
    whole = work.triage("welfare")
    odd: list[Any] = [
        "He said so.",
        {"box": "He said so.", "copies": {}},
        {"box": "", "copies": whole["rationale"]["copies"]},
        {**whole["rationale"], "copies": {work.ben.key_id: "YQ=="}},
        {**whole["rationale"], "words": "He said so."},
    ]
    bodies = [{**whole, "against": one} for one in odd]
    bodies += [{k: v for k, v in whole.items() if k != name} for name in whole]
    bodies += [{**whole, "outcome": "guilty"}]

    answers = [work.ada.asks("POST", work.at("triage"), body) for body in bodies]

    assert {422} == {answer.status_code for answer in answers}
    assert not any("He said so." in answer.text for answer in answers)
    assert ["lodged"] == work.kinds()


def test_a_third_adviser_finds_nothing_to_work_on(campus: CampusStage) -> None:
    """
    Whose copies were destroyed is told that there is none; the lead, to whom it was shown, that it is not theirs.
    """
    work = casework(campus)
    third = adviser(campus, "third")
    note = {"sealed": work.seals("a note")}

    unseen = third.refused("POST", work.at("notes"), note)
    work.is_shared_with_the_lead()
    shown = work.lead.refused("POST", work.at("notes"), {"sealed": work.seals("a note")})

    assert (404, "not-found") == unseen
    assert (403, "not-yours") == shown
    assert (404, "not-found") == third.refused("POST", work.at("close"), {"outcome": "welfare"})
    assert (403, "not-yours") == work.lead.refused("POST", work.at("triage"), work.triage("welfare"))


def test_nobody_works_on_what_came_today_or_is_nobodys(campus: CampusStage) -> None:
    """
    A line of the audit log would tell its hour; and two work on a concern, never one.
    """
    work = casework(campus)
    fresh = Casework(campus, lodged(campus, "new"), work.ada, work.ben, work.lead)
    body = {"sealed": work.seals("a note")}

    on_its_day = work.ada.refused("POST", fresh.at("notes"), body)
    waits_a_day(campus)

    assert (404, "not-found") == on_its_day
    assert (409, "not-assigned") == work.ada.refused("POST", fresh.at("notes"), {"sealed": fresh.seals("a note")})
    assert (409, "not-assigned") == work.ada.refused("POST", fresh.at("triage"), fresh.triage("welfare"))


def test_nothing_is_written_in_a_closed_concern(campus: CampusStage) -> None:
    """
    Whoever has more to say opens it again first.
    """
    work = casework(campus)
    work.closes("welfare")
    sealed, answer = work.seals("more"), work.seals("more", to_reporter=True)

    refused = [
        work.ada.refused("POST", work.at("notes"), {"sealed": sealed}),
        work.ada.refused("POST", work.at("replies"), {"sealed": answer}),
        work.ada.refused("POST", work.at("triage"), work.triage("prevent")),
        work.ada.refused("POST", work.at("close"), {"outcome": "welfare"}),
    ]

    assert [(409, "concern-closed")] * 4 == refused
    assert ["lodged", "rationale", "against"] == work.kinds()


def test_an_outcome_has_two_reasons_and_may_be_changed_with_two_more(campus: CampusStage) -> None:
    """
    Its two read all of them; the audit log tells who did it, and neither outcome nor word.
    """
    work = casework(campus)

    first = work.triages("prevent")
    again = work.done(work.ben.asks("POST", work.at("triage"), work.triage("welfare", by=work.ben)))

    assert [("triaged", "prevent"), ("triaged", "welfare")] == [
        (told["stage"], told["outcome"]) for told in (first, again)
    ]
    assert ["lodged", "rationale", "against", "rationale", "against"] == work.kinds()
    assert b"prevent: and yet" in work.ben.reads(work.concern)
    assert b"welfare: so it seems" in work.ada.reads(work.concern)
    told = [
        line for line in lines(campus, about="concern", about_id=work.concern.id) if line.action == "concern.triaged"
    ]
    assert [{}, {}] == [line.facts for line in told]
    assert [work.ada.id, work.ben.id] == [line.actor for line in told]


def test_a_reply_reaches_the_reporter_and_moves_the_mailboxs_clock(campus: CampusStage) -> None:
    """
    The receipt opens the reply and nothing else; a note moves nothing; no clock goes past the data's own end.
    """
    work = casework(campus)
    before = day(work.seen()["mailbox_until"])
    work.passes(days=30)
    work.done(work.ada.asks("POST", work.at("notes"), {"sealed": work.seals("a note")}))
    after_note = day(work.seen()["mailbox_until"])

    work.replies("Thank you. Are you safe?")

    assert before == after_note
    assert today(campus) + MAILBOX_KEPT == day(work.seen()["mailbox_until"])
    assert {"Thank you. Are you safe?"} == reporter_reads(work)
    for _ in range(4):
        work.passes(days=80)
        work.replies("We are still here.")
    assert work.seen()["data_until"] == work.seen()["mailbox_until"]
    assert ["concern.noted", *["concern.replied"] * 5] == work.told()


def test_no_reply_is_put_where_nobody_looks_any_more(campus: CampusStage) -> None:
    """
    A mailbox that has ended answers as one that never was: an answer in it would be lost, and is refused.
    """
    work = casework(campus)
    work.passes(days=MAILBOX_KEPT.days)

    refused = work.ada.refused("POST", work.at("replies"), {"sealed": work.seals("hello", to_reporter=True)})

    assert (409, "mailbox-ended") == refused
    assert set() == reporter_reads(work)


def test_what_the_reporter_adds_is_news_from_the_day_after(campus: CampusStage) -> None:
    """
    Until one of the two writes something.
    """
    work = casework(campus)
    adds(campus, work.concern, "and this")
    (on_its_day,) = work.ada.lists()
    added = today(campus)
    waits_a_day(campus)

    (news,) = work.ada.lists()
    work.replies("Thank you.")
    (after,) = work.ada.lists()

    assert [None, str(added), None] == [one["added_on"] for one in (on_its_day, news, after)]


def test_no_row_of_the_work_tells_more_than_a_day(campus: CampusStage) -> None:
    """
    What was written is dated by the day, by whom, and of what kind.
    """
    work = casework(campus)
    work.triages("welfare")
    work.replies("Thank you.")

    written = [entry for entry in work.seen()["entries"] if entry["kind"] != "lodged"]

    assert {(today(campus).isoformat(), work.ada.id)} == {(entry["day"], entry["written_by"]) for entry in written}
