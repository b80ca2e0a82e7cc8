"""`bluelight drill` beside a real server: played, judged, removed, and unseen by the real control room."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
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
from tests.server import FORKS, Server, demo_data, live, running_server, told_nothing


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """
    One server for the tests of this file.
    """
    with running_server(tmp_path_factory.mktemp("drill")) as server:
        yield server


@contextmanager
def store_of(data: Path) -> Iterator[Database]:
    database = open_database(Settings(data_dir=data), PlainThreads(), lambda _: None)
    try:
        yield database
    finally:
        database.close()


def begins(folder: Path, data: Path, url: str, *words: str, minutes: str = "0.1") -> BaseProcess:
    """The command as it is typed; its history, its figures and what it prints go to a folder of the test's own."""
    where = ["--url", url, "--history", str(folder / "history.jsonl"), "--figures", str(folder / "drill.json")]
    small = ["--students", "8", "--officers", "3", "--minutes", minutes, "--seed", "7"]
    command = ["--data", str(data), "drill", *small, *where, *words]
    process = FORKS.Process(target=live, args=(command, told_nothing(), folder / "printed"))
    process.start()
    return process


def drills(folder: Path, data: Path, url: str, *words: str) -> tuple[int | None, str]:
    """Its exit status, and what it printed."""
    (folder / "printed").unlink(missing_ok=True)
    process = begins(folder, data, url, *words)
    process.join(150)
    return process.exitcode, (folder / "printed").read_text()


def remains(data: Path) -> tuple[int, int]:
    """People and cases of drills that are in the store."""

    def cases(session: Session) -> int:
        return session.scalar(sa.select(sa.func.count()).select_from(Incident)) or 0

    with store_of(data) as database:
        return len(exercise.of_domain(database, DRILL)), database.read(cases)


@pytest.mark.timeout(240)
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

    status, printed = drills(tmp_path, server.data_dir, server.url)

    assert 0 == status, printed
    rows = {row["name"]: row for row in json.loads((tmp_path / "drill.json").read_text())}
    assert {"0"} == {row["figure"] for name, row in rows.items() if "(I" in name} | {rows["real people told"]["figure"]}
    assert int(rows["answered"]["figure"]) >= 8
    assert "press → officer's handset" in printed
    assert (tmp_path / "history.jsonl").stat().st_size > 1000
    assert (0, 0) == remains(server.data_dir)
    assert quiet == len(console.messages)
    assert [] == officer.of_type("offer")
    assert [] == console.asks("GET", "/console/api/board").body["items"]
    assert "The audit stands" in server.audit_stands()


@pytest.mark.timeout(240)
def test_what_a_killed_drill_left_can_be_cleaned_up(server: Server, tmp_path: Path) -> None:
    """
    Killed half way it leaves people; the next is refused while it may still go on, and cleaning removes them all.
    """
    killed = begins(tmp_path, server.data_dir, server.url, minutes="5")
    assert eventually(lambda: remains(server.data_dir)[1] > 0, within_s=60)
    killed.kill()
    killed.join(10)

    refused, why = drills(tmp_path, server.data_dir, server.url)
    cleaned, what = drills(tmp_path, server.data_dir, server.url, "--clean")

    assert (1, True) == (refused, "--clean" in why)
    assert (0, True) == (cleaned, "13 exercise people" in what)
    assert (0, 0) == remains(server.data_dir)


@pytest.mark.timeout(120)
def test_a_drill_on_another_store_is_refused_and_leaves_nobody(server: Server, tmp_path: Path) -> None:
    """
    A server that does not know the people made here would answer each of them 401.
    """
    data, _ = demo_data()
    other = shutil.copytree(data, tmp_path / "other")

    status, printed = drills(tmp_path, other, server.url)

    assert (1, True) == (status, "works on another store" in printed)
    assert (0, 0) == remains(other)


@pytest.mark.timeout(120)
def test_a_drill_without_a_server_is_refused(server: Server, tmp_path: Path) -> None:
    """
    Before anybody is made.
    """
    status, printed = drills(tmp_path, server.data_dir, "http://127.0.0.1:1")

    assert (1, True) == (status, "Nobody answers at 127.0.0.1:1" in printed)
    assert (0, 0) == remains(server.data_dir)
