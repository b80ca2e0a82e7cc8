"""Chromium without a screen, a server with the demonstration, and a tab for each person."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.server import PASSWORD, Server, running_server

CHROMIUM = "/usr/bin/chromium"

#: Nothing of the browser's own may go out, and it runs as root in a container.
QUIET = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()

#: A press counts down for up to five seconds before it is sent.
PATIENCE_MS = 12_000

PHONE = (390, 844)

Tab = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """
    One Chromium for all tests; each person gets a context of their own in it.
    """
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """
    One server for the tests of a file; each test plays with people of its own.
    """
    # A directory that is not empty begins without the demonstration's prepared sign-ins: a handful of people come here,
    # and to sign in everybody beforehand takes longer than all these tests.
    data_dir = tmp_path_factory.mktemp("browser")
    (data_dir / "begun").touch()
    with running_server(data_dir) as running:
        yield running


@pytest.fixture
def tab(browser: Browser, server: Server) -> Iterator[Tab]:
    """
    Opens the page as somebody; a fault or a complaint of the page's scripts fails the test.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_tab(name: str | None = None, *, size: tuple[int, int] = PHONE) -> Page:
        width, height = size
        context = browser.new_context(
            viewport={"width": width, "height": height},
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", lambda fault: complaints.append(f"{name}: {fault}"))
        page.on("console", lambda said: complaints.append(f"{name}: {said.text}") if is_ours(said.text) else None)
        page.goto(server.url)
        if name:
            enter(page, name)
        return page

    yield open_tab
    for context in contexts:
        context.close()
    assert complaints == []


def enter(page: Page, name: str) -> None:
    """Sign in by the form."""
    page.get_by_label("College e-mail").fill(f"{name}@demo.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def is_ours(text: str) -> bool:
    """A cut network is the test's own doing; what breaks the page's own rules is not."""
    return "Content Security Policy" in text or "Uncaught" in text
