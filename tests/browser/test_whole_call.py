"""One call for help through three browsers: the member's phone, the officer's and the console, each cut off once."""

from playwright.sync_api import Browser, Page, expect

from tests.browser.console_page import consoles
from tests.browser.officer_page import asked, come_on_duty, enter
from tests.browser.phone_page import hold, phones, press
from tests.cut_line import cut_line
from tests.server import Server


def row(console: Page, words: str) -> Page:
    """The line of the board about a case that says this."""
    expect(console.locator(".case").filter(has_text=words)).to_have_count(1)
    return console


def test_a_press_reaches_console_and_officer_and_each_may_be_cut_off(browser: Browser, server: Server) -> None:
    """
    Pressed without a network and kept; the console sounds, is cut off while somebody says yes and is right again; the
    officer's yes is made without a network and arrives; the member reads each step, through a cut of their own.
    """
    with (
        cut_line(server.port) as members,
        cut_line(server.port) as officers,
        cut_line(server.port) as desks,
        phones(browser, server) as phone,
        consoles(browser, server) as opens,
    ):
        console = opens("controller1", url=desks.url)
        officer, member = phone(url=officers.url), phone("student1", url=members.url)
        enter(officer, "officer1")
        come_on_duty(officer)

        members.cut()
        press(member, "EMERGENCY")
        expect(member.get_by_role("heading", name="Not sent yet. Trying. Ring 999 now.")).to_be_visible()
        expect(console.locator(".case:not(.over)")).to_have_count(0)
        members.mend()

        expect(console.locator("html")).to_have_attribute("data-sounding", "newEmergency")
        row(console, "Sherfield Building")
        expect(officer.get_by_role("dialog", name="Emergency: you are asked")).to_be_visible()

        desks.cut()
        officers.cut()
        officer.get_by_role("button", name="Accept").click()
        expect(officer.get_by_text("Your yes is not sent yet. Trying.")).to_be_visible()
        expect(console.get_by_text("Not live since")).to_be_visible()
        officers.mend()
        expect(officer.get_by_role("article", name="Your case E-")).to_be_visible()
        expect(member.get_by_role("heading", name="Officer 1 is coming")).to_be_visible()
        expect(console.locator(".case").filter(has_text="Officer 1")).to_have_count(0)
        desks.mend()

        expect(console.get_by_text("Not live since")).to_be_hidden()
        row(console, "Officer 1")
        expect(console.locator("html:not([data-sounding])")).to_have_count(1)

        members.cut()
        officer.get_by_role("button", name="On my way").click()
        officer.get_by_role("button", name="I am here").click()
        row(console, "On scene")
        members.mend()
        expect(member.get_by_role("heading", name="Officer 1 is with you")).to_be_visible()
        hold(officer, "Resolved")

        expect(member.get_by_role("heading", name="Resolved")).to_be_visible()
        expect(console.locator(".case:not(.over)")).to_have_count(0)

    items = asked(server, "student1", "GET", "/v1/incidents")["items"]
    assert ["resolved"] == [one["state"] for one in items]
