"""A broadcast on the console's page: by keys alone, by two persons, with a fault in its words, and on a cut line."""

import pytest
import requests
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.axe import assert_accessible
from tests.browser.console_page import consoles
from tests.browser.phone_page import phones
from tests.cut_line import cut_line
from tests.phone import Phone
from tests.server import PASSWORD, Server

pytestmark = pytest.mark.browser

#: The smallest screen on which nothing of it may scroll.
SMALL = (1024, 768)

#: More than a page has to be walked through by Tab.
MOST_TABS = 120


def walk(page: Page, to: Locator) -> None:
    """By Tab alone, as somebody without a mouse."""
    expect(to).to_be_visible()
    for _ in range(MOST_TABS):
        if to.evaluate("found => found === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no key leads to {to}")


def hold(page: Page, name: str) -> None:
    """A keyboard cannot hold: it presses, is asked, and presses again."""
    button = page.get_by_role("button", name=name)
    walk(page, button)
    page.keyboard.press("Enter")
    expect(button).to_contain_text("Press again to do it")
    page.keyboard.press("Enter")


def is_kept(page: Page) -> None:
    """What stands there is at the server."""
    expect(page.locator(".kept")).to_have_attribute("data-kept", "kept")


def assert_fits(page: Page) -> None:
    """Nothing of the page lies below its edge."""
    expect(page.locator("#room")).to_be_visible()
    page.wait_for_function("""() => {
        const room = document.getElementById("room");
        return room.scrollHeight <= room.clientHeight && document.documentElement.scrollHeight <= innerHeight;
    }""")


def test_a_broadcast_goes_from_compose_to_all_clear_by_keys_alone(browser: Browser, server: Server) -> None:
    """
    A template at once; safe, then need help on a phone are counted as they come, with the case; the all clear ends it.
    """
    with consoles(browser, server) as open_console, phones(browser, server) as open_phone:
        desk, student = open_console("controller1", size=SMALL, room="broadcasts/new"), open_phone("student1")
        walk(desk, desk.get_by_role("radio", name="Extreme"))
        desk.keyboard.press("ArrowDown")
        expect(desk.get_by_role("radio", name="Leave … now")).to_be_checked()
        walk(desk, desk.get_by_label("Where it happens"))
        desk.keyboard.type("Sherfield Building")
        expect(desk.get_by_label("Title")).to_have_value("Leave Sherfield Building now")
        assert_fits(desk)
        walk(desk, desk.get_by_role("button", name="Next: whom"))
        desk.keyboard.press("Enter")
        walk(desk, desk.get_by_label("Sherfield Building"))
        desk.keyboard.press("Space")
        is_kept(desk)
        expect(desk.locator(".reach .total")).to_have_text("1 person")
        assert_fits(desk)
        walk(desk, desk.get_by_role("button", name="Next: send"))
        desk.keyboard.press("Enter")
        assert_fits(desk)
        hold(desk, "Send to 1 person")
        expect(desk.get_by_role("button", name="All clear")).to_be_visible()

        warning = student.get_by_role("article", name="Leave Sherfield Building now")
        warning.get_by_role("button", name="I am safe").click()
        expect(desk.locator(".cell.safe strong")).to_have_text("1")
        warning.get_by_role("button", name="I need help").click()
        expect(desk.locator(".cell.need_help strong")).to_have_text("1")
        expect(desk.locator(".cases a")).to_have_attribute("href", f"#/board/{case_of(server, 'student1')}")
        assert_fits(desk)
        assert_accessible(desk)
        hold(desk, "All clear")

        expect(desk.get_by_text("Over since")).to_be_visible()
        expect(student.get_by_role("article", name="All clear at Sherfield Building")).to_be_visible()
        assert 0 == in_force(server)


def test_own_words_wait_for_a_second_person_and_a_fault_in_them_goes_nowhere(browser: Browser, server: Server) -> None:
    """
    What is left in is named and not sent; the other console hears of it anywhere, reads it, and lets it out.
    """
    with consoles(browser, server) as open_console:
        desk, second = open_console("controller1", size=SMALL, room="broadcasts/new"), open_console("controller2")
        desk.get_by_role("radio", name="Own words").check()
        desk.get_by_label("Exercise").check()
        desk.get_by_label("Title").fill("Water is off at [PLACE]")
        desk.get_by_label("Words", exact=True).last.fill("Use the taps in the Huxley Building.")
        desk.get_by_label("Where it happens").fill("Sherfield Building")
        desk.get_by_label("Next word (min)").fill("30")
        desk.get_by_label("Ends when").fill("The water is back")
        desk.get_by_label("Ends when").press("Tab")
        desk.get_by_role("button", name="2 Whom").click()
        desk.get_by_label("Sherfield Building").check()
        is_kept(desk)
        both_themes_are_accessible(desk)
        desk.get_by_role("button", name="3 Send").click()
        expect(desk.get_by_text("Mend what is named first.")).to_be_visible()
        expect(desk.get_by_role("button", name="Ask a second person")).to_have_count(0)
        desk.get_by_role("button", name="[PLACE] is still a placeholder").click()
        expect(desk.get_by_label("Title")).to_be_focused()
        both_themes_are_accessible(desk)
        desk.get_by_label("Title").fill("Water is off at Sherfield Building")
        is_kept(desk)
        desk.get_by_role("button", name="3 Send").click()
        both_themes_are_accessible(desk)
        expect(desk.locator(".compose > .top")).to_contain_text("EXERCISE")
        hold(desk, "Ask a second person")
        expect(desk.get_by_role("heading", name="Waits for a second person")).to_be_visible()
        assert_fits(desk)

        second.get_by_role("link", name="Controller 1 waits for a second person").click()
        expect(second.get_by_role("heading", name="Waits for a second person")).to_be_visible()
        assert_accessible(second)
        hold(second, "I have read it")
        second.get_by_role("dialog").get_by_label("Password").fill(PASSWORD)
        second.get_by_role("button", name="Go on").click()

        for page in (second, desk):
            expect(page.locator(".clock-to")).to_contain_text("Next word in")
            expect(page.get_by_text("EXERCISE").first).to_be_visible()
        second.get_by_role("button", name="What was said").click()
        expect(second.get_by_text("confirmed by Controller 2")).to_be_visible()
        # An exercise is never told to the public.
        assert 0 == in_force(server)


def test_a_cut_line_sends_nothing_and_two_on_one_draft_hear_of_each_other(browser: Browser, server: Server) -> None:
    """
    Pressed while cut off it says that it was not sent, and goes by another press; who was overtaken hears of it.
    """
    with consoles(browser, server) as open_console, cut_line(server.port) as line:
        desk = open_console("controller1", size=SMALL, room="broadcasts/new", url=line.url)
        desk.get_by_role("radio", name="Incident in …").check()
        desk.get_by_label("Where it happens").fill("Blackett Laboratory")
        desk.get_by_role("button", name="2 Whom").click()
        desk.get_by_label("Blackett Laboratory").check()
        is_kept(desk)
        other = open_console("controller2", room=desk.evaluate("location.hash.slice(2)"))
        other.get_by_label("Ends when").fill("The police say so")
        is_kept(other)
        desk.get_by_label("People abroad").check()
        expect(desk.get_by_text("Controller 2 has changed this draft since you read it.")).to_be_visible()
        desk.get_by_role("button", name="Show theirs").click()
        is_kept(desk)
        desk.get_by_role("button", name="1 What").click()
        expect(desk.get_by_label("Ends when")).to_have_value("The police say so")
        desk.get_by_role("button", name="3 Send").click()
        send = desk.get_by_role("button", name="Send to")
        expect(send).to_be_visible()
        line.cut()
        hold(desk, "Send to")
        expect(desk.get_by_text("Not sent: the server did not answer.")).to_be_visible()
        line.mend()
        expect(desk.get_by_text("LIVE", exact=True)).to_be_visible()
        expect(send).to_be_visible()
        hold(desk, "Send to")

        expect(desk.get_by_role("button", name="All clear")).to_be_visible()
        assert 1 == in_force(server)
        hold(desk, "Retract")
        expect(other.get_by_text("Over since")).to_be_visible()


def both_themes_are_accessible(page: Page) -> None:
    """The console starts dark, and is looked at in both."""
    for _ in range(2):
        assert_accessible(page)
        page.locator(".who button").first.click()


def in_force(server: Server) -> int:
    """Of how many broadcasts the public page tells now."""
    told = requests.get(f"{server.url}/status.json", timeout=10).json()
    return len(told["in_force"])


def case_of(server: Server, name: str) -> str:
    """The open case of this person, by their own door."""
    phone = Phone(server, name)
    phone.sign_in()
    (case,) = phone.asks("GET", "/v1/incidents?open=true").body["items"]
    return str(case["id"])
