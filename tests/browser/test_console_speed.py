"""The small form of `make console-run`: a busy console with its map answers the keyboard."""

import random

import pytest
from playwright.sync_api import Browser

from tests.bench.busy_campus import officers_walking, phone_in
from tests.bench.console_run import measure
from tests.browser.drawing import drawing_browser
from tests.server import Server

pytestmark = pytest.mark.browser

#: Others use the machine as well; the promises themselves are held by the full run.
GRACE = 3.0


def test_keys_are_answered_while_cases_stand_open_and_officers_move(server: Server, browser: Browser) -> None:
    """
    Sixty cases, thirty officers who move each second, the map drawn in software.
    """
    chance = random.Random(6)
    phone_in(server, 60, chance=chance)
    with officers_walking(server, 30, chance=chance), drawing_browser(browser.browser_type) as drawing:
        measured = measure(drawing, server, drawn=True, cases=60, officers=30, seconds=5)

    assert [] == [row for row in measured.rows(grace=GRACE) if not row.met]
