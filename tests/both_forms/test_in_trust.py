"""What is for some eyes only: duress, a profile, a desk's own case, a role; done at one process, true at the other."""

from typing import Any

import pytest

from tests.both_forms.company import API, Company, case_tapped, done, hears
from tests.phone import SHERFIELD, eventually, place
from tests.server import PASSWORD

#: The first of a form waits until it has started.
pytestmark = pytest.mark.timeout(120)

CANCEL, DURESS = "2580", "0852"


def is_silent(data: dict[str, Any], case: str) -> bool:
    """Whether this offer says that nothing about the case may be heard."""
    return data["incident_id"] == case and bool(data.get("incident", {}).get("silent"))


def test_a_case_called_off_under_duress_goes_on_for_those_who_come(company: Company) -> None:
    """
    Its owner reads "cancelled" at either process; the officer and the control room see it go on.
    """
    form = company.form
    student, elsewhere = company.member("student16"), form.phone("student16", form.there)
    officer, desk = company.officer("officer1"), company.console("controller1", form.there)
    done(elsewhere.asks("PUT", "/v1/pins", {"password": PASSWORD, "cancel_pin": CANCEL, "duress_pin": DURESS}))
    case = case_tapped(student)
    officer.is_asked_about(case)

    without = student.cancels(case)
    done(elsewhere.asks("POST", f"/v1/incidents/{case}/cancel", {"pin": DURESS}))
    hears(student, case, "cancelled")
    desk.waits_for(lambda one: one["data"].get("incident_id") == case and "duress_pin" == one["data"].get("trigger"))

    assert 422 == without.status, without
    assert {"cancelled"} == {one.case(case)["state"] for one in (student, elsewhere)}
    officer.waits_for(lambda one: "offer" == one["type"] and is_silent(one["data"], case), what="the silent offer")
    done(desk.asks("POST", f"{API}/incidents/{case}/resolve", {"note": "She is safe."}))


def test_a_profile_is_read_by_who_comes_and_its_owner_sees_who_looked(company: Company) -> None:
    """
    Written at one process and read at the other, once the case is the officer's; the look is told at the first.
    """
    student, officer = company.member("student17"), company.officer("officer1")
    done(student.asks("PUT", "/v1/profile", {"medical_notes": "Asthma; the inhaler is in the left pocket."}))
    case = case_tapped(student)
    offer = officer.is_asked_about(case)

    before = officer.asks("POST", f"/v1/incidents/{case}/profile", {"reason": "Does not answer."})
    done(officer.accepts(offer))
    told = done(officer.asks("POST", f"/v1/incidents/{case}/profile", {"reason": "Does not answer."}))
    views = done(student.asks("GET", "/v1/profile/views"))["items"]

    assert (403, True) == (before.status, "Asthma" in str(told))
    assert [("Officer 1", case)] == [(one["by"], one["incident_id"]) for one in views]


def test_a_case_that_is_phoned_in_is_offered_and_resolved_from_either_desk(company: Company) -> None:
    """
    Opened at one desk, accepted by an officer of the other process, resolved at the other desk.
    """
    form = company.form
    desk, beside = company.console("controller1", form.here), company.console("controller2", form.there)
    officer = company.officer("officer1")
    call = {"kind": "help", "position": place(SHERFIELD), "caller": {"name": "Porter", "number": None}, "note": "lost"}

    case = done(desk.asks("POST", f"{API}/incidents", call))["id"]
    done(officer.accepts(officer.is_asked_about(case)))
    hears(beside, case, "accepted")
    done(beside.asks("POST", f"{API}/incidents/{case}/resolve", {"note": "She has found her way."}))

    hears(desk, case, "resolved")
    assert eventually(lambda: "resolved" == officer.case(case)["state"])


def test_what_an_officers_phone_has_shown_is_seen_by_who_waits(company: Company) -> None:
    """
    Confirmed on the officer's socket; the member's case says so at the other process.
    """
    student, officer = company.member("student18"), company.officer("officer1")
    case = case_tapped(student)
    officer.is_asked_about(case)
    offer = officer.waits_for(lambda one: "offer" == one["type"] and one["data"]["incident_id"] == case)
    before = student.case(case)["seen"]

    officer.sends("receipt", {"message_ids": [offer["id"]], "stage": "displayed"})

    assert before is False
    student.waits_for(lambda one: one["data"].get("incident_id") == case and one["data"].get("seen") is True)


def test_a_role_that_is_taken_at_one_process_closes_the_console_at_the_other(company: Company) -> None:
    """
    Within two seconds, and nothing is answered at either; given back, it opens again.
    """
    form = company.form
    here, there = form.phone("auditor1", form.here, face="console"), form.phone("auditor1", form.there, face="console")
    there.connects()
    person = done(here.asks("GET", "/v1/me"))["id"]
    admin = form.phone("admin1", form.here, face="console")
    done(admin.asks("POST", f"{API}/step-up", {"password": PASSWORD}))

    done(admin.asks("PUT", f"{API}/people/{person}/roles", {"roles": []}))
    there.waits_for(lambda one: "signed_out" == one["type"], 2)
    refused = [one.asks("GET", f"{API}/audit").status for one in (here, there)]
    done(admin.asks("PUT", f"{API}/people/{person}/roles", {"roles": ["auditor"]}))
    here.sign_in()
    form.front.tokens["auditor1"] = str(here.token)

    assert there.was_ended.wait(5)
    assert {401, 403} >= set(refused)
    assert 200 == form.phone("auditor1", form.there).asks("GET", f"{API}/audit").status
