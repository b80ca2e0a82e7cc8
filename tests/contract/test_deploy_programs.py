"""What an operator deploys with, given to the programs it is for: systemd, HAProxy and the shell."""

import json
import os
import re
import shutil
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import requests

from infra.scaled.programs import program
from tests.haproxy_front import HAPROXY, certificate_of, haproxy_before, written
from tests.server import ROOT

DEPLOY = ROOT / "infra" / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
SCRIPTS = sorted((DEPLOY / "postgres").glob("*.sh"))


class Echo:
    """A server that answers what headers it got."""

    def __enter__(self) -> "Echo":
        class Door(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                """Asked whether it is ready."""
                self.do_POST()

            def do_POST(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                told = json.dumps({name.lower(): value for name, value in self.headers.items()}).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(told)))
                self.end_headers()
                self.wfile.write(told)

            def log_message(self, *_: Any) -> None:
                """A test's log is its failure."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()
        self.port = self._server.server_port
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def test_systemd_finds_nothing_wrong_with_the_units(tmp_path: Path) -> None:
    """
    Every line is a setting with a value, in one of systemd's three parts; systemd-analyze reads them where it is.
    """
    for unit in UNITS:
        (tmp_path / unit.name).write_text(unit.read_text().replace("/opt/bluelight/.venv/bin/bluelight", "/bin/true"))
    analyze = shutil.which("systemd-analyze")

    lines = [line for unit in UNITS for line in unit.read_text().splitlines() if line and line[0] not in "#["]
    parts = {line for unit in UNITS for line in unit.read_text().splitlines() if line.startswith("[")}
    command = [analyze or "true", "verify", "--man=no", *sorted(map(str, tmp_path.iterdir()))]
    said = subprocess.run(command, capture_output=True, text=True, timeout=30).stderr
    assert [] == [line for line in lines if not re.fullmatch(r"[A-Z][A-Za-z]+=.*", line)]
    assert {"[Unit]", "[Service]", "[Timer]", "[Install]"} == parts
    assert [] == [line for line in said.splitlines() if str(tmp_path) in line or "bluelight" in line]


def test_haproxy_takes_its_configuration(tmp_path: Path) -> None:
    """
    By HAProxy's own check; in it nothing is written down of anybody.
    """
    shipped = HAPROXY.read_text()
    configuration = written(tmp_path, {})

    said = subprocess.run(
        [program("haproxy", "haproxy"), "-c", "-f", configuration], capture_output=True, text=True, timeout=30
    )

    assert 0 == said.returncode, said.stderr
    assert "GET /readyz" in shipped
    assert not re.search(r"^\s*(log|option (httplog|tcplog|forwardfor))\b", shipped, re.MULTILINE)


def test_haproxy_passes_nothing_of_a_reporter_on(tmp_path: Path) -> None:
    """
    At the porch type and length of the body arrive and nothing else, however the path is spelt; elsewhere all does.
    """
    with Echo() as echo, haproxy_before([echo.port], tmp_path) as url:
        quiet = [_asked(f"{url}{path}", tmp_path) for path in ("/v1/concerns", "/Concern/mailbox", "/%63oncern")]
        plain = _asked(f"{url}/v1/taps", tmp_path)
        figures = requests.get(f"{url}/metrics", verify=str(certificate_of(tmp_path)), timeout=10).status_code

    kept = {"host", "content-type", "content-length"}
    assert [kept, kept, kept] == [set(one) for one in quiet]
    assert {"localhost"} == {one["host"] for one in quiet}
    assert {"cookie", "user-agent", "x-forwarded-for", "authorization"} <= set(plain)
    assert ("https", "127.0.0.1") == (plain["x-forwarded-proto"], plain["x-forwarded-for"])
    assert 404 == figures


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda one: one.name)
def test_a_script_can_be_run_and_read(script: Path) -> None:
    """
    It is executable, the shell finds no fault in it, and it ends at the first that goes wrong.
    """
    said = subprocess.run(["sh", "-n", script], capture_output=True, text=True, timeout=10)

    assert (0, "") == (said.returncode, said.stderr)
    assert os.access(script, os.X_OK)
    assert "set -eu" in script.read_text()


def test_a_backup_that_left_nothing_is_a_failure(tmp_path: Path) -> None:
    """
    The script believes the shelf and not the command alone, and never copies a database that nobody named.
    """
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    named = {"BLUELIGHT_DATABASE_URL": "postgresql://x@y/z"}

    nowhere = _script(tmp_path, "backup.sh", str(shelf), bluelight="true")
    empty = _script(tmp_path, "backup.sh", str(shelf), bluelight="true", **named)
    good = _script(tmp_path, "backup.sh", str(shelf), bluelight='mkdir "$2/new" && : >"$2/new/manifest.json"', **named)

    assert (1, 1, 0) == (nowhere.returncode, empty.returncode, good.returncode)
    assert "is not set" in nowhere.stderr
    assert "No backup of this hour" in empty.stderr


def test_a_restore_goes_into_a_database_of_its_own(tmp_path: Path) -> None:
    """
    The old one's name is nowhere written to; a name that is not one is refused before anything is done.
    """
    address = "postgresql://bluelight:secret@one,two:5432/bluelight?target_session_attrs=read-write"
    settings = {"BLUELIGHT_DATABASE_URL": address, "PG_ADMIN_URL": "postgresql://postgres@one/postgres"}
    into = f'echo "$BLUELIGHT_DATABASE_URL $1 $2" >{tmp_path}/told'
    asked = f'echo "$@" >{tmp_path}/asked'

    odd = _script(tmp_path, "restore.sh", "/shelf", 'x"; DROP', bluelight=into, psql=asked, **settings)
    untouched = not (tmp_path / "asked").exists()
    done = _script(tmp_path, "restore.sh", "/shelf", "bluelight_2", bluelight=into, psql=asked, **settings)

    assert (1, 0) == (odd.returncode, done.returncode)
    assert untouched
    assert "--set=name=bluelight_2 --set=owner=bluelight" in (tmp_path / "asked").read_text()
    expected = address.replace("/bluelight?", "/bluelight_2?") + " restore /shelf\n"
    assert expected == (tmp_path / "told").read_text()


def _script(folder: Path, name: str, *words: str, **told: str) -> subprocess.CompletedProcess[str]:
    """One of our scripts, with these programs (small letters) in place of the real ones, and these settings."""
    programs = folder / "bin"
    programs.mkdir(exist_ok=True)
    for stood_for in [one for one in told if one.islower()]:
        (programs / stood_for).write_text(f"#!/bin/sh\n{told.pop(stood_for)}\n")
        (programs / stood_for).chmod(0o755)
    environment = {"PATH": f"{programs}:{os.environ['PATH']}", **told}
    command = ["sh", str(DEPLOY / "postgres" / name), *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=20)


def _asked(url: str, folder: Path) -> dict[str, str]:
    """The headers that arrive behind the proxy of a request that says all a browser can say of its person."""
    said = {"User-Agent": "telltale", "Cookie": "who=me", "Authorization": "Bearer x", "X-Forwarded-For": "203.0.113.9"}
    answer = requests.post(url, json={"words": "x"}, headers=said, verify=str(certificate_of(folder)), timeout=10)
    told: dict[str, str] = answer.json()
    return told
