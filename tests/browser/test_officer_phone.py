"""The officer's phone at `/app`: asked, answering, moving, cut off, off duty, in real browsers beside the member's."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import assert_accessible
from tests.browser.officer_page import UNTOUCHED, asked, calls_off, come_on_duty, enter, has_rung, rings, taps
from tests.browser.opened_pages import Opens
from tests.browser.phone_page import hold, press
from tests.cut_line import CutLine
from tests.server import Server

pytestmark = pytest.mark.browser

NARROWEST = (320, 568)

#: The smallest target a thumb may be asked to hit, in CSS pixels.
TARGET = 56

SMALL = """(least) => [...document.querySelectorAll("button, input:not([type=radio]), a, summary")]
    .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < least).map((one) => one.outerHTML)"""


def test_an_officer_is_asked_aloud_goes_there_and_ends_it(phone: Opens, server: Server) -> None:
    """
    Off duty nothing is shown or sounds; on duty the offer fills the screen until answered; the member sees each step.
    """
    officer, member = phone(), phone("student1")
    enter(officer, "officer1")
    assert_accessible(officer)
    calls_off(server, "student2", taps(server, "student2", "help"))
    expect(officer.get_by_text("Nobody asks you.")).to_be_visible()
    expect(looks_off_duty(officer)).to_have_count(1)
    assert (0, 0) == (officer.get_by_role("dialog").count(), has_rung(officer))

    come_on_duty(officer)
    expect(looks_off_duty(officer)).to_have_count(0)
    assert_accessible(officer)
    press(member, "EMERGENCY")
    offer = officer.get_by_role("dialog", name="Emergency: you are asked")
    expect(offer).to_be_visible()
    assert offer.bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 844}
    officer.wait_for_function("ear.rings()")
    assert_accessible(officer)
    offer.get_by_role("button", name="Accept").click()
    expect(officer.get_by_role("article", name="Your case E-")).to_be_visible()
    expect(offer).to_have_count(0)
    assert (False, 1) == (rings(officer), has_rung(officer))
    assert_accessible(officer)
    expect(member.get_by_role("heading", name="Officer 1 is coming")).to_be_visible()
    member.get_by_label("Say something").fill("By the lift")
    member.get_by_role("button", name="Send").click()
    expect(officer.get_by_text("By the lift", exact=True)).to_be_visible()

    officer.get_by_role("button", name="On my way").click()
    expect(officer.get_by_text("You are on the way")).to_be_visible()
    expect(member.get_by_text("is on the way").first).to_be_visible()
    officer.get_by_role("button", name="I am here").click()
    expect(member.get_by_role("heading", name="Officer 1 is with you")).to_be_visible()
    officer.get_by_text("What to know of them").click()
    officer.get_by_role("button", name="They may need medical help").click()
    expect(officer.get_by_role("heading", name="Student 1")).to_be_visible()
    assert_accessible(officer)
    hold(officer, "Resolved")

    expect(notice(officer)).to_contain_text("is resolved. Thank you.")
    expect(officer.get_by_text("Nobody needs you now.")).to_be_visible()
    expect(member.get_by_role("heading", name="Resolved")).to_be_visible()
    (look,) = asked(server, "student1", "GET", "/v1/profile/views")["items"]
    assert "They may need medical help" == look["reason"]
    officer.get_by_role("button", name="Off duty").click()
    expect(officer.get_by_role("heading", name="Off duty")).to_be_visible()
    expect(looks_off_duty(officer)).to_have_count(1)


def test_a_no_asks_the_next_and_what_is_withdrawn_goes_away(phone: Opens, server: Server) -> None:
    """
    The reason goes to the server and the next officer is asked; the more urgent of two comes first; ends are said.
    """
    officer = phone()
    enter(officer, "officer4")
    come_on_duty(officer)
    asked(server, "officer3", "PUT", "/v1/duty", {"state": "at_post"})
    first = taps(server, "student3", "help")
    expect(officer.get_by_role("dialog", name="Help: you are asked")).to_be_visible()

    more_urgent = taps(server, "student4", "emergency", silent=True)
    urgent = officer.get_by_role("dialog", name="Emergency: you are asked")
    expect(urgent).to_contain_text("SILENT: do not ring them")
    expect(urgent).to_contain_text("138 m away, to the east")
    expect(urgent).to_contain_text("You are also asked: Help")
    assert_accessible(officer)
    calls_off(server, "student4", more_urgent)
    expect(officer.get_by_role("dialog", name="Help: you are asked")).to_be_visible()
    officer.get_by_role("button", name="Too far away").click()
    expect(notice(officer)).to_contain_text("You said no.")

    offers = [one["incident"]["id"] for one in asked(server, "officer3", "GET", "/v1/offers")["items"]]
    case = asked(server, "controller1", "GET", f"/console/api/incidents/{first}")
    assert ([first], ["Too far away"]) == (offers, reasons_of(case))
    assert not rings(officer)
    calls_off(server, "student3", first)
    second = taps(server, "student3", "emergency")
    expect(officer.get_by_role("dialog")).to_be_visible()
    calls_off(server, "student3", second)
    expect(officer.get_by_role("dialog")).to_have_count(0)
    expect(notice(officer)).to_contain_text("you are no longer needed. Stand down.")
    for name in ("officer4", "officer3"):
        asked(server, name, "PUT", "/v1/duty", {"state": "off_duty"})


def test_answers_and_moves_survive_a_lost_network(phone: Opens, server: Server, line: CutLine) -> None:
    """
    A yes and two moves made without a network are told as unsent, through a reload, and arrive; who was late is told.
    """
    officer = phone(url=line.url)
    enter(officer, "officer2")
    come_on_duty(officer)
    case = taps(server, "student5", "help")
    expect(officer.get_by_role("dialog")).to_be_visible()

    line.cut()
    officer.get_by_role("button", name="Accept").click()
    expect(officer.get_by_text("Your yes is not sent yet. Trying.")).to_be_visible()
    assert_accessible(officer)
    officer.reload()
    expect(officer.get_by_text("Your yes is not sent yet. Trying.")).to_be_visible()
    line.mend()
    expect(officer.get_by_role("article", name="Your case H-")).to_be_visible()
    assert "accepted" == state_of(server, "student5", case)

    line.cut()
    officer.get_by_role("button", name="On my way").click()
    officer.get_by_role("button", name="I am here").click()
    expect(officer.get_by_text("“On my way” is not sent yet. Trying.")).to_be_visible()
    expect(officer.get_by_role("button", name="Resolved")).to_be_visible()
    line.mend()
    expect(officer.get_by_text("You are there")).to_be_visible()
    expect(officer.get_by_text("is not sent yet")).to_have_count(0)
    assert "on_scene" == state_of(server, "student5", case)

    line.cut()
    calls_off(server, "student5", case)
    line.mend()
    expect(notice(officer)).to_contain_text("is over. Student 5 has called it off.")
    expect(officer.get_by_role("article")).to_have_count(0)

    asked(server, "officer1", "PUT", "/v1/duty", {"state": "on_patrol"})
    taken = taps(server, "student6", "first_aid")
    expect(officer.get_by_role("dialog")).to_be_visible()
    line.cut()
    officer.get_by_role("button", name="Accept").click()
    (theirs,) = asked(server, "officer1", "GET", "/v1/offers")["items"]
    asked(server, "officer1", "POST", f"/v1/offers/{theirs['id']}/accept")
    line.mend()
    expect(notice(officer)).to_contain_text("Taken by Officer 1. You can stand down.")
    calls_off(server, "student6", taken)
    for name in ("officer1", "officer2"):
        asked(server, name, "PUT", "/v1/duty", {"state": "off_duty"})


def test_the_narrowest_phone_holds_all_of_it_and_the_corner_calls_for_the_officer(phone: Opens, server: Server) -> None:
    """
    At 320 pixels nothing runs out, targets fit a thumb, a silenced page says so; held, the corner calls silently.
    """
    officer = phone(size=NARROWEST)
    enter(officer, "officer1")
    found = {"off": measured(officer)}
    come_on_duty(officer)
    found["on"] = measured(officer)
    officer.context.add_init_script(UNTOUCHED)
    officer.reload()
    expect(officer.get_by_role("heading", name="On patrol")).to_be_visible()
    case = taps(server, "student7", "emergency", note="Careful: " + "glass on the floor of the lift " * 3)
    allow = officer.get_by_role("dialog").get_by_role("button", name="Tap to allow sound")
    expect(allow).to_be_visible()
    found["offer"] = measured(officer)
    allow.click()
    expect(officer.get_by_text("It rings until you answer.")).to_be_visible()
    officer.get_by_role("button", name="Accept").click()
    expect(officer.get_by_role("article", name="Your case E-")).to_be_visible()
    found["case"] = measured(officer)
    officer.get_by_role("link", name="Call").click()
    expect(officer.get_by_role("button", name="FIRST AID")).to_be_visible()
    officer.get_by_role("link", name="Duty").click()
    hold(officer, "I am in danger")

    expect(officer.get_by_role("button", name="Dark screen")).to_be_visible()
    officer.wait_for_timeout(300)
    own = [one for one in asked(server, "officer1", "GET", "/v1/incidents")["items"] if one.get("call")]
    assert dict.fromkeys(found, (NARROWEST[0], [])) == found
    assert [("responder_duress", True, "emergency")] == [(one["trigger"], one["silent"], one["kind"]) for one in own]
    calls_off(server, "student7", case)


def notice(page: Page) -> Locator:
    """What the screen says happened of itself; a screen reader is told the same besides."""
    return page.locator(".notice")


def looks_off_duty(page: Page) -> Locator:
    """The page, while it has the colour of off duty."""
    return page.locator("html.off-duty")


def measured(page: Page) -> tuple[int, list[str]]:
    """How wide the page is, and what is too small for a thumb."""
    return page.evaluate("document.documentElement.scrollWidth"), page.evaluate(SMALL, TARGET)


def state_of(server: Server, name: str, incident_id: str) -> str:
    return str(asked(server, name, "GET", f"/v1/incidents/{incident_id}")["state"])


def reasons_of(case: dict[str, list[dict[str, str | None]]]) -> list[str | None]:
    """Why officers said no, as the control room reads it."""
    return [one["declined_because"] for one in case["offers"] if one["state"] == "declined"]
