"""`bluelight drill` beside a real server: played, judged, removed, and unseen by the real control room."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.incidents.incident import Incident
from backend.kernel.database import Database
from backend.kernel.threads import PlainThreads
from backend.people.player import DRILL
from infra import exercise
from infra.settings import Settings
from infra.wiring import open_database
from tests.phone import Phone, eventually
from tests.server import BLUELIGHT, ROOT, Server, running_server, told_nothing


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """
    One server for the tests of this file.
    """
    with running_server(tmp_path_factory.mktemp("drill")) as server:
        yield server


@contextmanager
def store_of(server: Server) -> Iterator[Database]:
    database = open_database(Settings(data_dir=server.data_dir), PlainThreads(), lambda _: None)
    try:
        yield database
    finally:
        database.close()


def drill(server: Server, folder: Path, *words: str, minutes: str = "0.1") -> list[str]:
    """The command as it is typed beside this server; its history and figures go to a folder of the test's own."""
    where = ["--url", server.url, "--history", str(folder / "history.jsonl"), "--figures", str(folder / "drill.json")]
    small = ["--students", "8", "--officers", "3", "--minutes", minutes, "--seed", "7"]
    return [str(BLUELIGHT), "--data", str(server.data_dir), "drill", *small, *where, *words]


def runs(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, env=told_nothing(), capture_output=True, text=True, timeout=120)


def remains(server: Server) -> tuple[int, int]:
    """People and cases of drills that are in the store."""

    def cases(session: Session) -> int:
        return session.scalar(sa.select(sa.func.count()).select_from(Incident)) or 0

    with store_of(server) as database:
        return len(exercise.of_domain(database, DRILL)), database.read(cases)


@pytest.mark.timeout(120)
def test_a_small_day_loses_nothing_and_leaves_nothing(server: Server, tmp_path: Path) -> None:
    """
    Everybody is answered, a table is printed and kept, and the real control room and officer have heard nothing.
    """
    console, officer = Phone(server, "controller1", face="console"), Phone(server, "officer1")
    console.connects()
    officer.connects()
    officer.goes_on_duty()
    assert eventually(lambda: bool(console.of_type("officer")))
    quiet = len(console.messages)

    told = runs(drill(server, tmp_path))

    assert 0 == told.returncode, told.stdout + told.stderr
    rows = {row["name"]: row for row in json.loads((tmp_path / "drill.json").read_text())}
    assert {"0"} == {row["figure"] for name, row in rows.items() if "(I" in name} | {rows["real people told"]["figure"]}
    assert int(rows["answered"]["figure"]) >= 8
    assert "press → officer's handset" in told.stdout
    assert (tmp_path / "history.jsonl").stat().st_size > 1000
    assert (0, 0) == remains(server)
    assert quiet == len(console.messages)
    assert [] == officer.of_type("offer")
    assert [] == console.asks("GET", "/console/api/board").body["items"]
    assert "The audit stands" in server.audit_stands()


def test_what_a_killed_drill_left_can_be_cleaned_up(server: Server, tmp_path: Path) -> None:
    """
    Killed half way it leaves people; the next is refused while it may still go on, and cleaning removes them all.
    """
    with subprocess.Popen(
        drill(server, tmp_path, minutes="5"), cwd=ROOT, env=told_nothing(), stdout=subprocess.DEVNULL
    ) as killed:
        assert eventually(lambda: remains(server)[1] > 0, within_s=40)
        killed.kill()

    refused = runs(drill(server, tmp_path))
    cleaned = runs(drill(server, tmp_path, "--clean"))

    assert (1, True) == (refused.returncode, "--clean" in refused.stderr)
    assert (0, True) == (cleaned.returncode, "13 exercise people" in cleaned.stdout)
    assert (0, 0) == remains(server)


def test_a_drill_on_another_store_is_refused_and_leaves_nobody(server: Server, tmp_path: Path) -> None:
    """
    A server that does not know the people made here would answer each of them 401.
    """
    command = drill(server, tmp_path)
    with running_server(tmp_path / "other") as other:
        command[command.index("--url") + 1] = other.url

        told = runs(command)

    assert (1, True) == (told.returncode, "works on another store" in told.stderr)
    assert (0, 0) == remains(server)


def test_a_drill_without_a_server_is_refused(server: Server, tmp_path: Path) -> None:
    """
    Before anybody is made.
    """
    command = drill(server, tmp_path)
    command[command.index("--url") + 1] = "http://127.0.0.1:1"

    told = runs(command)

    assert (1, True) == (told.returncode, "Nobody answers at 127.0.0.1:1" in told.stderr)
    assert (0, 0) == remains(server)
