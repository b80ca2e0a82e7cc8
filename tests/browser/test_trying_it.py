"""The plain page at `/`: one presses, one answers, one watches, and a cut network is told honestly."""

import json

import pytest
import requests
from flask import Flask
from playwright.sync_api import APIResponse, Locator, Page, Request, Route, expect

from backend.public import trying
from tests.browser.conftest import Tab
from tests.server import Server, sign_in

pytestmark = pytest.mark.browser

NARROWEST = (320, 640)
DESK = (1440, 900)

#: The smallest target a thumb may be asked to hit, in CSS pixels.
TARGET = 56


def test_a_press_is_answered_and_the_student_sees_who_is_coming(tab: Tab, server: Server) -> None:
    """
    An emergency is offered to the officer on duty, and every move they make shows on the student's page.
    """
    student, officer = tab("student1"), tab("officer1")
    officer.get_by_label("On patrol").check()
    expect(officer.get_by_text("Ends by itself at")).to_be_visible()

    press(student, "EMERGENCY")
    expect(officer.get_by_role("article", name="Emergency: you are asked")).to_be_visible()
    officer.get_by_role("button", name="Accept").click()
    expect(student.get_by_role("heading", name="Officer 1 is coming")).to_be_visible()
    officer.get_by_role("button", name="On my way").click()
    officer.get_by_role("button", name="I am here").click()

    expect(student.get_by_role("heading", name="Officer 1 is with you")).to_be_visible()
    hold(officer, "Resolved")
    expect(student.get_by_role("heading", name="Resolved")).to_be_visible()
    assert ["resolved"] == states_of(server, "student1")


def test_what_is_said_reaches_the_other_side_once(tab: Tab, server: Server) -> None:
    """
    The student's words stand on the officer's page, and the officer's on the student's, each one time.
    """
    student, officer = tab("student2"), tab("officer2")
    officer.get_by_label("On patrol").check()
    press(student, "EMERGENCY")
    officer.get_by_role("button", name="Accept").click()

    speak(student, "Third floor, by the lift")
    speak(officer, "Two minutes away")

    expect(said(officer, "Third floor, by the lift")).to_have_count(1)
    expect(said(student, "Two minutes away")).to_have_count(1)
    hold(student, "Cancel: I am all right")
    expect(student.get_by_role("heading", name="Cancelled")).to_be_visible()
    assert ["cancelled"] == states_of(server, "student2")


def test_a_slow_answer_does_not_put_the_duty_switch_back(tab: Tab) -> None:
    """
    What the server said of the duty before the officer pressed is not shown after it.
    """
    officer = tab("officer3")
    held: list[tuple[Route, APIResponse]] = []
    officer.route("**/v1/me", lambda route: held.append((route, route.fetch())))
    officer.reload()
    expect(officer.get_by_text("You are off duty")).to_be_visible()
    officer.wait_for_timeout(300)

    officer.get_by_label("At my post").check()
    expect(officer.get_by_text("Ends by itself at")).to_be_visible()
    for route, answer in held:
        route.fulfill(response=answer)
    officer.wait_for_timeout(300)

    assert officer.get_by_label("At my post").is_checked()
    assert held
    officer.unroute("**/v1/me")
    officer.get_by_label("Off duty").check()


def test_the_control_room_sees_a_case_and_an_alarm_and_takes_it(tab: Tab, server: Server) -> None:
    """
    A press outside every campus alarms the control room, which takes the alarm and ends the case.
    """
    controller, student = tab("controller1", size=DESK), tab("student3")
    student.get_by_label("Where you are").select_option(label="Outside every campus: Hyde Park")

    press(student, "HELP")
    expect(controller.get_by_text("Outside every campus for")).to_be_visible()
    controller.get_by_role("button", name="Take").click()
    expect(controller.get_by_role("article", name="Help H-")).to_contain_text("Student 3")
    expect(student.get_by_text("Controller 1 has seen it")).to_be_visible()
    controller.get_by_role("button", name="Resolve").click()

    expect(student.get_by_role("heading", name="Resolved")).to_be_visible()
    expect(controller.get_by_role("region", name="Alarms")).to_be_hidden()
    assert ["resolved"] == states_of(server, "student3")


def test_a_press_without_a_network_is_told_honestly_and_arrives_once(tab: Tab, server: Server) -> None:
    """
    Cut off, the page says that nothing was sent and whom to ring; back again, the same tap_id opens one case.
    """
    student = tab("student4")
    sent: list[str] = []
    student.on("request", lambda request: sent.append(tap_of(request)) if request.url.endswith("/v1/taps") else None)

    student.context.set_offline(True)
    press(student, "EMERGENCY")
    expect(student.get_by_role("heading", name="Not sent yet. Trying. Ring 999 now.")).to_be_visible()
    expect(student.get_by_role("link", name="Ring 999").first).to_have_attribute("href", "tel:999")
    expect(student.get_by_text("Not live since")).to_be_visible()
    student.context.set_offline(False)

    expect(student.get_by_text("Not sent yet")).to_have_count(0)
    expect(student.get_by_role("article", name="Emergency E-")).to_be_visible()
    expect(student.get_by_text("Not live since")).to_be_hidden()
    assert len(sent) >= 2
    assert len(set(sent)) == 1
    assert 1 == len(states_of(server, "student4"))


def test_a_press_goes_on_after_the_page_is_loaded_again(tab: Tab, server: Server) -> None:
    """
    A press whose answer never came is sent again by the next page in this tab, as the same press.
    """
    student = tab("student5")
    sent: list[str] = []
    student.on("request", lambda request: sent.append(tap_of(request)) if request.url.endswith("/v1/taps") else None)
    student.route("**/v1/taps", lambda route: route.abort())
    press(student, "EMERGENCY")
    expect(student.get_by_role("heading", name="Not sent yet")).to_be_visible()

    student.unroute("**/v1/taps")
    student.reload()

    expect(student.get_by_role("article", name="Emergency E-")).to_be_visible()
    assert len(set(sent)) == 1
    assert 1 == len(states_of(server, "student5"))


def test_a_stopped_countdown_sends_nothing(tab: Tab, server: Server) -> None:
    """
    A tap while it counts stops the press, but the second tap of a frightened double press does not.
    """
    student = tab("student6")

    student.get_by_role("button", name="HELP").click()
    stop = student.get_by_role("button", name="Stop.")
    stop.click()
    expect(stop).to_be_visible()
    student.wait_for_timeout(900)
    stop.click()

    expect(student.get_by_role("heading", name="What do you need?")).to_be_visible()
    expect(stop).to_have_count(0)
    assert [] == states_of(server, "student6")


def test_two_tabs_of_one_browser_hold_two_people(tab: Tab) -> None:
    """
    The demonstration's buttons sign each tab in as somebody else.
    """
    first = tab()
    second = first.context.new_page()
    second.goto(first.url)

    first.get_by_role("button", name="Student 1").click()
    second.get_by_role("button", name="Controller 1").click()
    expect(second.get_by_role("heading", name="Control room")).to_be_visible()
    first.reload()

    expect(first.get_by_text("Student 1")).to_be_visible()
    expect(second.get_by_text("Controller 1")).to_be_visible()
    assert 0 == first.evaluate("localStorage.length")


@pytest.mark.parametrize("name", [None, "student7", "officer3", "controller2"])
def test_every_page_fits_the_narrowest_phone(tab: Tab, name: str | None) -> None:
    """
    At 320 pixels nothing runs out at the side, and every target is large enough for a thumb.
    """
    page = tab(name, size=NARROWEST)

    width = page.evaluate("document.documentElement.scrollWidth")
    small = page.evaluate(
        """(least) => [...document.querySelectorAll("button, select, input:not([type=radio]), label.choice, a.call")]
            .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < least)
            .map((one) => one.outerHTML)""",
        TARGET,
    )

    assert width == NARROWEST[0]
    assert small == []


def test_the_three_buttons_fill_a_phone(tab: Tab) -> None:
    """
    Each of the three is at least 22 % of the screen's height, and all are on it without scrolling.
    """
    student = tab("student8")

    boxes = [student.get_by_role("button", name=name).bounding_box() for name in ("EMERGENCY", "FIRST AID", "HELP")]

    height = student.viewport_size["height"] if student.viewport_size else 0
    assert all(box and box["height"] >= 0.22 * height for box in boxes)
    assert all(box and box["y"] + box["height"] <= height for box in boxes)


def test_a_real_institution_is_offered_no_demo_people() -> None:
    """
    Without the demonstration's flag the page neither calls itself one nor lets its scripts show the sign-ins.
    """
    app = Flask("page")
    app.register_blueprint(trying.bp)

    plain = app.test_client().get("/").get_data(as_text=True)
    app.config[trying.DEMO] = True
    demo = app.test_client().get("/").get_data(as_text=True)

    assert 'data-demo="no"' in plain
    assert "Demonstration" not in plain
    assert 'data-demo="yes"' in demo


def press(page: Page, name: str) -> None:
    """Press one of the three and let it count down."""
    page.get_by_role("button", name=name).click()
    expect(page.locator("dialog")).to_have_count(1)
    expect(page.locator("dialog")).to_have_count(0)


def hold(page: Page, name: str) -> None:
    """Keep the mouse down long enough for a button that a slip must not press."""
    button = page.get_by_role("button", name=name)
    button.hover()
    page.mouse.down()
    page.wait_for_timeout(1200)
    page.mouse.up()


def speak(page: Page, words: str) -> None:
    """Say something in the case at hand."""
    page.get_by_label("Say something").fill(words)
    page.get_by_role("button", name="Send").click()


def said(page: Page, words: str) -> Locator:
    """Where these words stand in a conversation."""
    return page.get_by_role("region", name="Conversation").get_by_role("listitem").filter(has_text=words)


def tap_of(request: Request) -> str:
    """The tap_id a request carries."""
    tap_id: str = json.loads(request.post_data or "{}")["tap_id"]
    return tap_id


def states_of(server: Server, name: str) -> list[str]:
    """How far each of this person's cases is, as the server knows it."""
    bearer = {"Authorization": f"Bearer {sign_in(server, name)['access_token']}"}
    answer = requests.get(f"{server.url}/v1/incidents", headers=bearer, timeout=10)
    return [item["state"] for item in answer.json()["items"]]
