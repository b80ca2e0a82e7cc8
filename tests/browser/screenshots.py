"""`make screenshots`: every page in a played scene, light and dark, small and large, into var/screenshots."""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from tests.browser.best_shots import write_best
from tests.browser.drawing import drawing_browser
from tests.browser.scenes import SCENES
from tests.browser.stage import Stage
from tests.server import running_server

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "var" / "screenshots"
PICTURES = ROOT / "infra" / "pictures"

PATIENCE_MS = 20_000


@contextmanager
def a_stage(folder: Path) -> Iterator[Stage]:
    """A server with the demonstration, and a browser whose pages are people."""
    with tempfile.TemporaryDirectory() as directory, sync_playwright() as playwright:
        data_dir = Path(directory) / "data"
        data_dir.mkdir()
        # Not empty: no hundred sign-ins are prepared, a handful of people come.
        (data_dir / "begun").touch()
        with running_server(data_dir) as server, drawing_browser(playwright.chromium) as browser:
            expect.set_options(timeout=PATIENCE_MS)
            yield Stage(browser, server, folder)


def main() -> None:
    """Play the scenes asked for, all by default, and say what was taken."""
    parser = argparse.ArgumentParser(description="Screenshots of every page.")
    parser.add_argument("scenes", nargs="*", choices=[[], *SCENES], help="default: all")
    parser.add_argument("--best", action="store_true", help="also make the README's pictures anew")
    told = parser.parse_args()
    asked = told.scenes or list(SCENES)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with a_stage(FOLDER) as stage:
        for name in asked:
            SCENES[name](stage)
            stage.leave()
    sys.stdout.write(f"{len(stage.taken)} pictures in {FOLDER.relative_to(ROOT)}\n")
    if told.best:
        write_best(FOLDER, PICTURES)


if __name__ == "__main__":
    main()
