"""Somebody's console at `/console` in a browser: signed in, in one of its rooms, and cut off."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, expect

from tests.browser.opened_pages import Opens, opened_pages
from tests.server import PASSWORD, Server

#: A control room's screen, as faces.md draws it.
CONSOLE = (1440, 900)


@contextmanager
def consoles(browser: Browser, server: Server) -> Iterator[Opens]:
    """Opens `/console` as somebody; a fault or a complaint of its scripts fails the test."""
    with opened_pages(browser) as open_page:

        def open_console(
            name: str | None = None, *, size: tuple[int, int] = CONSOLE, room: str = "", url: str = server.url
        ) -> Page:
            page = open_page(name, f"{url}/console{f'#/{room}' if room else ''}", size)
            if name:
                sign_in(page, name)
            return page

        yield open_console


def sign_in(page: Page, name: str) -> None:
    """By the form; afterwards the console is live, for whom anything is told as it happens."""
    page.get_by_label("College e-mail").fill(f"{name}@demo.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    expect(page.locator(".bar .lost")).to_have_count(0)
