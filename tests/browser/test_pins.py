"""The plain page asks for a PIN when one is needed, and believes what it is answered."""

import pytest
import requests
from playwright.sync_api import expect

from tests.browser.conftest import Tab
from tests.browser.test_trying_it import hold, press, states_of
from tests.server import PASSWORD, Server, sign_in

pytestmark = pytest.mark.browser

CANCEL, DURESS = "2580", "085213"


def test_the_pin_is_asked_for_and_the_page_says_cancelled(tab: Tab, server: Server) -> None:
    """
    Nothing is asked at the first hold; after the second the page says cancelled, the control room's board the truth.
    """
    name = "student11"
    pins = {"password": PASSWORD, "cancel_pin": CANCEL, "duress_pin": DURESS}
    assert requests.put(f"{server.url}/v1/pins", json=pins, headers=bearer(server, name), timeout=20).ok
    student = tab(name)
    press(student, "HELP")
    hold(student, "Cancel: I am all right")
    student.get_by_label("Your PIN").fill(DURESS)
    hold(student, "Cancel: I am all right")

    expect(student.get_by_role("heading", name="Cancelled")).to_be_visible()
    board = requests.get(f"{server.url}/console/api/board", headers=bearer(server, "controller2"), timeout=20).json()
    forced = [row for row in board["items"] if row["trigger"] == "duress_pin"]
    assert ["cancelled"] == states_of(server, name)
    assert ["Student 11"] == [row["caller"]["name"] for row in forced]


def bearer(server: Server, name: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {sign_in(server, name)['access_token']}"}
