"""The phone's pages: the rules in TypeScript by Node's own runner, what is built from them, and the door."""

import gzip
import re
import subprocess
from pathlib import Path

import pytest
from flask import Flask

from backend.web import built_pages
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
    assert {"manifest.webmanifest"} == {name for name in files if not built_pages.HASHED.fullmatch(name)}
    assert [] == re.findall(r"<script(?![^>]*src=)|<style|style=", page)
    assert [] == [address for address in named if not address.startswith(("/app/", "tel:"))]


def test_the_service_worker_may_serve_the_whole_phone() -> None:
    """
    It lies beside the files with hashes and is asked for anew.
    """
    with Flask("phone").test_request_context():
        worker = phone.part("sw.js")

    assert "/app" == worker.headers["Service-Worker-Allowed"]
    assert "no-cache" == worker.headers["Cache-Control"]
    worker.close()
