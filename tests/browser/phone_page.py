"""Somebody's phone at `/app` in a browser: signed in, pressed, held, and cut off."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, expect

from tests.browser.opened_pages import PHONE, Opens, opened_pages
from tests.server import PASSWORD, Server

#: Where the phones of these tests are: the Sherfield Building.
HERE = {"latitude": 51.4985, "longitude": -0.177, "accuracy": 8.0}


@contextmanager
def phones(browser: Browser, server: Server) -> Iterator[Opens]:
    """Opens `/app` as somebody; a fault or a complaint of its scripts fails the test."""
    with opened_pages(browser) as open_page:

        def open_phone(
            name: str | None = None, *, size: tuple[int, int] = PHONE, knows_where: bool = True, url: str = server.url
        ) -> Page:
            where = {"geolocation": HERE, "permissions": ["geolocation"]} if knows_where else {}
            page = open_page(name, f"{url}/app", size, **where)
            if name:
                sign_in(page, name)
            return page

        yield open_phone


def sign_in(page: Page, name: str) -> None:
    """By the form; afterwards the service worker keeps the app, so that it stands without a network."""
    page.get_by_label("College e-mail").fill(f"{name}@demo.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="EMERGENCY")).to_be_visible()
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")


def press(page: Page, name: str) -> None:
    """Press one of the three and let it count down."""
    page.get_by_role("button", name=name).click()
    expect(page.locator("dialog")).to_have_count(1)
    expect(page.locator("dialog")).to_have_count(0)


def hold(page: Page, name: str) -> None:
    """Keep the mouse down for as long as a hold takes."""
    page.get_by_role("button", name=name).hover()
    page.mouse.down()
    page.wait_for_timeout(1200)
    page.mouse.up()
