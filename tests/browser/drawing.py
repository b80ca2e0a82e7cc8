"""A Chromium that draws maps without a graphics card: WebGL in software, for the tests of the map alone."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserType

from tests.browser.conftest import CHROMIUM, QUIET

#: Without these one process draws page and map alike; else the page's own thread waits for each picture of the map.
NOTHING_DRAWN = ("--disable-gpu", "--disable-3d-apis")
IN_SOFTWARE = ("--use-angle=swiftshader", "--enable-unsafe-swiftshader")


@contextmanager
def drawing_browser(chromium: BrowserType) -> Iterator[Browser]:
    """One that draws; the browser of the other tests has no WebGL at all."""
    flags = [flag for flag in QUIET if flag not in NOTHING_DRAWN]
    drawing = chromium.launch(executable_path=CHROMIUM, args=[*flags, *IN_SOFTWARE])
    yield drawing
    drawing.close()
