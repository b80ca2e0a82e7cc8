"""The member's phone at `/app`, in a real browser against the real server."""

import json
from typing import Any

import pytest
import requests
from playwright.sync_api import Page, Request, expect

from tests.browser.officer_page import NEAR, accepts, asked
from tests.browser.opened_pages import Opens
from tests.browser.phone_page import hold, press
from tests.cut_line import CutLine
from tests.server import PASSWORD, Server, sign_in

pytestmark = pytest.mark.browser

NARROWEST = (320, 568)

#: The smallest target a thumb may be asked to hit, in CSS pixels.
TARGET = 56


def test_a_press_without_a_network_is_told_honestly_and_arrives_once(
    phone: Opens, server: Server, line: CutLine
) -> None:
    """
    Cut off before the press, through a reload, and back: the screen claims no more than is known, one case is opened.
    """
    asked(server, "officer2", "PUT", "/v1/duty", {"state": "on_patrol", "position": NEAR})
    member = phone("student2", url=line.url)
    sent = taps(member)

    line.cut()
    press(member, "FIRST AID")
    expect(member.get_by_role("heading", name="Not sent yet. Trying. Ring 999 now.")).to_be_visible()
    expect(member.get_by_role("link", name="Ring 999")).to_have_attribute("href", "tel:999")
    expect(member.get_by_text("From a College phone: 4444")).to_be_visible()
    expect(member.get_by_text("Not live since")).to_be_visible()
    member.reload()
    expect(member.get_by_role("heading", name="Not sent yet. Trying. Ring 999 now.")).to_be_visible()
    assert [] == cases(server, "student2")
    line.mend()

    expect(member.locator(".received")).to_be_visible()
    accepts(server, "officer2")
    expect(member.get_by_role("heading", name="Officer 2 is coming")).to_be_visible()
    expect(member.get_by_text("Not live since")).to_be_hidden()
    assert 1 == len(set(sent)) < len(sent)
    assert ["first_aid"] == [one["kind"] for one in cases(server, "student2")]
    hold(member, "Cancel: I am all right")
    asked(server, "officer2", "PUT", "/v1/duty", {"state": "off_duty"})
    expect(member.get_by_role("heading", name="Cancelled")).to_be_visible()


def test_a_phone_that_was_cut_off_is_right_again_without_a_reload(phone: Opens, line: CutLine, server: Server) -> None:
    """
    What happened to the case while the network was gone stands on the screen when it is back.
    """
    asked(server, "officer3", "PUT", "/v1/duty", {"state": "on_patrol", "position": NEAR})
    member = phone("student3", url=line.url)
    press(member, "HELP")
    expect(member.locator(".received")).to_be_visible()

    line.cut()
    expect(member.get_by_text("Not live since")).to_be_visible()
    case = accepts(server, "officer3")
    asked(server, "officer3", "POST", f"/v1/incidents/{case}/moves", {"move": "en_route"})
    member.wait_for_timeout(500)
    expect(member.get_by_role("heading", name="Officer 3 is coming")).to_be_hidden()
    line.mend()

    expect(member.get_by_role("heading", name="Officer 3 is coming")).to_be_visible()
    hold(member, "Cancel: I am all right")
    asked(server, "officer3", "PUT", "/v1/duty", {"state": "off_duty"})
    expect(member.get_by_role("heading", name="Cancelled")).to_be_visible()
    assert ["cancelled"] == [one["state"] for one in cases(server, "student3")]


def test_a_press_can_be_stopped_and_nothing_is_sent(phone: Opens, server: Server) -> None:
    """
    While it counts the whole screen stops it; a second press of a frightened finger does not.
    """
    member = phone("student4")

    member.get_by_role("button", name="EMERGENCY").click()
    member.get_by_role("dialog").get_by_role("button").click()
    expect(member.get_by_role("dialog")).to_be_visible()
    member.wait_for_timeout(900)
    member.get_by_role("dialog").get_by_role("button").click()
    expect(member.get_by_role("dialog")).to_have_count(0)
    member.wait_for_timeout(3000)

    expect(member.get_by_text("Emergency stopped. Nothing was sent.")).to_have_count(1)
    assert [] == cases(server, "student4")


def test_a_held_button_calls_silently_and_the_screen_looks_like_nothing(phone: Opens, server: Server) -> None:
    """
    No countdown, no word and no sound: a dark screen until it is held; the case is silent.
    """
    member = phone("student5")

    hold(member, "EMERGENCY")
    dark = member.get_by_role("button", name="Dark screen")
    expect(dark).to_have_text("")
    expect(member.get_by_role("alert")).to_have_count(0)
    wait_for_case(server, member, "student5")
    hold(member, "Dark screen")

    expect(member.get_by_text("Silent call. Security knows not to ring you.")).to_be_visible()
    expect(member.locator("p[role=alert].unseen")).to_have_text("")
    assert [(True, "hold")] == [(one["silent"], one["trigger"]) for one in cases(server, "student5")]


def test_under_duress_the_phone_believes_what_it_is_answered(phone: Opens, server: Server) -> None:
    """
    Who has set PINs is asked for one when cancelling; after the second the phone says cancelled, the board the truth.
    """
    body = {"password": PASSWORD, "cancel_pin": "2580", "duress_pin": "9137"}
    put = requests.put(f"{server.url}/v1/pins", json=body, headers=bearer(server, "student6"), timeout=20)
    member = phone("student6", knows_where=False)
    press(member, "HELP")

    hold(member, "Cancel: I am all right")
    member.get_by_label("Your PIN").fill("9137")
    member.get_by_role("button", name="Cancel the call").click()

    expect(member.get_by_role("heading", name="Cancelled")).to_be_visible()
    board = asked(server, "controller2", "GET", "/console/api/board")["items"]
    assert ["Student 6"] == [row["caller"]["name"] for row in board if row["trigger"] == "duress_pin"]
    assert (204, ["cancelled"]) == (put.status_code, [one["state"] for one in cases(server, "student6")])


def test_the_timer_is_kept_by_the_server_and_the_cards_by_the_phone(
    phone: Opens, server: Server, line: CutLine
) -> None:
    """
    A check-in is set and ended by its owner; the cards can be read without a network, from the phone's own store.
    """
    member = phone("student7", url=line.url)
    member.get_by_role("link", name="Timer").click()
    member.get_by_label("15 min").check()
    member.get_by_label("What should Security know?").fill("Along the canal")
    member.get_by_role("button", name="Start the timer").click()
    expect(member.get_by_text("Runs out")).to_be_visible()
    state = requests.get(f"{server.url}/v1/check-in", headers=bearer(server, "student7"), timeout=10).json()
    member.get_by_role("button", name="I am safe: end it").click()
    expect(member.get_by_role("button", name="Start the timer")).to_be_visible()

    line.cut()
    member.reload()
    member.get_by_role("link", name="What to do").click()
    member.get_by_text("Weapons attack: run, hide, tell").click()

    expect(member.get_by_role("link", name="Ring 999").first).to_be_visible()
    assert ("open", "Along the canal") == (state["state"], state["note"])


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_every_screen_fits_the_narrowest_phone(phone: Opens, direction: str) -> None:
    """
    At 320 pixels, from either side: nothing runs out at the edge, every target is large enough for a thumb.
    """
    member = phone("student8", size=NARROWEST)
    member.evaluate("direction => { document.documentElement.dir = direction }", direction)
    found = {}

    for screen in ("home", "timer", "cards", "me"):
        member.goto(f"{member.url.partition('#')[0]}#{screen}")
        expect(member.get_by_role("heading", level=1)).to_be_visible()
        found[screen] = (member.evaluate("document.documentElement.scrollWidth"), member.evaluate(SMALL, TARGET))

    assert dict.fromkeys(found, (NARROWEST[0], [])) == found


SMALL = """(least) => [...document.querySelectorAll("button, input:not([type=radio]), a, summary")]
    .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < least).map((one) => one.outerHTML)"""


def test_the_three_buttons_fill_a_phone(phone: Opens) -> None:
    """
    Each is at least 22 % of the screen's height, and all three are on it without scrolling.
    """
    member = phone("student9")

    boxes = [member.get_by_role("button", name=name).bounding_box() for name in ("EMERGENCY", "FIRST AID", "HELP")]

    height = member.viewport_size["height"] if member.viewport_size else 0
    tabs = member.get_by_role("navigation").bounding_box()
    assert all(box and box["height"] >= 0.22 * height for box in boxes)
    assert all(box and tabs and box["y"] + box["height"] <= tabs["y"] for box in boxes)


def test_a_press_by_keys_alone(phone: Opens, server: Server) -> None:
    """
    Tab to a button, Enter, and it counts down; Escape stops it; Enter again and it is sent.
    """
    member = phone("student10")
    member.get_by_role("button", name="HELP").focus()

    member.keyboard.press("Enter")
    expect(member.get_by_role("dialog")).to_be_visible()
    member.wait_for_timeout(900)
    member.keyboard.press("Escape")
    expect(member.get_by_role("dialog")).to_have_count(0)
    member.get_by_role("button", name="HELP").focus()
    member.keyboard.press("Enter")
    expect(member.get_by_role("dialog")).to_be_visible()

    expect(member.get_by_role("heading", name="Nobody has seen it yet")).to_be_visible()
    assert ["help"] == [one["kind"] for one in cases(server, "student10")]


def taps(page: Page) -> list[str]:
    """The tap_id of every attempt from now on."""
    sent: list[str] = []

    def note(request: Request) -> None:
        if request.url.endswith("/v1/taps"):
            sent.append(json.loads(request.post_data or "{}")["tap_id"])

    page.on("request", note)
    return sent


def bearer(server: Server, name: str) -> dict[str, str]:
    """What a request of this person carries; a password is slow to check on purpose, so it is asked for once."""
    if name not in server.tokens:
        server.tokens[name] = sign_in(server, name)["access_token"]
    return {"Authorization": f"Bearer {server.tokens[name]}"}


def cases(server: Server, name: str) -> list[dict[str, Any]]:
    """This person's cases as the server knows them."""
    answer = requests.get(f"{server.url}/v1/incidents", headers=bearer(server, name), timeout=10)
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


def wait_for_case(server: Server, page: Page, name: str) -> None:
    """A screen that shows nothing cannot be waited for: the server is asked."""
    headers = bearer(server, name)
    for _ in range(50):
        if requests.get(f"{server.url}/v1/incidents", headers=headers, timeout=10).json()["items"]:
            return
        page.wait_for_timeout(100)
    raise AssertionError("no case came")
