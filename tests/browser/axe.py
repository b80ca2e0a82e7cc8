"""axe in the page at hand: what it finds of WCAG 2.2 AA is a fault of the page."""

from functools import cache
from pathlib import Path

from playwright.sync_api import Page

SOURCE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"

#: The levels that the pages promise, and what axe knows to be good practice.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@cache
def _script() -> str:
    return SOURCE.read_text()


def faults(page: Page) -> list[str]:
    """Each violation in a line: the rule, and where it is broken."""
    # Evaluated by the browser itself: the page's own policy lets no script in but its own.
    page.evaluate(_script())
    found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", TAGS)
    return [
        f"{one['id']}: {node['target']} {node.get('failureSummary', '')}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


def assert_accessible(page: Page) -> None:
    """No violation on the page as it stands now."""
    found = faults(page)
    assert [] == found, "\n".join(found)
