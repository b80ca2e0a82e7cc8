"""Pages of people in a browser: each in a context of its own, and whatever its scripts complain of fails the test."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

CHROMIUM = "/usr/bin/chromium"

#: Nothing of the browser's own may go out, and it runs as root in a container; maps are drawn by drawing.py's alone.
QUIET = (
    "--headless --no-sandbox --disable-gpu --disable-3d-apis --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
).split()

#: A press counts down for up to five seconds before it is sent.
PATIENCE_MS = 12_000

PHONE = (390, 844)

Opens = Callable[..., Page]


@contextmanager
def opened_pages(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens an address in a context of its own, told as whose; faults and complaints fail the test at the end."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(whose: str | None, address: str, size: tuple[int, int], **traits: Any) -> Page:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce", **traits)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", lambda fault: complaints.append(f"{whose}: {fault}"))
        page.on("console", lambda said: complaints.append(f"{whose}: {said.text}") if is_ours(said.text) else None)
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def is_ours(text: str) -> bool:
    """A cut network is the test's own doing; what breaks the page's own rules is not."""
    return "Content Security Policy" in text or "Uncaught" in text
