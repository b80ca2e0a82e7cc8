"""What a member tells and sets on the phone: profile, PINs, password, sign-ins, and a language from either side."""

from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import faults
from tests.browser.opened_pages import Opens
from tests.browser.phone_page import hold, sign_in
from tests.phone import Phone
from tests.pictures import picture
from tests.server import PASSWORD, Server

pytestmark = pytest.mark.browser

#: So tall that nothing lies beneath the tabs, from where it would be scrolled: axe takes that for covered.
WIDE, NARROWEST = (390, 2400), (320, 2400)

#: The smallest target a thumb may be asked to hit, in CSS pixels.
TARGET = 56

#: Each screen, and what of it comes last.
SCREENS = {
    "home": ".three",
    "timer": "form",
    "cards": "details",
    "me": ".calls",
    "profile": "form .first",
    "pins": "form",
    "sign-ins": "li.card",
    "language": ".choices label",
}


def test_a_profile_is_told_shown_to_who_comes_and_the_look_is_seen(phone: Opens, server: Server) -> None:
    """
    A fault stands at its field, the rest stays typed; what is kept is the server's, and nothing of it is on the phone.
    """
    member = phone("student1")
    turn(member, "profile")
    member.get_by_label("Health: what should they know?").fill("asthma; the inhaler is in the left pocket")
    member.get_by_label("Mobile number").fill("12")
    member.get_by_role("button", name="Add a person").click()
    member.get_by_label("Name").fill("Ada Okafor")
    member.get_by_label("Number", exact=True).fill("07700 900123")
    member.locator("input[type=file]").set_input_files(
        {"name": "me.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    )
    expect(member.get_by_role("img", name="Photo")).to_be_visible()

    member.get_by_role("button", name="Save").click()
    mobile = member.get_by_label("Mobile number")
    expect(mobile).to_be_focused()
    expect(mobile).to_have_attribute("aria-invalid", "true")
    mobile.fill("07700 900456")
    member.get_by_role("button", name="Save").click()
    expect(member.get_by_text("Saved", exact=True)).to_be_visible()
    look_at(server, "student1", why="not answering")
    member.reload()

    expect(member.get_by_label("Mobile number")).to_have_value("+447700900456")
    expect(member.get_by_label("Number", exact=True)).to_have_value("+447700900123")
    expect(member.get_by_role("img", name="Photo")).to_be_visible()
    expect(member.get_by_text("Controller 1, control room")).to_be_visible()
    expect(member.get_by_text("“not answering”")).to_be_visible()
    assert "asthma" not in member.evaluate(KEPT)


def test_pins_password_and_a_lost_phone(phone: Opens, server: Server) -> None:
    """
    PINs that are alike are refused in words; a lost phone is signed out by a hold; the new password is what counts.
    """
    lost, member = phone("student2"), phone("student2")
    turn(member, "pins")
    fill(member, {"Cancel PIN": "2580", "Duress PIN": "2580", "Your password": PASSWORD})
    member.get_by_role("button", name="Set both PINs").click()
    expect(member.get_by_text("Use another one than the cancel PIN.")).to_be_visible()
    fill(member, {"Duress PIN": "9137"})
    member.get_by_role("button", name="Set both PINs").click()
    expect(member.get_by_text("Both PINs are set.")).to_be_visible()

    turn(member, "sign-ins")
    hold(member, "End it")
    expect(lost.get_by_text("You were signed out. Sign in again.")).to_be_visible()
    fill(member, {"Your password": "wrong", "New password": "a longer one"})
    member.get_by_role("button", name="Change the password").click()
    expect(member.get_by_text("That is not your password.")).to_be_visible()
    fill(member, {"Your password": PASSWORD})
    member.get_by_role("button", name="Change the password").click()
    expect(member.get_by_text("The password is changed.")).to_be_visible()

    again = Phone(server, "student2")
    body = {"email": "student2@demo.example", "password": "a longer one"}
    assert 200 == again.asks("POST", "/v1/sign-in", body).status
    expect(lost.get_by_role("button", name="Sign in")).to_be_visible()


def test_a_language_is_chosen_kept_and_followed_on_another_phone(phone: Opens, server: Server) -> None:
    """
    French says how far it goes; the next phone that this person signs in on speaks it; the three buttons work in it.
    """
    member = phone("student3")
    turn(member, "language")
    expect(member.get_by_text("No person has read them yet.")).to_be_visible()
    member.get_by_label("Français").check()
    expect(member.get_by_role("heading", name="Langue")).to_be_visible()
    expect(member.get_by_text("Gardé avec votre profil.")).to_be_visible()

    other = phone()
    fill(other, {"College e-mail": "student3@demo.example", "Password": PASSWORD})
    other.get_by_role("button", name="Sign in").click()
    expect(other.get_by_role("button", name="URGENCE")).to_be_visible()
    turn(other, "cards")
    expect(other.get_by_text("Personne n’a encore relu ces mots.")).to_be_visible()

    assert ("fr", "ltr") == tuple(other.evaluate("[document.documentElement.lang, document.documentElement.dir]"))


@pytest.mark.parametrize(
    ("language", "size"), [(None, WIDE), ("en-x-mirror", NARROWEST)], ids=["left to right", "right to left"]
)
def test_every_screen_can_be_used_by_everybody(phone: Opens, language: str | None, size: tuple[int, int]) -> None:
    """
    axe finds nothing, light and dark; nothing runs out at the edge, no target is too small, no word is uncatalogued.
    """
    member = phone(size=size)
    expect(member.get_by_role("heading", level=1)).to_be_visible()
    found = {"door": light_and_dark(member)}
    if language:
        member.evaluate("language => localStorage.setItem('bluelight-language', language)", language)
    sign_in(member, "student4")
    if language:
        member.reload()
        expect(member.get_by_role("button", name="EMERGENCY")).to_be_visible()

    for screen, last in SCREENS.items():
        turn(member, screen)
        member.locator(last).first.wait_for()
        found[screen] = [*light_and_dark(member), *member.evaluate(SMALL, TARGET)]
        if member.evaluate("document.documentElement.scrollWidth") != size[0]:
            found[screen].append("runs out at the edge")
        if language:
            found[screen] += member.evaluate(STRAY)
    if language:
        found |= called(member)

    assert {screen: [] for screen in found} == found


def light_and_dark(page: Page) -> list[str]:
    """What axe finds in either."""
    found = []
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found += faults(page)
    return found


def called(member: Page) -> dict[str, list[str]]:
    """What axe finds on the screens of a call: the countdown, the dark screen, and the case itself."""
    found = {}
    turn(member, "home")
    member.locator(".kind.help").click()
    expect(member.locator("dialog")).to_be_visible()
    found["countdown"] = light_and_dark(member)
    member.wait_for_timeout(900)
    member.keyboard.press("Escape")
    expect(member.locator("dialog")).to_have_count(0)
    hold(member, "FIRST AID")
    expect(member.locator(".dark")).to_be_visible()
    found["dark"] = light_and_dark(member)
    hold(member, "Dark screen")
    expect(member.locator(".case")).to_be_visible()
    member.locator(".story summary").click()
    found["case"] = light_and_dark(member)
    return found


SMALL = """(least) => [...document.querySelectorAll("button, input:not([type=radio], [type=file]), a, summary")]
    .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < least).map((one) => one.outerHTML)"""

#: Texts that are in no brackets, and were not said by the server.
STRAY = """() => [...document.querySelectorAll("h1, h2, label > span, label, button, summary, main a, nav a")]
    .filter((one) => one.checkVisibility() && !one.closest("[lang]:not(html), .calls, details, bdi"))
    .map((one) => one.textContent.trim()).filter((text) => text && !text.includes("⟦") && /[a-z]{2}/i.test(text))"""

#: Everything that this page's browser keeps of it.
KEPT = """async () => {
  const kept = [JSON.stringify(localStorage)];
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise((resolve) => {
      const opening = indexedDB.open(name);
      opening.onsuccess = () => resolve(opening.result);
    });
    for (const store of database.objectStoreNames) {
      const all = database.transaction(store).objectStore(store).getAll();
      kept.push(JSON.stringify(await new Promise((resolve) => { all.onsuccess = () => resolve(all.result); })));
    }
  }
  return kept.join();
}"""


def turn(page: Page, screen: str) -> None:
    """To another screen, as its link would."""
    page.evaluate("screen => { location.hash = screen }", screen)
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def fill(page: Page, fields: dict[str, str]) -> None:
    """Type into fields by the beginnings of their labels."""
    for label, text in fields.items():
        page.get_by_label(label).fill(text)


def look_at(server: Server, name: str, *, why: str) -> None:
    """A call of this person, and the control room looks at their profile."""
    member, controller = Phone(server, name), Phone(server, "controller1")
    member.sign_in()
    controller.sign_in()
    case = member.asks("POST", "/v1/taps", {"tap_id": str(uuid4()), "kind": "help"}).body
    answer = controller.asks("POST", f"/console/api/incidents/{case['id']}/profile", {"reason": why})
    assert (200, "asthma; the inhaler is in the left pocket") == (answer.status, answer.body["medical_notes"])
