"""The map in a browser that draws: cases where they are, opened and dropped; the list where there is none."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import reduce
from io import BytesIO
from math import dist
from time import monotonic
from uuid import uuid4

import pytest
import requests
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import assert_accessible
from tests.browser.console_page import consoles
from tests.browser.drawing import drawing_browser
from tests.browser.opened_pages import PATIENCE_MS, Opens
from tests.server import PASSWORD, Server

SHERFIELD = {"latitude": 51.4985, "longitude": -0.177, "accuracy_m": 20.0}
BLACKETT = {"latitude": 51.4994, "longitude": -0.1788, "accuracy_m": 20.0}

#: `--red` in the dark, as dark.css has it; an accuracy circle lets the ground through and is another colour.
RED = (0xFF, 0x73, 0x77)

#: A shape has more pixels of its colour than this; two places are farther apart than this.
SHAPE_PX, NEARBY_PX = 80, 40


@pytest.fixture
def console(server: Server, browser: Browser) -> Iterator[Opens]:
    """
    Opens the console as somebody, in a browser that draws maps.
    """
    with drawing_browser(browser.browser_type) as chromium, consoles(chromium, server) as opens:
        yield opens


def signed_in(server: Server, name: str) -> requests.Session:
    """Somebody who needs no page."""
    session = requests.Session()
    told = {"email": f"{name}@demo.example", "password": PASSWORD}
    token = requests.post(f"{server.url}/v1/sign-in", json=told, timeout=10).json()["access_token"]
    session.headers["Authorization"] = f"Bearer {token}"
    return session


def pressed(person: requests.Session, server: Server) -> str:
    """A member's emergency at the Sherfield Building; the id of the case."""
    position = {**SHERFIELD, "recorded_at": datetime.now(UTC).isoformat(), "source": "gps"}
    told = {"tap_id": str(uuid4()), "kind": "emergency", "trigger": "button", "position": position}
    answer = person.post(f"{server.url}/v1/taps", json=told, timeout=10)
    assert answer.ok, answer.text
    return str(answer.json()["id"])


def moved(person: requests.Session, server: Server, incident_id: str) -> None:
    """They have gone to the Blackett Laboratory."""
    position = {**BLACKETT, "recorded_at": datetime.now(UTC).isoformat(), "source": "gps", "seq": 1}
    answer = person.post(f"{server.url}/v1/incidents/{incident_id}/positions", json=position, timeout=10)
    assert answer.json() == {"taken": 1}, answer.text


def red_shape(page: Page) -> tuple[float, float] | None:
    """The middle, in pixels of the window, of what is drawn on the map in the red of an emergency that waits."""
    canvas = page.locator(".maplibregl-canvas")
    at = canvas.bounding_box()
    assert at is not None
    picture = Image.open(BytesIO(canvas.screenshot())).convert("RGB")
    # The buttons over the map have the same red: they stand along its lower edge.
    seen = picture.crop((0, 0, picture.width, picture.height - 90))
    bands = zip(seen.split(), RED, strict=True)
    alike = [band.point([255 * (value == wanted) for value in range(256)]) for band, wanted in bands]
    mask = reduce(ImageChops.darker, alike)
    box = mask.getbbox()
    if box is None or mask.histogram()[255] < SHAPE_PX:
        return None
    return at["x"] + (box[0] + box[2]) / 2, at["y"] + (box[1] + box[3]) / 2


def red_shape_away_from(page: Page, before: tuple[float, float] | None) -> tuple[float, float]:
    """Where it is once it is drawn, and drawn elsewhere than before."""
    until = monotonic() + PATIENCE_MS / 1000
    while monotonic() < until:
        found = red_shape(page)
        if found and (before is None or dist(found, before) > NEARBY_PX):
            return found
        page.wait_for_timeout(100)
    raise AssertionError(f"no emergency is drawn away from {before}")


def drag(page: Page, name: str, to: tuple[float, float]) -> None:
    """One of the three at the map's edge, onto this pixel."""
    page.get_by_role("button", name=name).hover()
    page.mouse.down()
    page.mouse.move(*to, steps=4)
    page.mouse.up()


def test_a_case_is_drawn_where_it_is_and_moves_and_is_opened_by_a_press(server: Server, console: Opens) -> None:
    """
    A member presses and walks on: the shape follows; a kind dropped where it was says that place; a press opens it.
    """
    student = signed_in(server, "student1")
    page = console("controller1")
    expect(page.get_by_role("region", name="Map of the campus")).to_be_visible()
    incident_id = pressed(student, server)

    first = red_shape_away_from(page, None)
    drag(page, "First aid: phoned in", first)

    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("radio", name="First aid")).to_be_checked()
    told = re.search(r"On the map: ([\d.]+), ([-\d.]+)", dialog.inner_text())
    assert told is not None
    assert [SHERFIELD["latitude"], SHERFIELD["longitude"]] == pytest.approx(
        [float(one) for one in told.groups()], abs=5e-5
    )

    dialog.get_by_role("button", name="Not now").click()
    moved(student, server, incident_id)
    second = red_shape_away_from(page, first)

    # West by 125 metres, and north by 100.
    assert 1.245 == pytest.approx((first[0] - second[0]) / (first[1] - second[1]), rel=0.1)
    assert_accessible(page)

    page.mouse.click(*second)

    expect(page).to_have_url(re.compile(f"#/board/{incident_id}$"))
    expect(page.get_by_role("button", name="This case")).to_be_visible()


def test_what_is_in_the_middle_is_opened_by_enter_and_a_lost_screen_comes_back(server: Server, console: Opens) -> None:
    """
    The keyboard finds the open case and opens it; when the driver has lost everything, all is drawn again.
    """
    incident_id = pressed(signed_in(server, "student2"), server)
    page = console("controller2")
    page.locator(f"[data-case='{incident_id}']").click()
    page.get_by_role("button", name="This case").click()
    page.get_by_role("link", name="Close the case").click()
    expect(page).to_have_url(re.compile("#/board$"))

    page.evaluate(
        """() => {
          const canvas = document.querySelector(".maplibregl-canvas");
          const driver = canvas.getContext("webgl2").getExtension("WEBGL_lose_context");
          driver.loseContext();
          setTimeout(() => driver.restoreContext(), 200);
        }"""
    )
    red_shape_away_from(page, (0, 0))
    page.get_by_role("region", name="Map of the campus").focus()
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("#/board/.+"))
    assert page.url.endswith(incident_id)


def test_without_webgl_the_list_takes_the_place_of_the_map(server: Server, browser: Browser) -> None:
    """
    One line says so, and the sites stand there with their cases.
    """
    with consoles(browser, server) as opens:
        page = opens("controller1")

        expect(page.get_by_text("This browser cannot draw a map.")).to_be_visible()
        expect(page.get_by_role("heading", name="Sites")).to_be_visible()
        expect(page.get_by_role("button", name="Map", exact=True)).to_have_count(0)
        assert_accessible(page)
        assert 0 == page.locator("canvas").count()


def test_an_area_is_drawn_for_a_broadcast(server: Server, console: Opens) -> None:
    """
    Three presses on the map are an area of the draft, kept at the server; the map shows it again when it is opened.
    """
    page = console("controller1", room="broadcasts/new")
    page.get_by_role("radio", name="Leave … now").first.check()
    page.get_by_label("Where it happens").fill("Sherfield Building")
    page.get_by_role("button", name="2 Whom").click()
    page.get_by_role("button", name="Draw it on the map").click()
    canvas = page.get_by_role("dialog").locator(".maplibregl-canvas")
    expect(canvas).to_be_visible()
    for across, down in ((300, 120), (420, 120), (360, 220)):
        canvas.click(position={"x": across, "y": down})
    assert_accessible(page)
    page.get_by_role("button", name="Done").click()

    expect(page.get_by_text("A drawn area with 3 corners")).to_be_visible()
    expect(page.locator(".kept")).to_have_attribute("data-kept", "kept")
    (draft,) = signed_in(server, "controller1").get(f"{server.url}/console/api/broadcasts", timeout=10).json()["items"]
    assert "draft" == draft["state"]
