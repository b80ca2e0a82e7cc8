"""An opened case at the console, in a real browser: by keys alone, with a member's phone, and through a cut line."""

import re
from typing import Any
from uuid import uuid4

import pytest
import requests
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import assert_accessible
from tests.browser.opened_pages import Opens
from tests.cut_line import CutLine
from tests.server import Server, sign_in

pytestmark = pytest.mark.browser

HERE = {"latitude": 51.4985, "longitude": -0.177, "accuracy_m": 8.0, "floor": "3"}


def test_a_case_is_taken_given_spoken_in_ticked_and_resolved_by_keys_alone(console: Opens, server: Server) -> None:
    """
    From the board to the resolved case without a pointer; every state of it passes axe, in the dark and in the light.
    """
    on_duty(server, "officer1", "officer2")
    case = tap(server, "student1", "emergency", note="by the lift")
    page = console("controller1")
    open_by_keys(page, case["reference"])
    expect(page.get_by_text("Nobody at a console has taken this case.")).to_be_visible()
    assert_accessible(page)

    page.keyboard.press("t")
    expect(page.get_by_text("You have this case")).to_be_visible()
    page.keyboard.press("a")
    expect(page.get_by_label("Find by name")).to_be_focused()
    assert_accessible(page)
    page.keyboard.type("officer 2")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Officer 2 is coming")).to_be_visible()
    page.keyboard.press("m")
    page.keyboard.type("Help is on its way")
    page.keyboard.press("Enter")
    expect(said(page, "Help is on its way")).to_be_visible()
    step = page.get_by_role("checkbox").first
    tab_to(page, step)
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name=re.compile(r"1 of \d+ done"))).to_be_visible()
    page.get_by_role("button", name="Light", exact=True).press("Enter")
    assert_accessible(page)
    page.keyboard.press("r")
    expect(page.get_by_label("How it ended")).to_be_focused()
    page.keyboard.type("Taken to hospital")
    tab_to(page, page.get_by_role("button", name="Resolve"))
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")

    expect(page.get_by_text(re.compile(r"^Resolved \d\d:\d\d:\d\d by Controller 1\.$"))).to_be_visible()
    expect(page.get_by_text("Taken to hospital")).to_be_visible()
    assert_accessible(page)
    whole = ask(server, "controller2", "GET", f"/console/api/incidents/{case['id']}")
    assert ("resolved", "Controller 1", "Controller 1") == (
        whole["state"],
        whole["taken_by"]["name"],
        whole["protocol"][0]["done_by"],
    )
    assert ["Officer 2"] == [one["by"] for one in whole["progress"] if one["stage"] == "assigned"]


def test_a_profile_is_opened_with_a_reason_that_its_owner_reads(console: Opens, server: Server) -> None:
    """
    What was told is shown, and stands with the reason in the member's own list; then a report, a link and the paper.
    """
    ask(server, "student2", "PUT", "/v1/profile", {**NOTHING_TOLD, "medical_notes": "asthma"})
    case, other = tap(server, "student2", "first_aid"), tap(server, "student3", "help")
    ask(server, "controller1", "POST", f"/console/api/incidents/{case['id']}/take", {})
    page = console("controller2", room=f"board/{case['id']}")
    page.get_by_role("button", name="Take over").click()
    expect(page.get_by_text("Controller 1 has it. Afterwards it is yours.")).to_be_visible()
    page.get_by_role("dialog").get_by_role("button", name="Take over").click()
    expect(page.get_by_text("You have this case")).to_be_visible()

    page.get_by_role("button", name="Open profile").click()
    page.get_by_role("radio", name="Officers ask about needs").check()
    page.get_by_placeholder("In your own words").fill("which inhaler")
    assert_accessible(page)
    page.get_by_role("button", name="Show it").click()
    expect(page.get_by_text("asthma")).to_be_visible()
    unfold(page, "METHANE")
    page.get_by_role("radio", name="Declared", exact=True).check()
    page.get_by_label("Hazards").fill("Solvents in 342")
    page.get_by_role("button", name="Save the report").click()
    expect(page.get_by_text("MAJOR INCIDENT", exact=True)).to_be_visible()
    unfold(page, "Linked cases")
    page.get_by_label("Find an open case").fill(other["reference"])
    page.get_by_role("button", name=f"Link {other['reference']}").click()
    expect(page.get_by_role("link", name=other["reference"]).last).to_be_visible()
    assert_accessible(page)

    page.emulate_media(media="print")
    expect(page.get_by_text("Solvents in 342").last).to_be_visible()
    expect(page.get_by_role("banner").first).to_be_hidden()
    assert [] == [one for one in page.get_by_role("button").all() if one.is_visible() and not is_heading(one)]
    expect(page.get_by_text("asthma")).to_be_hidden()
    [look] = ask(server, "student2", "GET", "/v1/profile/views")["items"]
    assert ("Controller 2", "Officers ask about needs: which inhaler") == (look["by"], look["reason"])
    whole = ask(server, "controller1", "GET", f"/console/api/incidents/{case['id']}")
    assert (True, [other["id"]]) == (whole["major"], [one["id"] for one in whole["linked"]])


def test_a_conversation_with_a_phone_outlives_a_cut_line(
    console: Opens, phone: Opens, server: Server, line: CutLine
) -> None:
    """
    Words written while the line is cut are kept, said once when it is back; what is half typed stays where it is.
    """
    case = tap(server, "student4", "help")
    member = phone("student4")
    page = console("controller1", room=f"board/{case['id']}", url=line.url)
    question = page.get_by_role("list", name="Questions").get_by_role("button").first
    question.click()
    expect(member.get_by_text(question.inner_text(), exact=True)).to_be_visible()
    speak(member, "I am safe, in the library")
    expect(said(page, "I am safe, in the library")).to_be_visible()
    until_read(server, page, case["id"])

    line.cut()
    message = page.get_by_label("Say something to everybody")
    message.fill("Stay there")
    message.press("Enter")
    expect(page.get_by_text("Not sent yet. Trying again.")).to_be_visible()
    message.fill("An officer comes")
    page.get_by_role("article").get_by_role("button", name="Take").click()
    expect(page.get_by_text("The server cannot be reached.")).to_be_visible()
    speak(member, "The door is locked")
    line.mend()

    expect(said(page, "The door is locked")).to_be_visible()
    expect(member.get_by_text("Stay there", exact=True)).to_have_count(1)
    expect(page.get_by_text("Not sent yet. Trying again.")).to_have_count(0)
    expect(message).to_have_value("An officer comes")
    ask(server, "controller2", "POST", f"/console/api/incidents/{case['id']}/resolve", {"note": None})
    expect(page.get_by_text("The case is closed: nothing more can be said.")).to_be_visible()
    expect(said(page, "Stay there")).to_have_count(1)
    expect(page.get_by_label("A note that only")).to_have_value("An officer comes")
    assert ["I am safe, in the library", "Stay there", "The door is locked"] == sorted(words(server, case["id"])[1:])


def test_a_silent_case_warns_before_anybody_writes(console: Opens, server: Server) -> None:
    """
    Nothing can be typed to somebody who called silently before a controller has read what a message may do.
    """
    case = tap(server, "student5", "emergency", silent=True)
    page = console("controller2", room=f"board/{case['id']}")
    expect(page.get_by_text("SILENT", exact=True)).to_be_visible()
    expect(page.get_by_label("Say something")).to_have_count(0)
    assert_accessible(page)

    page.keyboard.press("m")

    expect(page.get_by_label("Say something")).to_be_visible()
    expect(page.get_by_text("They called silently.")).to_be_visible()
    assert [] == words(server, case["id"])


NOTHING_TOLD: dict[str, Any] = {
    "photo": None,
    "mobile": None,
    "medical_notes": None,
    "evacuation_plan": None,
    "language": "en",
    "emergency_contacts": [],
}


def ask(server: Server, name: str, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
    """A request beside the browsers; a password is slow to check on purpose, so each person signs in once."""
    if name not in server.tokens:
        server.tokens[name] = sign_in(server, name)["access_token"]
    headers = {"Authorization": f"Bearer {server.tokens[name]}"}
    answer = requests.request(method, server.url + path, json=body, headers=headers, timeout=20)
    assert answer.ok, answer.text
    return answer.json() if answer.content else None


def tap(server: Server, name: str, kind: str, **more: Any) -> dict[str, Any]:
    """This person presses; the case they get."""
    body = {"tap_id": str(uuid4()), "kind": kind, "position": HERE, **more}
    found: dict[str, Any] = ask(server, name, "POST", "/v1/taps", body)
    return found


def on_duty(server: Server, *names: str) -> None:
    for name in names:
        ask(server, name, "PUT", "/v1/duty", {"state": "on_patrol", "position": {**HERE, "floor": None}})


def open_by_keys(page: Page, reference: str) -> None:
    """The line of the board, and Enter."""
    page.get_by_role("link", name=re.compile(reference)).first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=re.compile(reference))).to_be_focused()


def tab_to(page: Page, wanted: Locator, *, most: int = 60) -> None:
    """By the tabulator alone, as far as it is."""
    for _ in range(most):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("not reached by the tabulator")


def said(page: Page, text: str) -> Locator:
    """These words in the case's conversation."""
    return page.get_by_role("list", name="Conversation").get_by_text(text, exact=True)


def speak(member: Page, text: str) -> None:
    member.get_by_label("Say something").fill(text)
    member.get_by_role("button", name="Send").click()


def words(server: Server, case_id: str) -> list[str]:
    """What the server has of the case's conversation, in order."""
    answer = ask(server, "controller2", "GET", f"/console/api/incidents/{case_id}/messages")
    return [one["text"] for one in answer["items"]]


def unfold(page: Page, title: str) -> None:
    page.get_by_role("button", name=re.compile(f"^{title}")).click()


def is_heading(button: Locator) -> bool:
    """On paper a folded part's button is its heading."""
    return bool(button.evaluate("one => one.parentElement.matches('h3')"))


def until_read(server: Server, page: Page, case_id: str) -> None:
    """The mark is set by the page on its own: the server is asked."""
    for _ in range(50):
        if ask(server, "controller2", "GET", f"/console/api/incidents/{case_id}")["unread"] == 0:
            return
        page.wait_for_timeout(100)
    raise AssertionError("it stays unread")
