"""Somebody's console at `/console` in a browser: signed in, in one of its rooms, and cut off."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import PATIENCE_MS, is_ours
from tests.server import PASSWORD, Server

#: A control room's screen, as faces.md draws it.
CONSOLE = (1440, 900)

Opens = Callable[..., Page]


@contextmanager
def consoles(browser: Browser, server: Server) -> Iterator[Opens]:
    """Opens `/console` as somebody; a fault or a complaint of its scripts fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_console(
        name: str | None = None, *, size: tuple[int, int] = CONSOLE, room: str = "", url: str = server.url
    ) -> Page:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", lambda fault: complaints.append(f"{name}: {fault}"))
        page.on("console", lambda said: complaints.append(f"{name}: {said.text}") if is_ours(said.text) else None)
        page.goto(f"{url}/console{f'#/{room}' if room else ''}")
        if name:
            sign_in(page, name)
        return page

    yield open_console
    for context in contexts:
        context.close()
    assert complaints == []


def sign_in(page: Page, name: str) -> None:
    """By the form; afterwards the console is live, for whom anything is told as it happens."""
    page.get_by_label("College e-mail").fill(f"{name}@demo.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    expect(page.locator(".bar .lost")).to_have_count(0)
