"""Chromium without a screen, a server with the demonstration, for people with a page each."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.server import Server, running_server

CHROMIUM = "/usr/bin/chromium"

#: Nothing of the browser's own may go out, and it runs as root in a container; maps are drawn by drawing.py's alone.
QUIET = (
    "--headless --no-sandbox --disable-gpu --disable-3d-apis --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
).split()

#: A press counts down for up to five seconds before it is sent.
PATIENCE_MS = 12_000

PHONE = (390, 844)


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


def is_ours(text: str) -> bool:
    """A cut network is the test's own doing; what breaks the page's own rules is not."""
    return "Content Security Policy" in text or "Uncaught" in text
