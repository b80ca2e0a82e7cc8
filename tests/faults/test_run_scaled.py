"""`make run-scaled` as an operator meets it: up in one command, and gone with one signal."""

import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.phone import eventually
from tests.server import ROOT, free_port, told_nothing


@pytest.fixture
def folder() -> Iterator[Path]:
    """Not pytest's own: the server of the database runs as somebody else, who may not go in there."""
    found = Path(tempfile.mkdtemp(prefix="bluelight-scaled-"))
    found.chmod(0o711)
    yield found
    shutil.rmtree(found)


def is_alive(pid: str) -> bool:
    return Path("/proc", pid).exists()


@pytest.mark.timeout(180)
@pytest.mark.parametrize("ending", [signal.SIGTERM, pytest.param(signal.SIGKILL, marks=pytest.mark.long)])
def test_one_signal_ends_everything_that_was_started(ending: signal.Signals, folder: Path) -> None:
    """
    It says its address and every process; a little after the signal none of them is there.
    """
    port = free_port()
    words = ["-m", "infra.scaled", "--data", str(folder / "data"), "--port", str(port), "--webs", "1", "--workers", "1"]
    with (folder / "out").open("wb") as out:
        launcher = subprocess.Popen([sys.executable, *words], cwd=ROOT, env=told_nothing(), stdout=out, stderr=out)
    written = folder / "out"
    assert eventually(lambda: "throw-away keys" in written.read_text() or launcher.poll() is not None, within_s=150)
    told = written.read_text()
    pids = re.findall(r"process (\d+)", told)

    answer = requests.get(f"http://127.0.0.1:{port}/readyz", timeout=20)
    launcher.send_signal(ending)
    launcher.wait(60)

    assert 200 == answer.status_code, told
    assert f"http://127.0.0.1:{port}" in told
    assert 5 == len(pids)
    assert eventually(lambda: not any(is_alive(pid) for pid in pids), within_s=20)
