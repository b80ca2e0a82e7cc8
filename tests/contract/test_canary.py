"""The canary of a real server: it sings, it is started again when it dies, and its silence is an alarm."""

import os
import re
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.kernel.database import Database
from backend.kernel.threads import PlainThreads
from backend.people.account import Account
from infra.canary.keeping import ROBOT
from infra.settings import Settings
from infra.wiring import open_database
from tests.phone import Phone, eventually
from tests.server import Server, running_server

EVERY_S = 2

#: A machine that is busy with other tests makes a press slow, not lost.
SOON_S = 40


@pytest.fixture
def calls() -> Iterator[tuple[str, list[str]]]:
    """
    A watcher outside: its address, and the calls it got.
    """
    got: list[str] = []

    class Watcher(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            got.append(self.path)
            self.send_response(302)
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """A test's log is its failure."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Watcher) as watcher:
        thread = threading.Thread(target=watcher.serve_forever, args=(0.05,))
        thread.start()
        yield f"http://127.0.0.1:{watcher.server_port}/ping/abc", got
        watcher.shutdown()
        thread.join()


@contextmanager
def store_of(server: Server) -> Iterator[Database]:
    database = open_database(Settings(data_dir=server.data_dir), PlainThreads(), lambda _: None)
    try:
        yield database
    finally:
        database.close()


def children(server: Server) -> list[int]:
    """The processes that this server has started."""
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            parent = re.search(r"^PPid:\s+(\d+)$", status.read_text(), re.MULTILINE)
        except OSError:
            continue
        if parent and int(parent[1]) == server.pid:
            found.append(int(status.parent.name))
    return found


def retire_robot(session: Session, *, active: bool) -> None:
    session.execute(sa.update(Account).where(Account.email == ROBOT.email).values(active=active))


@pytest.mark.timeout(240)
def test_the_canary_sings_and_its_silence_is_an_alarm(tmp_path: Path, calls: tuple[str, list[str]]) -> None:
    """
    Presses come through and a watcher outside is called; without its robot officer the control room is alarmed, once.
    """
    address, got = calls
    env = {"BLUELIGHT_CANARY_SECONDS": str(EVERY_S), "BLUELIGHT_DEADMAN_URL": address}
    with running_server(tmp_path, env=env) as server, store_of(server) as database:
        console = Phone(server, "controller1", face="console")
        console.connects()
        assert eventually(lambda: len(got) >= 2, within_s=SOON_S), server.written()
        assert 0 < server.figures()["bluelight_canary_round_trip_seconds"] < 10
        assert server.figures()["bluelight_canary_last_success_age_seconds"] < SOON_S
        assert [] == console.messages

        database.write(retire_robot, active=False)
        alarm = console.waits_for(lambda one: one["type"] == "alarm", SOON_S, what="the alarm")["data"]

        assert ("canary_missing", None, False) == (alarm["reason"], alarm["incident_id"], alarm["exercise"])
        assert 200 == console.asks("POST", f"/console/api/alarms/{alarm['alarm_id']}/take").status
        silent = len(got)
        time.sleep(EVERY_S + 1)
        assert silent == len(got)
        assert [] == console.asks("GET", "/console/api/alarms").body["items"]
        assert [] == console.asks("GET", "/console/api/board").body["items"]

        database.write(retire_robot, active=True)
        assert eventually(lambda: len(got) > silent, within_s=SOON_S), server.written()
    assert {"/ping/abc"} == set(got)


@pytest.mark.timeout(120)
def test_a_canary_that_dies_is_started_again_and_ends_with_its_server(tmp_path: Path) -> None:
    """
    Killed, it is back within seconds; a server that is told to end takes it along, and so does one that is killed.
    """
    with running_server(tmp_path, env={"BLUELIGHT_CANARY_SECONDS": "1"}) as server:
        assert eventually(lambda: len(children(server)) == 1, within_s=SOON_S)
        (first,) = children(server)
        os.kill(first, signal.SIGKILL)
        assert eventually(lambda: children(server) not in ([], [first]), within_s=SOON_S)
        (second,) = children(server)

        assert 0 == server.stop()

        assert not Path(f"/proc/{second}").exists()
        server.start(env={"BLUELIGHT_CANARY_SECONDS": "1"})
        assert eventually(lambda: len(children(server)) == 1, within_s=SOON_S)
        (third,) = children(server)
        server.kill()
        assert eventually(lambda: not Path(f"/proc/{third}").exists(), within_s=SOON_S)


def test_no_token_of_the_canary_can_be_read_from_outside(tmp_path: Path) -> None:
    """
    Its arguments and its environment hold no token and no setting of the server's.
    """
    env = {"BLUELIGHT_CANARY_SECONDS": "1", "BLUELIGHT_METRICS_TOKEN": "only-for-the-server"}
    with running_server(tmp_path, env=env) as server:
        assert eventually(lambda: len(children(server)) == 1, within_s=SOON_S)
        (child,) = children(server)
        assert eventually(lambda: b"infra.canary" in Path(f"/proc/{child}/cmdline").read_bytes(), within_s=SOON_S)

        words = Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0")
        told = Path(f"/proc/{child}/environ").read_bytes()
        files = {str(file.readlink()) for file in Path(f"/proc/{child}/fd").iterdir()}

    assert [b"-m", b"infra.canary", b""] == words[1:]
    assert b"BLUELIGHT_" not in told
    assert not [file for file in files if "bluelight.db" in file]
