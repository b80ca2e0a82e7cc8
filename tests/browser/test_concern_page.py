"""The road of a reporter in a real browser: with scripts, without, by keyboard, narrow, and away at once."""

import re

import pytest
from playwright.sync_api import Browser, Error, Page, Request, expect

from tests.browser.concerns import (
    WORDS,
    how_many,
    is_answered,
    left_behind,
    lodges,
    reporter,
    store_of,
    writes,
)
from tests.pictures import CAMERA, telltale
from tests.reporter import appoint
from tests.server import Server

pytestmark = pytest.mark.browser

#: The smallest target a thumb may be asked to hit, in CSS pixels.
TARGET = 56


@pytest.fixture(scope="module", autouse=True)
def advisers(server: Server) -> None:
    """
    Two with keys of their own, beside those the demonstration may bring.
    """
    with store_of(server) as database:
        if not database.read(lambda session: session.connection().exec_driver_sql(HAS_RECOVERY).scalar()):
            appoint(database, "Dr Amber Okafor", "Prof. James Birch")


HAS_RECOVERY = "SELECT count(*) FROM concern_keys WHERE adviser_id IS NULL AND retired_on IS NULL"


def test_a_reporter_writes_is_warned_sends_and_comes_back(browser: Browser, server: Server) -> None:
    """
    The receipt is typed back with one wrong word first; a reply is read, answered, and a name told on the second press.
    """
    page = reporter(browser, server)
    asked: list[Request] = []
    page.on("request", lambda request: asked.extend([request]))
    before = page.evaluate("history.length")

    writes(page)
    page.get_by_label("Photos").set_input_files({"name": "me.jpg", "mimeType": "image/jpeg", "buffer": telltale()})
    expect(page.get_by_text("It says where it was taken: that is taken out.")).to_be_visible()
    page.get_by_role("button", name="Go on").click()
    warning = page.get_by_role("region", name="Could this tell who you are?")
    expect(warning).to_contain_text("my flatmate")
    page.get_by_role("button", name="Send it as it is").click()
    expect(page.get_by_role("heading", name="It has arrived")).to_be_focused()
    expect(page.get_by_text("sealed in this browser before they left it")).to_be_visible()
    words = page.locator(".word").all_text_contents()
    page.get_by_role("button", name="I have written them down").click()
    expect(page.get_by_text(words[0], exact=True)).to_be_hidden()
    typed = page.get_by_label("Now type them from your paper")
    typed.fill(" ".join([*words[:6], "zebra", *words[7:]]))
    page.get_by_role("button", name="I have them on paper").click()
    expect(page.get_by_role("status").filter(has_text="Word 7 is not the one shown")).to_be_visible()
    typed.fill(", ".join(words).upper())
    page.get_by_role("button", name="I have them on paper").click()
    expect(page.get_by_role("heading", name="It is done")).to_be_visible()
    assert words[0] not in page.content() or words[1] not in page.content()
    assert before == page.evaluate("history.length")

    is_answered(server, " ".join(words), "Thank you. Since when?")
    page.get_by_role("link", name="open the mailbox").click()
    expect(page.locator("html.scripted")).to_be_attached()
    page.get_by_label("The twelve words").fill(" ".join(words))
    page.get_by_role("button", name="Open the mailbox").click()
    expect(page.get_by_text("Thank you. Since when?")).to_be_visible()
    expect(page.get_by_text("90 more days")).to_be_visible()
    expect(page.get_by_text("The twelve words have not left it.")).to_be_visible()
    page.get_by_label("Your words").fill("Since October.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("It has arrived.")).to_be_visible()
    page.get_by_text("Tell them who I am").click()
    page.get_by_label("Your name").fill("Anna Example")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("This cannot be taken back")).to_be_visible()
    page.get_by_role("button", name="Yes, tell them who I am").click()
    expect(page.get_by_text("will know who you are")).to_be_visible()

    assert [] == left_behind(page.context, page)
    assert (f"{server.url}/concern/mailbox", "Write to an adviser") == (page.url, page.title())
    assert [] == [one.url for one in asked if not one.url.startswith((server.url, "data:")) or words[0] in one.url]
    assert [] == [one.url for one in asked if CAMERA.encode() in (one.post_data_buffer or b"")]
    doors = ("", "/challenge", "/keys", "/mailbox")
    assert {f"{server.url}/v1/concerns{door}" for door in doors} == {one.url for one in asked if "/v1/" in one.url}
    sent = b"\n".join(one.post_data_buffer or b"" for one in asked).lower()
    told = [*WORDS.split(), *words, "Since October", "Anna Example", "photo", "jpeg"]
    assert [] == [one for one in told if len(one) > 5 and one.lower().encode() in sent]
    page.context.close()


def test_with_scripts_off_the_same_road_is_walked(browser: Browser, server: Server) -> None:
    """
    The server looks the words through, takes the receipt back, and "back" does not show it again.
    """
    page = reporter(browser, server, scripts=False)
    expect(page.get_by_text("Scripts are off in this browser")).to_be_hidden()

    writes(page)
    expect(page.get_by_text("Scripts are off in this browser")).to_be_visible()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="Could this tell who you are?")).to_be_visible()
    page.get_by_label("Photos").set_input_files({"name": "me.jpg", "mimeType": "image/jpeg", "buffer": telltale()})
    page.get_by_role("button", name="Send it as it is").click()
    expect(page.get_by_text("Your words were sealed when they arrived")).to_be_visible()
    words = page.locator(".word").all_text_contents()
    page.get_by_label("Now type them").fill(" ".join([*words[:3], "zebra", *words[4:]]))
    page.get_by_role("button", name="I have them on paper").click()
    expect(page.get_by_role("alert")).to_have_text("Word 4 is not the one shown. Look at your paper.")
    page.get_by_label("Now type them").fill(" ".join(words))
    page.get_by_role("button", name="I have them on paper").click()
    expect(page.get_by_role("heading", name="It is done")).to_be_visible()
    is_answered(server, " ".join(words), "Thank you.")
    page.get_by_role("link", name="open the mailbox").click()
    page.get_by_label("The twelve words").fill(" ".join(words))
    page.get_by_role("button", name="Open the mailbox").click()
    expect(page.get_by_text("Thank you.")).to_be_visible()
    page.get_by_role("button", name="Leave now").click()
    expect(page).to_have_url(f"{server.url}/status")

    with pytest.raises(Error, match="ERR_CACHE_MISS"):
        page.go_back()

    # The browser's own page, which may say any one of the words.
    expect(page).to_have_url("chrome-error://chromewebdata/")
    expect(page.locator(".word")).to_have_count(0)
    expect(page.get_by_text("Thank you.")).to_have_count(0)
    assert [] == page.context.cookies()
    page.context.close()


def test_the_whole_form_is_filled_in_by_keyboard(browser: Browser, server: Server) -> None:
    """
    Tab, arrows, blank and Enter are enough, and the eye is led to what comes next.
    """
    page = reporter(browser, server)
    count = how_many(server)

    to(page, "Yes, or I am not sure")
    page.keyboard.press("Space")
    expect(page.get_by_role("heading", name="Ring now")).to_be_visible()
    expect(page.get_by_role("link", name="112")).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("heading", name="Ring now")).to_be_hidden()
    to(page, "What worries you?")
    page.keyboard.type("Somebody wants to go away to fight.")
    to(page, "Go on")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Look once more")).to_be_focused()
    to(page, "Send it")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="It has arrived")).to_be_focused()
    words = page.locator(".word").all_text_contents()
    to(page, "I have written them down")
    page.keyboard.press("Enter")
    page.keyboard.type(" ".join(words))
    to(page, "I have them on paper")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="It is done")).to_be_focused()
    assert count + 1 == how_many(server)
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
def test_every_step_fits_and_every_control_has_a_name(
    browser: Browser, server: Server, width: int, scheme: str
) -> None:
    """
    Nothing runs past the edge, nothing breaks the policy of what may load, and a thumb hits what it is asked to.
    """
    page, said = reporter(browser, server, size=(width, 700), scheme=scheme), list[str]()
    page.on("console", lambda message: said.append(message.text) if UNHEEDED not in message.text else None)

    page.get_by_label("Yes, or I am not sure").check()
    faults = faults_of(page)
    page.get_by_text("Three questions that can help").click()
    faults += faults_of(page)
    lodges(page)
    faults += faults_of(page)
    page.goto(f"{server.url}/concern/mailbox")
    faults += faults_of(page)
    page.get_by_label("The twelve words").fill("never a receipt")
    page.get_by_role("button", name="Open the mailbox").click()
    expect(page.get_by_text("There is nothing for these words yet")).to_be_visible()
    faults += faults_of(page)

    assert ([], []) == (faults, said)
    page.context.close()


@pytest.mark.parametrize("way", ["button", "escape"])
def test_leave_now_is_gone_at_once_and_back_does_not_lead_here(browser: Browser, server: Server, way: str) -> None:
    """
    The neutral page takes the place of this one in the history; the cache is thrown away.
    """
    page = reporter(browser, server)
    writes(page)

    with page.expect_request(re.compile("/concern/leave")) as left:
        if way == "button":
            page.get_by_role("button", name="Leave now").click()
        else:
            for _ in range(3):
                page.keyboard.press("Escape")
    expect(page).to_have_url(f"{server.url}/status")
    page.go_back()

    assert "POST" == left.value.method
    assert "about:blank" == page.url
    assert [] == page.context.cookies()
    page.context.close()


def test_the_receipt_does_not_come_back_with_the_back_button(browser: Browser, server: Server) -> None:
    """
    Also when it was never typed: whoever comes after finds an empty form.
    """
    page = reporter(browser, server)
    page.on("dialog", lambda dialog: dialog.accept())
    words = lodges(page)

    page.goto(f"{server.url}/status")
    page.go_back()

    expect(page.get_by_role("heading", name="Are you worried about someone?")).to_be_visible()
    assert "" == page.get_by_label("What worries you?").input_value()
    assert f">{words[0]}<" not in page.content()
    page.context.close()


def test_a_connection_that_does_not_hold_loses_no_words(browser: Browser, server: Server) -> None:
    """
    The page says that nothing was sent, and the same press sends it later, once.
    """
    page = reporter(browser, server)
    count = how_many(server)
    writes(page)
    page.get_by_role("button", name="Go on").click()

    page.context.set_offline(True)
    page.get_by_role("button", name="Send it as it is").click()
    expect(page.get_by_text("No connection. Nothing was sent. Your words are still here")).to_be_visible()
    page.context.set_offline(False)
    page.get_by_role("button", name="Send it as it is").click()

    expect(page.get_by_role("heading", name="It has arrived")).to_be_visible()
    assert count + 1 == how_many(server)
    page.context.close()


#: An answer to lodging offers to clear the cache; a page that sends no cookie may not, and has nothing there.
UNHEEDED = "Clear-Site-Data header"


def to(page: Page, name: str) -> None:
    """Tab until the control of this name has the focus."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED).startswith(name):
            return
    raise AssertionError(f"the keyboard never reaches {name}")


#: What the focused control is called.
FOCUSED = "(document.activeElement.labels?.[0] ?? document.activeElement).textContent.trim()"

#: Controls without a name or too small for a thumb, and whatever is wider than the window.
FAULTS = """(target) => {
  const controls = [...document.querySelectorAll("button, input:not([type=hidden]), textarea, .ring")];
  const seen = controls.filter((one) => one.checkVisibility());
  const low = (one) => (one.closest("label") ?? one).getBoundingClientRect().height < target;
  return [
    ...seen.filter((one) => !one.labels?.length && !one.textContent.trim()).map((one) => `no name: ${one.outerHTML}`),
    ...seen.filter(low).map((one) => `low: ${one.outerHTML}`),
    ...(document.documentElement.scrollWidth > innerWidth ? ["too wide"] : []),
    ...(document.querySelectorAll("h1").length === 1 ? [] : ["not one heading"]),
  ];
}"""


def faults_of(page: Page) -> list[str]:
    found: list[str] = page.evaluate(FAULTS, TARGET)
    return found
