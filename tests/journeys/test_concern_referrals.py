"""A referral to an outside body: by the Prevent lead alone, on a basis that is there, sent by a human or withdrawn."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.campus import CampusStage
from tests.journeys.casework import casework
from tests.journeys.console import lines
from tests.journeys.desk import API, today

one_store = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)


def test_only_a_prevent_lead_with_a_fresh_password_refers(campus: CampusStage) -> None:
    """
    Not its two, who came to the outcome; and not the lead who went away from their screen, or cannot read it.
    """
    work = casework(campus)
    work.triages("prevent")
    body = work.referral()
    unread = work.lead.refused("POST", work.at("referrals"), body)
    work.is_shared_with_the_lead()
    work.passes(minutes=16)

    stale = work.lead.person.asks("POST", API + work.at("referrals"), work.referral())

    assert (404, "not-found") == unread
    assert (403, "/problems/step-up-needed") == (stale.status_code, stale.json["type"])
    assert (403, "forbidden") == work.ada.refused("POST", work.at("referrals"), body)
    assert ["concern.triaged"] == work.told()


def test_a_sheet_is_sealed_to_those_who_read_it_and_the_lead(campus: CampusStage) -> None:
    """
    Its two and the lead open it; the audit log tells consent and basis, and nothing of the sheet.
    """
    work = casework(campus)
    work.triages("prevent")
    for_two = work.seals("{}")
    work.is_shared_with_the_lead()

    for_two_only = work.lead.refused("POST", work.at("referrals"), work.referral(sheet=for_two))
    made = work.refers()

    assert (422, "wrong-keys") == for_two_only
    expected = {"consent": "refused", "legal_basis": "public_task", "sent_on": None, "decided_by": work.lead.id}
    assert expected.items() <= made.items()
    sheet = b'{"arose": "a friend wrote"}'
    assert sheet in work.lead.reads(work.concern)
    assert sheet in work.ben.reads(work.concern)
    assert [made] == work.ben.does("GET", work.at("referrals"))["items"]
    (told,) = [line for line in lines(campus, about="concern") if line.action == "concern.referred"]
    assert {"consent": "refused", "legal_basis": "public_task"} == told.facts


def test_what_two_advisers_did_not_come_to_is_not_referred(campus: CampusStage) -> None:
    """
    Not before the triage, not as welfare, not when it is closed.
    """
    work = casework(campus)
    work.is_shared_with_the_lead()
    refused = []

    for outcome in (None, "welfare", "prevent"):
        if outcome:
            work.triages(outcome)
        if outcome == "prevent":
            work.done(work.ada.asks("POST", work.at("close"), {"outcome": "prevent"}))
        refused.append(work.lead.refused("POST", work.at("referrals"), work.referral()))

    assert [(409, "not-prevent"), (409, "not-prevent"), (409, "concern-closed")] == refused


@one_store
def test_a_referral_rests_on_no_consent_that_was_not_given(campus: CampusStage) -> None:
    """
    Every other basis goes with every answer; a word that is no basis is refused by its field.
    """
    work = casework(campus)
    work.triages("prevent")
    work.is_shared_with_the_lead()

    for changes in ({"legal_basis": "explicit_consent"}, {"legal_basis": "a hunch"}, {"consent": "perhaps"}):
        refused = work.lead.asks("POST", work.at("referrals"), work.referral(**changes))

        assert (422, list(changes)) == (refused.status_code, [error["field"] for error in refused.json["errors"]])
    given: dict[str, Any] = {"legal_basis": "explicit_consent", "consent": "given"}
    assert 201 == work.lead.asks("POST", work.at("referrals"), work.referral(**given)).status_code


def test_a_human_says_on_which_day_it_was_sent(campus: CampusStage) -> None:
    """
    Neither before it was decided nor tomorrow; the same day again is fine, another is not; then it stays.
    """
    work = casework(campus)
    work.triages("prevent")
    work.is_shared_with_the_lead()
    at = work.at("referrals", work.refers()["id"])
    decided = today(campus)
    work.passes(days=2)

    odd = [work.lead.refused("POST", f"{at}/sent", {"sent_on": str(decided + timedelta(days=n))}) for n in (-1, 3)]
    sent = [work.done(work.lead.asks("POST", f"{at}/sent", {"sent_on": str(decided)})) for _ in range(2)]

    assert [(422, "invalid")] * 2 == odd
    assert [str(decided)] * 2 == [one["sent_on"] for one in sent]
    assert (409, "referral-sent") == work.lead.refused("POST", f"{at}/sent", {"sent_on": str(today(campus))})
    assert (409, "referral-sent") == work.lead.refused("DELETE", at)
    assert (403, "forbidden") == work.ada.refused("POST", f"{at}/sent", {"sent_on": str(decided)})
    assert ["concern.triaged", "concern.referred", "concern.referral_sent"] == work.told()


def test_what_is_withdrawn_before_it_is_sent_is_destroyed(campus: CampusStage) -> None:
    """
    Sheet and decision are gone; while it waits, the case is neither closed nor turned to another outcome.
    """
    work = casework(campus)
    work.triages("prevent")
    work.is_shared_with_the_lead()
    referral_id = work.refers()["id"]
    waits = [
        work.ada.refused("POST", work.at("close"), {"outcome": "prevent"}),
        work.ada.refused("POST", work.at("triage"), work.triage("welfare")),
    ]

    withdrawn = work.lead.asks("DELETE", work.at("referrals", referral_id))

    assert [(409, "referral-waits")] * 2 == waits
    assert 204 == withdrawn.status_code
    assert ["lodged", "rationale", "against"] == work.kinds()
    assert [] == work.ada.does("GET", work.at("referrals"))["items"]
    assert (404, "not-found") == work.lead.refused("DELETE", work.at("referrals", referral_id))
    assert (404, "not-found") == work.lead.refused("DELETE", work.at("referrals", str(uuid4())))
    work.triages("welfare")


@one_store
def test_the_sheet_has_the_order_of_the_national_form(campus: CampusStage) -> None:
    """
    Headings and what each asks; no part is a score, and each may be left out.
    """
    work = casework(campus)

    sheet = work.ada.does("GET", "/referral-sheet")

    expected = "arose event indicators online contacts harm needs safeguarding talks consent shared"
    assert expected.split() == [heading["name"] for heading in sheet["headings"]]
    assert all(heading["title"] and heading["asks"].endswith(".") for heading in sheet["headings"])
    assert ["given", "refused", "not_sought"] == sheet["consent"]
