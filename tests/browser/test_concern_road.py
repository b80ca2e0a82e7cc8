"""A concern's whole road between browsers: sealed where it is written, opened where it is read, and answered."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Browser, Page, expect

from infra.demo_keys import folder_of
from infra.prevent.key_file import KeyFile, spoken
from tests.browser.axe import assert_accessible
from tests.browser.concerns import how_many, lodges, reporter, takes_another_key, writes
from tests.browser.console_page import Opens, consoles
from tests.server import PASSWORD, Server

pytestmark = pytest.mark.browser

CAT = "He asked me to look after his cat for good."
ANSWER = "Thank you for telling us.\nAre you safe yourself?"
PASSPHRASE = "four walruses on one bicycle"


@pytest.fixture
def opens(browser: Browser, server: Server) -> Iterator[Opens]:
    """
    Consoles of this server.
    """
    with consoles(browser, server) as opened:
        yield opened


def at_the_desk(opens: Opens, server: Server, name: str) -> Page:
    """Signed in, with the key that lies beside the demonstration's data open in this browser."""
    page = opens(room="concerns")
    page.get_by_label("College e-mail").fill(f"{name}@demo.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Open your key")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Your key file").set_input_files(folder_of(server.data_dir) / f"{name}.key")
    page.get_by_role("button", name="Open", exact=True).click()
    expect(page.get_by_role("heading", name="Concerns", exact=True)).to_be_visible()
    return page


def gives_password(page: Page) -> None:
    page.get_by_role("dialog").get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("dialog").get_by_role("button", name="Go on").click()


def holds(page: Page, name: str) -> None:
    """By the keyboard, which cannot hold: it is asked, and presses again."""
    button = page.get_by_role("button", name=name)
    button.press("Enter")
    expect(button).to_contain_text("Press again")
    button.press("Enter")


def test_a_concern_is_lodged_assigned_answered_and_decided(browser: Browser, server: Server, opens: Opens) -> None:
    """
    Three browsers: nothing that anybody typed is in any request, and the reporter reads the answer by the receipt.
    """
    sent: list[bytes] = []
    failed: list[str] = []
    writer = reporter(browser, server)
    writer.on("request", lambda request: sent.append(request.post_data_buffer or b""))
    words = lodges(writer, CAT)
    assert_accessible(writer)
    one, two = at_the_desk(opens, server, "adviser1"), at_the_desk(opens, server, "adviser2")
    for page in (one, two):
        page.on("request", lambda request: sent.append(request.post_data_buffer or b""))
        page.on("response", lambda answer: failed.append(answer.url) if answer.status >= 500 else None)
        assert_accessible(page)
        expect(page.get_by_role("note")).to_contain_text("DEMO KEYS")

    one.get_by_role("link", name="Concern of").click()
    expect(one.get_by_text(CAT)).to_be_visible()
    one.get_by_role("button", name="Assign two").click()
    for name in ("Adviser 1", "Adviser 2", "Prevent lead 1"):
        one.get_by_label(name).set_checked(name.startswith("Adviser"))
    assert_accessible(one)
    one.get_by_role("button", name="Assign these two").click()
    gives_password(one)
    expect(one.get_by_text("Being looked into")).to_be_visible()
    two.get_by_role("link", name="Concern of").click()
    two.get_by_role("button", name="Answer the reporter").click()
    two.get_by_label("What you want to tell or ask them").fill(ANSWER)
    assert_accessible(two)
    two.get_by_role("button", name="Seal and send").click()
    expect(two.get_by_role("heading", name="Answer to the reporter")).to_contain_text("by Adviser 2")
    two.get_by_role("button", name="Decide").click()
    two.get_by_label("Welfare, not Prevent").check()
    two.get_by_label("Why").fill("Nobody looks after him.")
    two.get_by_label("What speaks against it").fill("It may be a holiday.")
    two.get_by_role("button", name="Seal and decide").click()
    expect(two.get_by_text("Decided · Welfare, not Prevent")).to_be_visible()

    writer.on("dialog", lambda dialog: dialog.accept())
    writer.goto(f"{server.url}/concern/mailbox")
    expect(writer.locator("html.scripted")).to_be_attached()
    writer.get_by_label("The twelve words").fill(" ".join(words))
    writer.get_by_role("button", name="Open the mailbox").click()
    expect(writer.get_by_text("Are you safe yourself?")).to_be_visible()
    expect(writer.get_by_text("Two advisers have looked into it")).to_be_visible()
    assert_accessible(writer)
    one.get_by_role("link", name="All concerns").click()
    one.get_by_role("link", name="Concern of").click()
    expect(one.get_by_text("It may be a holiday.")).to_be_visible()
    assert_accessible(one)
    one.get_by_role("button", name="Lock").click()
    expect(one.get_by_role("heading", name="Open your key")).to_be_visible()
    expect(one.get_by_text(CAT)).to_have_count(0)
    typed = ("cat for good", "Are you safe", "looks after him", "may be a holiday", *words)
    assert [] == [told for told in typed if any(told.encode() in body for body in sent if len(told) > 5)]
    assert [] == failed
    writer.context.close()


def test_an_adviser_makes_a_key_in_the_browser(server: Server, opens: Opens, tmp_path: Path) -> None:
    """
    The old one is retired; the new one's file is kept first, opens by its passphrase, and is what reporters seal to.
    """
    page = at_the_desk(opens, server, "lead1")
    page.get_by_role("link", name="My key and leave").click()
    expect(page.get_by_role("heading", name="Advisers")).to_be_visible()
    assert_accessible(page)
    holds(page, "Retire it")
    gives_password(page)
    expect(page.get_by_text("replaced on")).to_be_visible()
    page.get_by_role("button", name="Lock").click()

    page.get_by_label("A passphrase").fill("too short")
    page.get_by_role("button", name="Make my key").click()
    expect(page.get_by_role("alert").filter(has_text="That is 9 signs. It needs 15.")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("A passphrase").fill(PASSPHRASE)
    page.get_by_label("The same again").fill(PASSPHRASE)
    page.get_by_role("button", name="Make my key").click()
    # A quarter of a GiB three times over, on a machine that does other things as well.
    expect(page.get_by_role("heading", name="Keep the file")).to_be_visible(timeout=40_000)
    with page.expect_download() as saving:
        page.get_by_role("button", name="Save the key file").click()
    saving.value.save_as(tmp_path / "own.key")
    page.get_by_role("button", name="I have kept it").click()
    expect(page.get_by_role("heading", name="Its fingerprint")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Use this key from now on").click()
    expect(page.get_by_text("Your key is open in this browser")).to_be_visible()

    made = KeyFile.read((tmp_path / "own.key").read_text())
    offered = requests.get(f"{server.url}/v1/concerns/keys", timeout=10).json()["advisers"]
    assert len(made.private_key(lambda: PASSPHRASE)) == 32
    assert made.made_on == date.fromisoformat(page.evaluate("new Date().toISOString().slice(0, 10)"))
    assert [made.fingerprint] == [one["key_id"] for one in offered if one["name"] == "Prevent lead 1"]
    assert page.locator(".key-line code").text_content() == spoken(made.fingerprint)


def test_where_nothing_seals_in_the_browser_the_server_does(browser: Browser, server: Server) -> None:
    """
    What seals did not load: it is sent as without scripts, and the page says what happened.
    """
    page = reporter(browser, server)
    page.route("**/sealing.js", lambda route: route.abort())
    page.reload()

    words = lodges(page)

    expect(page.get_by_text("Your words were sealed when they arrived")).to_be_visible()
    assert 12 == len(words)
    page.context.close()


def test_who_was_left_out_and_has_another_key_gets_no_copy(browser: Browser, server: Server) -> None:
    """
    The key that was ticked is offered no more: nothing is sent before the reporter has looked at the list again.
    """
    page = reporter(browser, server)
    count = how_many(server)
    writes(page)
    page.get_by_label("Leave out Adviser 2").check()
    page.get_by_role("button", name="Go on").click()

    takes_another_key(server, "Adviser 2")
    page.get_by_role("button", name="Send it").click()

    expect(page.get_by_role("status").filter(has_text="The advisers have changed meanwhile")).to_be_visible()
    assert count == how_many(server)
    expect(page.get_by_label("Leave out Adviser 2")).not_to_be_checked()
    page.get_by_label("Leave out Adviser 2").check()
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_role("heading", name="It has arrived")).to_be_visible()
    assert count + 1 == how_many(server)
    page.context.close()
