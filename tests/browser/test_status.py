"""The public page in a real browser: narrow, wide, light and dark."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.axe import assert_accessible
from tests.server import Server


@pytest.mark.parametrize("width", [320, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_public_page_fits_and_keeps_its_own_rules(
    browser: Browser, server: Server, width: int, scheme: str
) -> None:
    """
    Nothing runs past the edge, nothing breaks the policy of what may load, and the number to ring can be touched.
    """
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page, said = context.new_page(), list[str]()
    page.on("console", lambda message: said.append(message.text))

    page.goto(f"{server.url}/status")

    expect(page.get_by_role("main")).to_contain_text("Nothing is in force")
    ring = page.get_by_role("link", name="999")
    box = ring.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgba(0, 0, 0, 0)"
    assert (said, context.cookies()) == ([], [])
    assert_accessible(page)
    context.close()
