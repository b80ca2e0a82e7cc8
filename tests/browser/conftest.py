"""Chromium without a screen, a server with the demonstration, for people with a page each."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.console_page import consoles
from tests.browser.demonstration import copy_of
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


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """
    The demonstration's data as a first start leaves it, made once: its people's passwords are slow to hash on purpose.
    """
    # A directory that is not empty begins without the demonstration's prepared sign-ins: a handful of people come here,
    # and to sign in everybody beforehand takes longer than all these tests.
    made = tmp_path_factory.mktemp("demonstration") / "data"
    made.mkdir()
    (made / "begun").touch()
    with running_server(made) as first:
        assert first.stop() == 0
    return made


@pytest.fixture(scope="module")
def server(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """
    One server for the tests of a file; each test plays with people of its own.
    """
    with running_server(copy_of(demonstration, tmp_path_factory.mktemp("browser"))) as running:
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
