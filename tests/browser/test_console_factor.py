"""A second factor at the console: taken up where a step-up asks for it, by picture, code and recovery codes."""

import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pyotp import TOTP

from tests.browser.axe import assert_accessible
from tests.browser.console_page import consoles
from tests.browser.demonstration import copy_of
from tests.server import PASSWORD, running_server

pytestmark = pytest.mark.browser


def asks_for_roles(page: Page) -> None:
    """What needs a step-up: an administrator grants a role."""
    page.get_by_label("Name or e-mail address").fill("student 5")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("button", name="Student 5").click()
    page.get_by_role("checkbox", name="officer is asked to come").check()
    page.get_by_role("button", name="Save roles").click()


def test_an_administrator_takes_one_up_and_what_they_asked_for_goes_on(
    browser: Browser, demonstration: Path, tmp_path: Path
) -> None:
    """
    The password leads to the picture, the first code to the recovery codes, the next code to what was asked for.
    """
    # Without --demo a second factor is asked for.
    made = copy_of(demonstration, tmp_path)
    with running_server(made, demo=False) as server, consoles(browser, server) as opens:
        page = opens("admin1", room="people")
        asks_for_roles(page)
        page.get_by_role("dialog").get_by_label("Password").fill(PASSWORD)
        page.keyboard.press("Enter")
        expect(page.get_by_role("img", name="The picture for your authenticator app")).to_be_visible()
        page.get_by_text("If you cannot scan it").click()
        app = TOTP(page.locator(".secret").inner_text().replace(" ", ""))
        assert_accessible(page)

        page.get_by_label("The code that the app shows now").fill("000000")
        page.get_by_role("button", name="Confirm").click()
        expect(page.get_by_role("alert").get_by_text("That code is wrong")).to_be_visible()
        page.get_by_label("The code that the app shows now").fill(app.now())
        page.get_by_role("button", name="Confirm").click()
        expect(page.locator(".recovery li")).to_have_count(10)
        assert_accessible(page)
        page.keyboard.press("Escape")
        page.get_by_role("button", name="I have kept them").click()
        # The next code, without waiting for it: a clock may be half a minute ahead.
        page.get_by_label("Code of your second factor").fill(app.at(int(time.time()) + 30))
        page.get_by_role("button", name="Go on").click()

        expect(page.get_by_text("The roles of Student 5 are saved.")).to_be_visible()
        assert server.audit_stands()
