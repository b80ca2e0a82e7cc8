"""The console's pages as they are built: what a first load costs, and that nothing comes from elsewhere."""

import gzip
import re

from backend.console import page as console
from backend.web import built_pages

#: A console is opened once a shift on a good network; a room is fetched when somebody enters it.
MOST_SCRIPT = 60_000


def first_load() -> list[str]:
    """The scripts of the page and all that these import by themselves."""
    page = (console.BUILT / "index.html").read_text()
    wanted = re.findall(r'src="/console/([^"]+)"', page)
    for name in wanted:
        told = (console.BUILT / name).read_text()
        wanted += [other for other in re.findall(r'from"(?:\./|/console/)([\w-]+\.js)"', told) if other not in wanted]
    return wanted


def test_the_first_load_is_small() -> None:
    """
    The frame without a room, compressed.
    """
    scripts = first_load()

    compressed = sum(len(gzip.compress((console.BUILT / name).read_bytes(), 9)) for name in scripts)

    assert len(scripts) >= 2
    assert compressed < MOST_SCRIPT


def test_the_page_names_only_its_own_files_and_holds_no_script() -> None:
    """
    Everything it loads stands in the build under a name with its hash; nothing is inline or from elsewhere.
    """
    page = (console.BUILT / "index.html").read_text()

    named = re.findall(r'(?:src|href)="([^"]+)"', page)
    files = [address.removeprefix("/console/") for address in named if address.startswith("/console/")]

    assert len(named) == len(files)
    assert len(files) >= 4
    assert [] == [name for name in files if not (console.BUILT / name).is_file()]
    assert [] == [name for name in files if not built_pages.HASHED.fullmatch(name)]
    assert [] == re.findall(r"<script(?![^>]*src=)|<style|style=", page)
