"""Somebody's phone at `/app` in a browser: signed in, pressed, held, and cut off."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import PATIENCE_MS, PHONE, is_ours
from tests.server import PASSWORD, Server

#: Where the phones of these tests are: the Sherfield Building.
HERE = {"latitude": 51.4985, "longitude": -0.177, "accuracy": 8.0}

Opens = Callable[..., Page]


@contextmanager
def phones(browser: Browser, server: Server) -> Iterator[Opens]:
    """Opens `/app` as somebody; a fault or a complaint of its scripts fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_phone(
        name: str | None = None, *, size: tuple[int, int] = PHONE, knows_where: bool = True, url: str = server.url
    ) -> Page:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            reduced_motion="reduce",
            geolocation=HERE if knows_where else None,  # type: ignore[arg-type]
            permissions=["geolocation"] if knows_where else [],
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", lambda fault: complaints.append(f"{name}: {fault}"))
        page.on("console", lambda said: complaints.append(f"{name}: {said.text}") if is_ours(said.text) else None)
        page.goto(f"{url}/app")
        if name:
            sign_in(page, name)
        return page

    yield open_phone
    for context in contexts:
        context.close()
    assert complaints == []


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
