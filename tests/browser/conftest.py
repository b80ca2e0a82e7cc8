"""Chromium without a screen, a server with the demonstration, for people with a page each."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.console_page import consoles
from tests.browser.opened_pages import CHROMIUM, PATIENCE_MS, QUIET, Opens
from tests.browser.phone_page import phones
from tests.cut_line import CutLine, cut_line
from tests.server import Server, running_server


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
def console(browser: Browser, server: Server) -> Iterator[Opens]:
    """
    Somebody's console at `/console`.
    """
    with consoles(browser, server) as opens:
        yield opens


@pytest.fixture
def phone(browser: Browser, server: Server) -> Iterator[Opens]:
    """
    Somebody's phone at `/app`.
    """
    with phones(browser, server) as opens:
        yield opens


@pytest.fixture
def line(server: Server) -> Iterator[CutLine]:
    """
    A network of one's own that can be cut.
    """
    with cut_line(server.port) as made:
        yield made
