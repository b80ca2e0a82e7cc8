"""A store that may not grow: a call for help is written, an import waits, and the operator is told."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session
from structlog.testing import capture_logs

from backend.kernel.errors import Unavailable
from infra.doctor import examine
from infra.forgetting import Forgetting
from infra.settings import Settings
from tests.campus import CampusStage, Clock
from tests.journeys.command_line import CampusDesk, run
from tests.journeys.conftest import copy_store


@pytest.fixture
def settings(sqlite_template: Path, tmp_path: Path) -> Settings:
    """A store of this test's own on SQLite, with a small reserve."""
    copy_store(sqlite_template, tmp_path)
    return Settings(data_dir=tmp_path, secret_key="a secret of thirty-two characters or more", reserve_mb=1)


@pytest.fixture
def campus(settings: Settings) -> Iterator[CampusStage]:
    """The demo campus, whose reserve stands."""
    stage = CampusStage(settings, Clock())
    stage.service.rounds.keep_room()
    yield stage
    stage.closes()


def fill(session: Session) -> None:
    """From now on this connection finds "database or disk is full" when it needs one page more."""
    pages = session.execute(sa.text("PRAGMA page_count")).scalar_one()
    session.execute(sa.text(f"PRAGMA max_page_count={pages}"))


def presses_until_tight(campus: CampusStage) -> list[int]:
    """The answers to one press each of many students, until one needed the reserve."""
    campus.database.write(fill)
    answers: list[int] = []
    while not campus.database.room.is_tight() and len(answers) < 200:
        body = {"kind": "emergency", "note": "n" * 500}
        headers = {"Authorization": f"Bearer {campus.student(f's{len(answers)}').token}"}
        answers.append(campus.client.post("/v1/taps", json=body, headers=headers).status_code)
    return answers


def imports(campus: CampusStage, folder: Path) -> tuple[int, list[str]]:
    file = folder / "people.csv"
    file.write_text("email,name\nnew@journeys.example,Newcomer\n")
    return run(CampusDesk(campus), "people", "import", file)


def test_a_tap_that_finds_the_disk_full_is_written_on_the_reserve(campus: CampusStage) -> None:
    """
    201 for everybody, and from then on the disk is tight and said to be, while the service stays ready.
    """
    answers = presses_until_tight(campus)

    assert set(answers) == {201}
    assert campus.database.room.is_tight()
    ready = campus.client.get("/readyz")
    assert (ready.status_code, ready.json) == (200, {"status": "ready", "disk": "tight"})
    assert "bluelight_disk_tight 1.0" in campus.client.get("/metrics").text
    assert "the disk is tight: only calls for help are written" in [
        one.what for one in examine(campus.settings) if not one.well
    ]


def test_while_it_is_tight_an_import_waits_and_afterwards_it_is_taken(campus: CampusStage, tmp_path: Path) -> None:
    """
    Refused with a sentence, also after a restart; taken once there is room and the reserve stands again.
    """
    presses_until_tight(campus)
    campus.restarts()
    refused = imports(campus, tmp_path)

    campus.service.rounds.keep_room()
    taken = imports(campus, tmp_path)

    assert refused[0] == 1
    assert "kept for calls for help" in refused[1][0]
    assert taken[0] == 0
    assert campus.database.room.is_kept()
    assert (campus.client.get("/readyz").json) == {"status": "ready"}


def test_forgetting_waits_and_says_so_once(campus: CampusStage) -> None:
    """
    Deleting would take the room that is kept for calls for help; the log has one line, and no stack trace a rule.
    """
    presses_until_tight(campus)
    forgetting = Forgetting(campus.database, campus.service.rounds.write_anchor)

    with capture_logs() as log:
        findings = forgetting.forget(now=campus.clock() + timedelta(days=4000))

    assert ["forgetting.waits"] == [one["event"] for one in log]
    assert all(one.failed and one.count.due == 0 for one in findings)


def test_a_campus_that_is_imported_waits_as_well(campus: CampusStage) -> None:
    """
    What can wait is refused by its name, 507, at a door as on the command line.
    """
    presses_until_tight(campus)

    with pytest.raises(Unavailable) as refused:
        campus.database.write_what_can_wait(lambda session: session.execute(sa.text("SELECT 1")))

    assert refused.value.kind == "no-room"


@pytest.mark.postgres
def test_a_database_server_whose_disk_is_full_is_told_apart(postgres_database: str, tmp_path: Path) -> None:
    """
    By its code and not by its words, which are in the server's language; what can wait is not refused before.
    """
    base = Settings(data_dir=tmp_path, secret_key="a secret of thirty-two characters or more")
    stage = CampusStage(replace(base, database_url=postgres_database), Clock())
    full = sa.text("DO $$ BEGIN RAISE EXCEPTION 'no queda espacio' USING ERRCODE = 'disk_full'; END $$")
    try:
        with pytest.raises(Unavailable) as refused:
            stage.database.write(lambda session: session.execute(full))

        assert refused.value.kind == "no-room"
        assert stage.database.write_what_can_wait(lambda session: 1) == 1
        assert stage.client.get("/readyz").json == {"status": "ready"}
    finally:
        stage.closes()
