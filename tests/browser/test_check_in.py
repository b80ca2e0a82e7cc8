"""The check-in card of the page at `/`."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Tab
from tests.faults.run_out import sets_timer
from tests.phone import Phone
from tests.server import Server

pytestmark = pytest.mark.browser


def test_a_timer_is_started_on_one_device_and_ended_on_another(tab: Tab, server: Server) -> None:
    """
    The time that is left is shown, and what another device of the same person does shows here by itself.
    """
    student, elsewhere = tab("student9"), Phone(server, "student9")
    elsewhere.sign_in()
    card = student.get_by_role("region", name="Check-in")
    card.get_by_label("Runs out after").select_option(label="5 min")
    card.get_by_label("What should Security know?").fill("alone in the lab")

    card.get_by_role("button", name="Start the timer").click()
    expect(card.get_by_text("in 4 min")).to_be_visible()
    expect(card.get_by_text("alone in the lab")).to_be_visible()
    elsewhere.asks("POST", "/v1/check-in/end")
    expect(card.get_by_role("button", name="Start the timer")).to_be_visible()
    sets_timer(elsewhere, 30)
    expect(card.get_by_text("in 29 min")).to_be_visible()
    card.get_by_role("button", name="I am safe").click()

    expect(card.get_by_role("button", name="Start the timer")).to_be_visible()
    assert "ended" == elsewhere.asks("GET", "/v1/check-in").body["state"]
