"""Where screenshots are taken: people with pages of their own, and a camera for each theme and size."""

from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import console_page, phone_page
from tests.browser.opened_pages import PHONE
from tests.server import Server

Size = tuple[int, int]

NARROW: Size = (320, 568)
DESKTOP: Size = (1280, 900)
CONSOLE: Sequence[Size] = ((1440, 900), (1024, 768))
WALL: Size = (2560, 1440)
PHONES: Sequence[Size] = (PHONE, NARROW)
ANYWHERE: Sequence[Size] = (PHONE, DESKTOP)

THEMES = ("light", "dark")

#: As the console's own button does it, without a press that would close what is open.
TURN = """theme => {
    document.getElementById("dark").media = theme === "dark" ? "all" : "not all";
    document.documentElement.dataset.theme = theme;
    dispatchEvent(new Event("bluelight-theme"));
}"""

#: A map loads its style anew when the theme is turned.
DRAWN_MS = 400


class Stage:
    """A server, a browser, and what was taken."""

    def __init__(self, browser: Browser, server: Server, folder: Path) -> None:
        self.browser = browser
        self.server = server
        self.folder = folder
        self.taken: list[Path] = []
        self._contexts: list[BrowserContext] = []

    def phone(self, name: str | None = None, *, url: str | None = None) -> Page:
        """Somebody's phone at `/app`, at the Sherfield Building."""
        page = self._page(PHONE)
        page.goto(f"{url or self.server.url}/app")
        if name:
            phone_page.sign_in(page, name)
        return page

    def console(self, name: str | None = None, *, room: str = "") -> Page:
        """Somebody's console."""
        page = self._page(CONSOLE[0])
        page.goto(f"{self.server.url}/console{f'#/{room}' if room else ''}")
        if name:
            console_page.sign_in(page, name)
        return page

    def open(self, path: str) -> Page:
        """A page for anybody."""
        page = self._page(PHONE)
        page.goto(self.server.url + path)
        return page

    def shoot(self, page: Page, name: str, sizes: Sequence[Size] = PHONES, *, whole: bool = False) -> None:
        """The page as it stands, in each size and theme; `whole` also what lies below the edge."""
        expect(page.locator("body")).to_be_visible()
        before = page.viewport_size
        for width, height in sizes:
            page.set_viewport_size({"width": width, "height": height})
            for theme in THEMES:
                page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
                if page.locator("link#dark").count():
                    page.evaluate(TURN, theme)
                page.wait_for_timeout(DRAWN_MS)
                file = self.folder / f"{name}-{width}-{theme}.png"
                page.screenshot(path=file, full_page=whole)
                self.taken.append(file)
        if before:
            page.set_viewport_size(before)

    def leave(self) -> None:
        """Everybody closes their pages."""
        for context in self._contexts:
            context.close()
        self._contexts.clear()

    def _page(self, size: Size) -> Page:
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            reduced_motion="reduce",
            geolocation=phone_page.HERE,  # type: ignore[arg-type]
            permissions=["geolocation"],
        )
        self._contexts.append(context)
        return context.new_page()
