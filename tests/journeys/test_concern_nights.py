"""The nightly rewrite loses nothing, doubles nothing, and makes of the same concerns the same file."""

import os
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.concerns import rewrite_store, rewriting
from backend.concerns.concern import Concern
from backend.concerns.ending import destroy
from backend.concerns.rewrite_store import ENTITIES, Rows
from backend.kernel.database import Base
from infra.settings import Settings
from infra.wiring import CONCERNS_FILE
from tests.campus import CampusStage, Clock
from tests.journeys.conftest import SECRET, copy_store
from tests.journeys.lodged import Desk, Lodged, rows_of

#: What is drawn at random and differs between any two campuses.
UNLIKE = re.compile(r"UUID\('[0-9a-f-]+'\)|[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{16,}")

#: Of SQLite's header: how often the file was changed and its schema read anew. Both count nights, not concerns.
COUNTERS = (*range(24, 28), *range(40, 44), *range(92, 96))


def night(campus: CampusStage, days: int = 1) -> float | None:
    """The round looks at three in the morning."""
    campus.clock.now = (campus.clock.now + timedelta(days=days)).replace(hour=3, minute=1)
    waits: float | None = campus.service.rounds.concerns.rewrite()
    return waits


def everything(campus: CampusStage) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the desk but the notes of the day."""
    kept = [entity for entity in ENTITIES if entity.__tablename__ != "concern_days"]
    return {entity.__tablename__: rows_of(campus.database, entity) for entity in kept}


def some(campus: CampusStage, number: int = 12) -> list[Lodged]:
    desk = Desk(campus.database)
    sizes = (1 << 10, 4 << 10, 16 << 10)
    came = [desk.lodges(f"Number {nth}", on=campus.clock.now.date(), least=sizes[nth % 3]) for nth in range(number)]
    desk.assigns(came[0], *desk.advisers, on=campus.clock.now.date())
    desk.replies(came[0], desk.advisers[0], on=campus.clock.now.date())
    return came


def test_every_row_outlives_the_night(campus: CampusStage) -> None:
    """
    The same rows, to the byte; done once a day, also on one on which nothing came.
    """
    some(campus)
    before = everything(campus)

    assert night(campus) is None
    due_again = campus.database.read(rewriting.is_due, local=campus.clock.now)
    assert night(campus, days=2) is None

    assert before == everything(campus)
    assert not due_again
    assert campus.database.read(rewriting.is_due, local=campus.clock.now + timedelta(days=1))


class PowerCut(Exception):
    """Comes between the rewriting of some rows and its commit."""


@pytest.mark.parametrize("settings", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
def test_a_rewrite_that_is_cut_off_goes_on_the_next_time(campus: CampusStage) -> None:
    """
    Cut off before each of its commits in turn: after every one of these all rows are there, once.
    """
    came = some(campus)
    before = everything(campus)

    def cut_off(session: Session, rows: Rows) -> None:
        assert rewriting.write_anew(session, rows) == len(rows.keys)
        raise PowerCut

    batches = campus.database.read(rewriting.to_write_anew, local=campus.clock.now)
    for nth, rows in enumerate(batches):
        with pytest.raises(PowerCut):
            campus.database.write_behind(cut_off, rows)
        assert before == everything(campus), nth
        campus.database.write_behind(rewriting.write_anew, rows)

    assert len(batches) > len(ENTITIES) // 2
    assert before == everything(campus)
    assert night(campus) is None
    assert before == everything(campus)
    assert len(came) == len(before["concerns"])


@pytest.mark.parametrize("settings", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
def test_what_is_destroyed_meanwhile_does_not_come_back(campus: CampusStage) -> None:
    """
    Its rows were on the list; when their turn comes there is nothing to write.
    """
    gone, *_ = some(campus)
    batches = campus.database.read(rewriting.to_write_anew, local=campus.clock.now)
    campus.database.write(destroy, gone.id)
    before = everything(campus)

    for rows in batches:
        campus.database.write_behind(rewriting.write_anew, rows)

    assert before == everything(campus)
    assert str(gone.id) not in repr(before)


@pytest.fixture
def twins(sqlite_template: Path, tmp_path: Path) -> Iterator[Callable[[str], CampusStage]]:
    stages: list[CampusStage] = []

    def stage(name: str) -> CampusStage:
        folder = tmp_path / name
        folder.mkdir()
        copy_store(sqlite_template, folder)
        stages.append(CampusStage(Settings(data_dir=folder, secret_key=SECRET), Clock()))
        return stages[-1]

    yield stage
    for one in stages:
        one.closes()


def test_the_file_is_the_same_whichever_came_first(twins: Callable[[str], CampusStage]) -> None:
    """
    The same concerns in the reverse order, one with another that was destroyed: byte for byte one file after the night.

    So no byte of it can depend on which came first, on the hour, or on what is gone.
    """
    one, other = twins("one"), twins("other")
    some(one)
    rows = everything(one)
    for name, table in rewrite_store.TABLES.items():
        for row in reversed(rows.get(name, [])):
            other.database.write(_insert, table, row)
    gone = Desk(other.database, [row[0] for row in rows["concern_advisers"]], register=False)
    other.database.write(destroy, gone.lodges(on=other.clock.now.date()).id)
    for stage in (one, other):
        stage.database.scrub(rewriting.TABLES)
    before = [content(stage) for stage in (one, other)]

    assert [None, None] == [night(stage) for stage in (one, other)]

    first, second = content(one), content(other)
    assert everything(one) == everything(other)
    assert before[0] != before[1]
    assert first == second
    assert [0, 0] == [stage.settings.data_dir.joinpath(f"{CONCERNS_FILE}-wal").stat().st_size for stage in (one, other)]
    assert index(one) == index(other)


def content(stage: CampusStage) -> bytes:
    """The concerns' file, without the two counters of its header."""
    found = bytearray((stage.settings.data_dir / CONCERNS_FILE).read_bytes())
    for place in COUNTERS:
        found[place] = 0
    return bytes(found)


def index(stage: CampusStage) -> bytes:
    """What the index beside the log remembers of the pages that were written; its head has random salts."""
    return (stage.settings.data_dir / f"{CONCERNS_FILE}-shm").read_bytes()[136:]


def _insert(session: Session, table: sa.Table, row: tuple[Any, ...]) -> None:
    session.execute(sa.insert(table).values(row))


def test_no_time_of_a_file_tells_when_the_last_one_came(twins: Callable[[str], CampusStage]) -> None:
    """
    A minute later all three say that minute; nothing has come into the folder or left it.
    """
    campus = twins("one")
    desk, folder = Desk(campus.database), campus.settings.data_dir
    files = [folder / f"{CONCERNS_FILE}{beside}" for beside in ("", "-wal", "-shm")]
    there = sorted(folder.iterdir())
    hours_ago = datetime.now().astimezone() - timedelta(hours=5)
    for file in files:
        os.utime(file, times=(hours_ago.timestamp(), hours_ago.timestamp()))
    before = folder.stat().st_mtime_ns

    desk.lodges(on=campus.clock.now.date())
    told = [file.stat().st_mtime > hours_ago.timestamp() + 1 for file in files]
    came_until = max(file.stat().st_mtime_ns for file in files)
    campus.service.rounds.concerns.touch()

    assert any(told)
    assert not all(told)
    assert all(min(file.stat().st_mtime_ns, file.stat().st_ctime_ns) >= came_until for file in files)
    assert before == folder.stat().st_mtime_ns
    assert there == sorted(folder.iterdir())
    assert all(round_.poll_s <= 60 for round_ in campus.service.rounds.concerns.all() if round_.name == "touching")


def _shown(row: tuple[Any, ...]) -> str:
    return UNLIKE.sub("…", repr([len(value) if isinstance(value, bytes) else value for value in row]))


def lives(campus: CampusStage, *, concerns: int) -> dict[str, list[str]]:
    """An afternoon with calls for help, a night and a morning until nine; all rows that are not about a concern."""
    desk = Desk(campus.database)
    student, rounds = campus.student("one"), campus.service.rounds
    for hour in range(9):
        if hour < concerns:
            desk.lodges(f"Number {hour}", on=campus.clock.now.date())
        if hour % 3 == 0:
            campus.settles()
            student.taps("help", at=campus.LIBRARY)
        campus.clock.now += timedelta(hours=1)
    for hour in (3, 8):
        campus.clock.now = (campus.clock.now + timedelta(hours=8)).replace(hour=hour)
        rounds.concerns.rewrite()
        rounds.concerns.remind()
        rounds.forget()
        campus.settles()
    assert concerns == len(rows_of(campus.database, Concern))
    return {
        name: sorted(_shown(row) for row in rows_of(campus.database, mapper.class_))
        for mapper in Base.registry.mappers
        if (name := cast(sa.Table, mapper.local_table).name) not in {"concerns", "concern_entries", "concern_copies"}
    }


def test_a_day_with_concerns_leaves_what_a_day_without_leaves(twins: Callable[[str], CampusStage]) -> None:
    """
    Two campuses live the same afternoon, night and morning, one of them with concerns: no other row differs.
    """
    without, with_ = lives(twins("without"), concerns=0), lives(twins("with"), concerns=9)

    assert [] == [name for name, rows in without.items() if rows != with_[name]]
    assert len(without["audit"]) > 5
    assert len(without["incidents"]) > 0
