"""The board in real browsers: it sounds until somebody takes the case, keeps still under the pointer, mends itself."""

from typing import Any

import pytest
import requests
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import assert_accessible
from tests.browser.opened_pages import Opens
from tests.browser.phone_page import phones, press
from tests.cut_line import cut_line
from tests.server import PASSWORD, Server


@pytest.fixture(scope="module")
def colleague(server: Server) -> requests.Session:
    """
    Another controller, who needs no page.
    """
    session = requests.Session()
    told = {"email": "controller2@demo.example", "password": PASSWORD}
    token = requests.post(f"{server.url}/v1/sign-in", json=told, timeout=10).json()["access_token"]
    session.headers["Authorization"] = f"Bearer {token}"
    return session


def raised(colleague: requests.Session, server: Server, kind: str, zone: str) -> dict[str, Any]:
    """A case that the colleague has taken a call about."""
    answer = colleague.post(f"{server.url}/console/api/incidents", json={"kind": kind, "zone": zone}, timeout=10)
    assert answer.status_code == 201
    return dict(answer.json())


def sounds(page: Page, tune: str | None) -> None:
    """Whether the console can be heard now; the page says so itself, by what its browser lets through."""
    if tune:
        expect(page.locator("html")).to_have_attribute("data-sounding", tune)
    else:
        expect(page.locator("html:not([data-sounding])")).to_have_count(1)


def band(page: Page) -> Any:
    return page.get_by_role("region", name="What calls")


def test_it_sounds_at_every_console_until_somebody_takes_the_case(
    browser: Browser, server: Server, console: Opens
) -> None:
    """
    A member presses; one console is silenced, which the other shows; one takes the case, and both are quiet.
    """
    one, other = console("controller1"), console("controller2")
    with phones(browser, server) as phone:
        press(phone("student1"), "EMERGENCY")

    sounds(one, "newEmergency")
    sounds(other, "newEmergency")
    expect(one).to_have_title("▲ Emergency E-2026-0001, Sherfield Building", timeout=1000)
    expect(one.get_by_role("alert").filter(has_text="New: Emergency")).to_have_count(1)
    expect(band(other)).to_contain_text("Nobody can be reached")
    assert_accessible(one)

    one.get_by_role("button", name="Sound on").click()

    sounds(one, None)
    expect(other.get_by_text("Sound off: Controller 1")).to_be_visible()
    sounds(other, "newEmergency")

    band(other).get_by_role("button", name="Take").click()

    sounds(other, None)
    expect(band(one)).to_contain_text("Nothing waits to be taken.")
    expect(one.locator(".case").filter(has_text="E-2026-0001")).to_contain_text("Taken: Controller 2")
    assert "Bluelight console" == one.title()
    one.get_by_role("button", name="Sound off").click()
    expect(other.get_by_text("Sound off: Controller 1")).to_be_hidden()


def test_a_call_is_taken_down_and_opened_by_keys_alone(
    server: Server, console: Opens, colleague: requests.Session
) -> None:
    """
    `p`, the kind, the place by a few letters, the level, the caller: the case opens beside the board.
    """
    page = console("controller1")
    keys = page.keyboard

    keys.press("p")
    expect(page.get_by_role("radio", name="Emergency")).to_be_focused()
    keys.press("ArrowRight")
    keys.press("Tab")
    keys.type("hux")
    expect(page.get_by_role("option")).to_have_count(1)
    keys.press("Enter")
    keys.press("Tab")
    keys.press("ArrowRight")
    keys.press("Tab")
    keys.type("Reception p")
    keys.press("Tab")
    keys.press("Tab")
    keys.type("fallen on the stairs")
    for _ in range(2):
        keys.press("Tab")
    keys.press("Enter")

    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator(".opened")).to_contain_text("First aid F-2026-0")
    told = colleague.get(f"{server.url}/console/api/incidents/{page.url.rsplit('/', 1)[1]}", timeout=10).json()
    assert ("first_aid", "huxley") == (told["kind"], told["zone"]["id"])
    assert "Level G. fallen on the stairs" == told["note"]
    assert "Reception p" == told["caller"]["name"]

    for size in ((1440, 900), (1024, 768)):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        for theme in ("Light", "Dark"):
            page.get_by_role("button", name=theme, exact=True).click()
            assert_accessible(page)


def test_a_new_case_waits_while_the_pointer_is_on_the_list(
    server: Server, console: Opens, colleague: requests.Session
) -> None:
    """
    Nothing moves under the pointer, whatever comes: a line says what waits, and pressing it puts all in order.
    """
    first = raised(colleague, server, "help", "blackett")
    page = console("controller1")
    row = page.locator(f"[data-case='{first['id']}']")
    row.hover()
    before = row.bounding_box()

    new = raised(colleague, server, "emergency", "chemistry")

    line = page.get_by_role("button", name=" new: Emergency")
    expect(line).to_contain_text("Chemistry Building")
    sounds(page, "newEmergency")
    assert before == row.bounding_box()

    line.click()

    links = page.locator(".cases [data-case]")
    expect(links.first).to_have_attribute("data-case", new["id"])
    expect(line).to_have_count(0)
    page.keyboard.press("j")
    expect(links.first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".opened")).to_contain_text(new["reference"])


def test_who_types_right_after_a_dialog_went_is_not_torn_away(
    server: Server, console: Opens, colleague: requests.Session
) -> None:
    """
    A message begun in the task in which the dialog left keeps the keyboard; else the button that led there has it.
    """
    case = raised(colleague, server, "emergency", "huxley")
    page = console("controller1", room=f"board/{case['id']}")
    assign = page.get_by_role("button", name="Assign", exact=True)
    assign.click()
    page.keyboard.press("Escape")
    expect(assign).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Find by name")).to_be_focused()
    page.evaluate(
        """() => new MutationObserver((_, watch) => {
            if (document.querySelector("dialog")) return;
            watch.disconnect();
            document.querySelector("textarea[name=message]").focus();
        }).observe(document.body, { childList: true, subtree: true })"""
    )
    page.keyboard.press("Escape")
    page.wait_for_timeout(400)

    expect(page.locator("textarea[name=message]")).to_be_focused()
    assert page.get_by_role("dialog").count() == 0


def test_a_console_that_was_cut_off_is_right_again_by_itself(
    server: Server, console: Opens, colleague: requests.Session
) -> None:
    """
    It says since when it is not live; when the line is whole it shows what came and what went meanwhile.
    """
    gone = raised(colleague, server, "help", "beit-quadrangle")
    with cut_line(server.port) as line:
        page = console("controller1", url=line.url)
        expect(page.locator(f"[data-case='{gone['id']}']")).to_be_visible()

        page.evaluate("window.sameOne = true")

        line.cut()

        expect(page.get_by_text("Not live since")).to_be_visible()
        expect(page.get_by_text("LIVE", exact=True)).to_be_hidden()
        colleague.post(f"{server.url}/console/api/incidents/{gone['id']}/resolve", json={}, timeout=10)
        come = raised(colleague, server, "first_aid", "sherfield")
        line.mend()

        expect(page.get_by_text("LIVE", exact=True)).to_be_visible(timeout=20_000)
        expect(page.get_by_text("Not live since")).to_be_hidden()
        expect(page.locator(f"[data-case='{come['id']}']")).to_be_visible()
        expect(page.locator(f"[data-case='{gone['id']}']")).to_be_hidden()
        assert page.evaluate("window.sameOne"), "it was loaded anew"
