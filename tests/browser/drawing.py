"""A Chromium that draws maps without a graphics card: WebGL in software, for the tests of the map alone."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserType

from tests.browser.opened_pages import CHROMIUM, QUIET

#: The browser of the other tests is told that it cannot draw at all.
NOTHING_DRAWN = ("--disable-gpu", "--disable-3d-apis")
#: As on a machine without a graphics card: the page is composed by the processor, only WebGL is played by software.
#: (To force the player upon the page as well would make every letter wait for it, which no real machine does.)
IN_SOFTWARE = (
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-gpu-compositing",
    "--disable-gpu-rasterization",
)


@contextmanager
def drawing_browser(chromium: BrowserType) -> Iterator[Browser]:
    """One that draws; the browser of the other tests has no WebGL at all."""
    flags = [flag for flag in QUIET if flag not in NOTHING_DRAWN]
    drawing = chromium.launch(executable_path=CHROMIUM, args=[*flags, *IN_SOFTWARE])
    yield drawing
    drawing.close()
