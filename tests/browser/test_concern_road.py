"""A concern's whole road between browsers: sealed where it is written, opened where it is read, and answered."""

import base64
import json
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Browser, Page, expect

from backend.concerns.sealing import key_id_of, new_private_key, public_of
from infra.demo_keys import folder_of
from infra.prevent.key_file import KeyFile, public_text, spoken
from infra.prevent.sealed_case import read_cases
from tests.browser.axe import assert_accessible
from tests.browser.concerns import (
    came_before_the_keys,
    has_no_key,
    how_many,
    lodges,
    reporter,
    takes_another_key,
    writes,
)
from tests.browser.console_page import consoles
from tests.browser.opened_pages import Opens
from tests.server import PASSWORD, Server

pytestmark = pytest.mark.browser

CAT = "He asked me to look after his cat for good."
ANSWER = "Thank you for telling us.\nAre you safe yourself?"
PASSPHRASE = "four walruses on one bicycle"

#: A key is a quarter of a GiB three times over, on a machine that does other things as well.
DEAR_MS = 40_000


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
    two.get_by_text("Less often").click()
    two.get_by_role("button", name="Hand over a place").click()
    two.get_by_label("Whose place").select_option("Mine")
    two.get_by_label("Who comes").select_option("Prevent lead 1")
    assert_accessible(two)
    two.get_by_role("button", name="Hand it over").click()
    gives_password(two)
    expect(two.get_by_text("Nothing waits for you.")).to_be_visible()

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


def makes_a_key(page: Page, file: Path) -> None:
    """Under a passphrase; its file is kept before it counts."""
    page.get_by_label("A passphrase").fill("too short")
    page.get_by_role("button", name="Make my key").click()
    expect(page.get_by_role("alert").filter(has_text="That is 9 signs. It needs 15.")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("A passphrase").fill(PASSPHRASE)
    page.get_by_label("The same again").fill(PASSPHRASE)
    page.get_by_role("button", name="Make my key").click()
    expect(page.get_by_role("heading", name="Keep the file")).to_be_visible(timeout=DEAR_MS)
    with page.expect_download() as saving:
        page.get_by_role("button", name="Save the key file").click()
    saving.value.save_as(file)
    page.get_by_role("button", name="I have kept it").click()
    expect(page.get_by_role("heading", name="Its fingerprint")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Use this key from now on").click()
    gives_password(page)
    expect(page.get_by_text("Your key is open in this browser")).to_be_visible()


def offered(server: Server) -> list[dict[str, str]]:
    """Whom reporters seal to."""
    found: list[dict[str, str]] = requests.get(f"{server.url}/v1/concerns/keys", timeout=10).json()["advisers"]
    return found


def made_with_the_recovery_key(server: Server, sealed: Path, to: Sequence[bytes], folder: Path) -> Path:
    """What two of its holders do, away from the server: copies for these keys, in a file."""
    recovery = KeyFile.read((folder_of(server.data_dir) / "recovery.key").read_text()).plain
    assert recovery is not None
    (case,) = read_cases(sealed.read_text())
    file = folder / f"{case.id}.copies.json"
    file.write_text(json.dumps(case.copies_for(to, recovery)))
    return file


def test_what_a_lost_key_leaves_behind_is_given_to_two(
    browser: Browser, server: Server, opens: Opens, tmp_path: Path
) -> None:
    """
    Sealed to the lead alone, who retires the key: the recovery key's copies bring it to two advisers.
    """
    names = ("Adviser 1", "Adviser 2")
    writer = reporter(browser, server)
    writes(writer)
    for name in names:
        writer.get_by_label(f"Leave out {name}").check()
    writer.get_by_role("button", name="Go on").click()
    writer.get_by_role("button", name="Send it").click()
    expect(writer.get_by_role("heading", name="It has arrived")).to_be_visible()
    writer.context.close()
    came_before_the_keys(server)
    keys = [base64.b64decode(one["public_key"]) for one in offered(server) if one["name"] in names]
    page = at_the_desk(opens, server, "lead1")
    page.get_by_role("link", name="My key and leave").click()
    page.get_by_label("Faculty").fill("Engineering")
    page.get_by_label("Trained on").fill("2026-09-01")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("row", name="Prevent lead 1")).to_contain_text("Engineering1 Sep 2026")
    assert_accessible(page)
    holds(page, "Retire it")
    gives_password(page)
    expect(page.get_by_text("replaced on")).to_be_visible()

    page.get_by_role("link", name="Left behind").click()
    with page.expect_download() as saving:
        page.get_by_role("button", name="Save the file").click()
    for name in names:
        page.get_by_label(name).check()
    page.get_by_label("The copies").set_input_files(folder_of(server.data_dir) / "recovery.key")
    page.get_by_role("button", name="Give it to these two").click()
    expect(page.get_by_role("alert").filter(has_text="does not hold copies of everything")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("The copies").set_input_files(
        made_with_the_recovery_key(server, saving.value.path(), keys, tmp_path)
    )
    page.get_by_role("button", name="Give it to these two").click()

    expect(page.get_by_text("Two have it again.")).to_be_visible()
    expect(page.get_by_text("Nothing is left behind.")).to_be_visible()
    assert server.audit_stands()


def test_an_adviser_makes_a_key_in_the_browser(server: Server, opens: Opens, tmp_path: Path) -> None:
    """
    Its file is kept first, opens by its passphrase afterwards, and is what reporters seal to; one made elsewhere too.
    """
    has_no_key(server, "Prevent lead 1")
    page = opens("lead1", room="concerns")

    makes_a_key(page, tmp_path / "own.key")

    made = KeyFile.read((tmp_path / "own.key").read_text())
    assert made.made_on == date.fromisoformat(page.evaluate("new Date().toISOString().slice(0, 10)"))
    assert [made.fingerprint] == [one["key_id"] for one in offered(server) if one["name"] == "Prevent lead 1"]
    assert page.locator(".key-line code").text_content() == spoken(made.fingerprint)

    page.get_by_role("button", name="Lock").click()
    page.get_by_label("Your key file").set_input_files(tmp_path / "own.key")
    page.get_by_label("Its passphrase").fill(PASSPHRASE)
    page.get_by_role("button", name="Open", exact=True).click()
    expect(page.get_by_text("Your key is open in this browser")).to_be_visible(timeout=DEAR_MS)
    elsewhere = public_of(new_private_key())
    page.get_by_role("link", name="My key and leave").click()
    page.get_by_text("A key made on another machine").click()
    page.get_by_label("The public key").fill(public_text(elsewhere))
    page.get_by_role("button", name="Show its fingerprint").click()
    expect(page.get_by_text(spoken(key_id_of(elsewhere)))).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Use it beside the one I have").click()
    expect(page.get_by_text("in use since")).to_have_count(2)


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
