"""The control room warns the campus on one page, and a student answers on another."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Tab
from tests.browser.test_trying_it import hold
from tests.phone import Phone
from tests.server import Server

pytestmark = pytest.mark.browser

DESK = (1200, 900)


def test_a_warning_is_answered_counted_and_cleared(tab: Tab, server: Server) -> None:
    """
    A template, a place, a hold: the phone shows it. Safe, then need help opens a case; the all clear ends it.
    """
    desk, student = tab("controller2", size=DESK), tab("student12")
    card = desk.get_by_role("region", name="Broadcasts")
    card.get_by_role("button", name="Warn the campus").click()
    card.get_by_label("What has happened").select_option(value="evacuate")
    card.get_by_label("Where").select_option(value="sherfield")
    card.get_by_role("button", name="Look at it").click()
    expect(card.get_by_role("heading", name="Leave Sherfield Building now")).to_be_visible()
    expect(card.get_by_text("Reaches")).to_be_visible()
    hold(desk, "Send it to everybody named")

    warning = student.get_by_role("article", name="Leave Sherfield Building now")
    expect(warning).to_be_visible()
    warning.get_by_role("button", name="I am safe").click()
    expect(warning.get_by_role("button", name="I am safe")).to_have_attribute("aria-pressed", "true")
    expect(card.get_by_text("1 safe", exact=True)).to_be_visible()
    warning.get_by_role("button", name="I need help").click()
    expect(student.get_by_text("Emergency", exact=False).first).to_be_visible()
    expect(card.get_by_text("1 need help", exact=True)).to_be_visible()
    hold(desk, "All clear")

    expect(student.get_by_role("article", name="All clear at Sherfield Building")).to_be_visible()
    expect(warning).to_have_count(0)
    cases = Phone(server, "student12")
    cases.sign_in()
    mine = cases.asks("GET", "/v1/incidents?open=true").body["items"]
    assert [("emergency", "broadcast_answer")] == [(one["kind"], one["trigger"]) for one in mine]
