"""The console's rooms of records: officers, people, campus, audit and reports, each by those it is open to."""

import csv
import io
from typing import Any

import pytest
import requests
from playwright.sync_api import Page, expect

from tests.browser.axe import assert_accessible
from tests.browser.opened_pages import Opens
from tests.browser.phone_page import hold
from tests.server import PASSWORD, Server, sign_in

pytestmark = pytest.mark.browser

API = "/console/api"

#: The smallest screen a control room may have.
SMALLEST = (1024, 768)

#: Whoever the night rests on: without them only a day shift is left.
NIGHT = ("officer1", "officer2", "officer4", "officer5", "officer6", "controller2")


def elsewhere(server: Server, name: str) -> Any:
    """Their sign-in by another client than the page: the token, and who they are."""
    return sign_in(server, name)


def asks(server: Server, token: str, method: str, path: str, body: Any = None) -> requests.Response:
    """A request by another client than the page."""
    headers = {"Authorization": f"Bearer {token}"}
    return requests.request(method, server.url + path, headers=headers, json=body, timeout=20)


def finds(page: Page, words: str, name: str) -> None:
    """Somebody by a part of their name, and their card."""
    page.get_by_label("Name or e-mail address").fill(words)
    page.get_by_role("button", name="Search").click()
    page.get_by_role("button", name=name).click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()


def test_a_lost_phone_is_signed_out_by_holding(console: Opens, server: Server) -> None:
    """
    Officers whom a push would not wake stand first; ending a sign-in needs a hold and takes effect at once.
    """
    lost = sign_in(server, "officer3")["access_token"]
    handset = {"installation_id": "lost", "platform": "android", "push": None, "app_version": "1.4.0"}
    assert asks(server, lost, "PUT", "/v1/handset", handset).ok
    assert asks(server, lost, "PUT", "/v1/duty", {"state": "on_patrol"}).ok
    page = console("controller1", room="officers")
    first = page.locator("tbody tr").first
    expect(first).to_contain_text("Officer 3")
    expect(first).to_contain_text("no phone that can be woken")
    assert_accessible(page)

    page.get_by_role("button", name="End the sign-ins of Officer 3").click()
    expect(page.get_by_role("dialog")).to_contain_text("End every sign-in of Officer 3?")
    assert_accessible(page)
    page.get_by_role("button", name="End all sign-ins").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    hold(page, "End all sign-ins")

    expect(page.get_by_text("1 sign-in of Officer 3 ended.")).to_be_visible()
    assert asks(server, lost, "GET", "/v1/me").status_code == 401


def test_roles_are_granted_by_an_administrator_with_the_password_again(console: Opens, server: Server) -> None:
    """
    What was asked for goes on by itself once the password is given; a controller is told why they may not.
    """
    page = console("admin1", room="people")
    finds(page, "student 5", "Student 5")
    page.get_by_role("checkbox", name="officer is asked to come").check()
    page.get_by_role("button", name="Save roles").click()
    page.get_by_role("dialog").get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("The roles of Student 5 are saved.")).to_be_visible()
    assert_accessible(page)
    finds(page, "admin", "Admin 1")
    expect(page.get_by_text("Nobody changes their own roles")).to_be_visible()
    expect(page.get_by_role("checkbox", name="auditor")).to_be_disabled()

    watching = console("controller1", room="people", size=SMALLEST)
    finds(watching, "student 5", "Student 5")

    expect(watching.get_by_text("Only an administrator grants and takes roles.")).to_be_visible()
    expect(watching.get_by_role("checkbox", name="officer is asked to come")).to_be_checked()
    assert "officer" in elsewhere(server, "student5")["person"]["roles"]
    assert_accessible(watching)


def test_the_log_is_searched_and_proved_by_an_auditor_alone(console: Opens) -> None:
    """
    By name and by thing; with anchors pasted; and a controller reads whose room it is.
    """
    page = console("auditor1", room="audit")
    page.get_by_label("By whom").fill("Auditor 1")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_label("By whom")).to_have_value("Auditor 1")
    expect(page.get_by_role("row").nth(1)).to_contain_text("people.viewed")
    page.get_by_role("row", name="sign_in.begun").get_by_role("button").last.click()
    expect(page.get_by_role("combobox", name="About")).to_have_value("account")

    page.get_by_label("Anchors").fill("not an anchor")
    page.get_by_role("button", name="Verify").click()
    expect(page.get_by_text("Line 1 is no anchor.")).to_be_visible()
    page.get_by_label("Anchors").fill("")
    page.get_by_role("button", name="Verify").click()
    expect(page.get_by_text("The log stands")).to_be_visible()
    head = page.locator(".head").inner_text().split()[-1]
    page.get_by_label("Anchors").fill(f'{{"place": 1, "link": "{head}"}}')
    page.get_by_role("button", name="Verify").click()
    expect(page.get_by_text("The log was touched. 1 fault:")).to_be_visible()
    assert_accessible(page)

    other = console("controller1", room="audit", size=SMALLEST)

    expect(other.get_by_text("This room is not open to you. It is for auditors.")).to_be_visible()
    assert 0 == other.get_by_role("table").count()
    assert_accessible(other)


def test_a_report_shows_every_case_and_can_be_taken_away(console: Opens, server: Server) -> None:
    """
    Each case is a dot that the arrow keys reach, the figures stand beside them, and the table is the same cases.
    """
    token = sign_in(server, "controller1")["access_token"]
    references = []
    for kind, officer in (("emergency", "officer1"), ("help", "officer2"), ("help", "officer2")):
        at_work = elsewhere(server, officer)
        assert asks(server, at_work["access_token"], "PUT", "/v1/duty", {"state": "on_patrol"}).ok
        case = asks(server, token, "POST", f"{API}/incidents", {"kind": kind, "zone": "sherfield"}).json()
        body = {"officer_id": at_work["person"]["id"]}
        assert asks(server, token, "POST", f"{API}/incidents/{case['id']}/assign", body).ok
        assert asks(server, token, "POST", f"{API}/incidents/{case['id']}/resolve", {}).ok
        references.append(case["reference"])
    page = console("auditor1", room="reports")

    dots = page.get_by_role("slider", name="Help: 2 with a time.")
    dots.press("Home")
    shown = dots.get_attribute("aria-valuetext") or ""
    assert shown.split(" ")[0] in references[1:]
    expect(page.get_by_role("row", name="All")).to_contain_text("3 of 3")
    assert_accessible(page)
    page.get_by_label("Apart by").select_option("site")
    expect(page.get_by_role("heading", name="South Kensington Campus")).to_be_visible()
    page.get_by_text("Every case").click()
    expect(page.get_by_role("row", name=references[0])).to_contain_text("Sherfield Building")
    page.get_by_role("button", name="Light").click()
    assert_accessible(page)

    with page.expect_download() as taken:
        page.get_by_role("link", name="As a table (CSV)").click()

    table = csv.DictReader(io.StringIO(taken.value.path().read_text()))
    assert sorted(references) == sorted(line["reference"] for line in table)


def test_a_path_is_explained_and_what_ends_badly_is_said(console: Opens, server: Server) -> None:
    """
    While the night is staffed every case is somebody's; once it is not, the room names the first that is nobody's.
    """
    page = console("controller1", room="campus", size=SMALLEST)
    expect(page.get_by_text("Yes. Every case of the coming 14 days ends with somebody.")).to_be_visible()
    page.get_by_label("Kind").select_option("help")
    page.get_by_label("About").select_option("facility_defect")
    page.get_by_role("button", name="Explain", exact=True).click()
    expect(page.get_by_text("Customer Services Centre. One officer is wanted.")).to_be_visible()
    expect(page.get_by_role("heading", name="First aid")).to_be_visible()
    assert_accessible(page)

    admin = sign_in(server, "admin1")["access_token"]
    assert asks(server, admin, "POST", "/v1/step-up", {"password": PASSWORD}).ok
    for name in NIGHT:
        person = elsewhere(server, name)["person"]["id"]
        assert asks(server, admin, "PUT", f"{API}/people/{person}/roles", {"roles": []}).ok
    page.get_by_role("button", name="Prove again").click()

    expect(page.get_by_text("No. This case would be nobody's:")).to_be_visible()
    expect(page.get_by_text("the control room has nobody on shift").first).to_be_visible()
    assert_accessible(page)
