"""The phone's pages: the rules in TypeScript by Node's own runner, what is built from them, and the door."""

import gzip
import re
import subprocess
from pathlib import Path

import pytest
from flask import Flask, Response

from backend.kernel.errors import NotFound
from mobile_api import app as phone

ROOT = Path(__file__).parents[3]

#: What a first load may cost on a bad network (contract of the faces), bytes as they are sent.
MOST_SCRIPT = 150_000


@pytest.mark.timeout(120)
def test_the_rules_of_the_pages_hold() -> None:
    """
    tests/pages: when a press is sent again, what the screen may claim, that nothing goes backwards.
    """
    command = ["sh", "infra/deploy/build_pages.sh", "test"]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
    assert "fail 0" in done.stdout


def test_the_first_load_is_small() -> None:
    """
    All scripts together, the service worker's too, are far below 150 kB compressed.
    """
    scripts = list(phone.BUILT.glob("*.js"))

    compressed = sum(len(gzip.compress(script.read_bytes(), 9)) for script in scripts)

    assert len(scripts) == 2
    assert compressed < MOST_SCRIPT


def test_the_page_names_only_its_own_files_and_holds_no_script() -> None:
    """
    Everything it loads stands in the build under a name with its hash, for ever; nothing is inline or from elsewhere.
    """
    page = (phone.BUILT / "index.html").read_text()

    named = re.findall(r'(?:src|href)="([^"]+)"', page)
    files = [address.removeprefix("/app/") for address in named if address.startswith("/app/")]

    assert len(files) >= 5
    assert [] == [name for name in files if not (phone.BUILT / name).is_file()]
    assert {"manifest.webmanifest"} == {name for name in files if not phone.HASHED.fullmatch(name)}
    assert [] == re.findall(r"<script(?![^>]*src=)|<style|style=", page)
    assert [] == [address for address in named if not address.startswith(("/app/", "tel:"))]


def test_a_server_without_the_pages_says_how_to_build_them(tmp_path: Path) -> None:
    """
    In a source tree nobody has built, the page tells it in a sentence and whom to ring.
    """
    with Flask("phone").test_request_context():
        said = phone.front(tmp_path)
        with pytest.raises(NotFound):
            phone.file(tmp_path, "sw.js")

    assert said.status_code == 404
    assert "make pages" in said.get_data(as_text=True)
    assert "tel:999" in said.get_data(as_text=True)


def test_only_what_never_changes_is_kept_for_ever(tmp_path: Path) -> None:
    """
    A name with a hash for a year; page, manifest and service worker are asked for anew, and nothing else is reached.
    """
    for name in ("index.html", "sw.js", "app-0123456789ab.js"):
        (tmp_path / name).write_text("-")

    with Flask("phone").test_request_context():
        page, worker, script = (
            phone.front(tmp_path),
            phone.file(tmp_path, "sw.js"),
            phone.file(tmp_path, "app-0123456789ab.js"),
        )
        with pytest.raises(NotFound):
            phone.file(tmp_path / "deeper", "../sw.js")

    assert ["no-cache", "no-cache", phone.FOR_EVER] == [_kept(response) for response in (page, worker, script)]
    assert "/app" == worker.headers["Service-Worker-Allowed"]
    for response in (page, worker, script):
        response.close()


def _kept(response: Response) -> str:
    """How long a browser may keep it without asking."""
    return response.headers["Cache-Control"]
