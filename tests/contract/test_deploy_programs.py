"""What an operator deploys with, given to the programs it is for: systemd, HAProxy and the shell."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.mail_server import make_certificate
from tests.server import ROOT

DEPLOY = ROOT / "infra" / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
SCRIPTS = sorted((DEPLOY / "postgres").glob("*.sh"))


def test_systemd_itself_finds_nothing_wrong(tmp_path: Path) -> None:
    """
    By systemd-analyze, where it is; the program they start is not here, and is put in its place.
    """
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd-analyze is not here: apt-get install systemd")
    for unit in UNITS:
        (tmp_path / unit.name).write_text(unit.read_text().replace("/opt/bluelight/.venv/bin/bluelight", "/bin/true"))
    names = [str(one) for one in sorted(tmp_path.iterdir())]

    said = subprocess.run([program, "verify", "--man=no", *names], capture_output=True, text=True, timeout=30)

    assert [] == [line for line in said.stderr.splitlines() if str(tmp_path) in line or "bluelight" in line]


def test_haproxy_takes_its_configuration(tmp_path: Path) -> None:
    """
    By HAProxy's own check; in it the porch loses all but what its body needs, and nothing is written down.
    """
    program = shutil.which("haproxy") or shutil.which("/usr/sbin/haproxy")
    assert program is not None, "haproxy is not here: sudo apt-get install haproxy"
    shipped = (DEPLOY / "haproxy" / "haproxy.cfg").read_text()
    certificate = make_certificate(tmp_path)
    (tmp_path / "haproxy.cfg").write_text(shipped.replace("/etc/ssl/bluelight/bluelight.pem", str(certificate)))

    said = subprocess.run([program, "-c", "-f", tmp_path / "haproxy.cfg"], capture_output=True, text=True, timeout=30)

    assert 0 == said.returncode, said.stderr
    assert "GET /readyz" in shipped
    assert not re.search(r"^\s*(log|option (httplog|tcplog|forwardfor))\b", shipped, re.MULTILINE)


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
    for program in [one for one in told if one.islower()]:
        (programs / program).write_text(f"#!/bin/sh\n{told.pop(program)}\n")
        (programs / program).chmod(0o755)
    environment = {"PATH": f"{programs}:{os.environ['PATH']}", **told}
    command = ["sh", DEPLOY / "postgres" / name, *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=20)
