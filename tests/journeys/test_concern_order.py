"""Must-show 5: nothing tells the hour or the order in which concerns of one day came; after the night no byte does."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.concerns import rewriting
from infra.settings import Settings
from infra.tables import METADATA
from tests.campus import CampusStage, Clock
from tests.journeys.arrival import Cluster, agreement, columns, how_often, in_files
from tests.journeys.conftest import copy_store, prepare
from tests.journeys.lodged import Desk, Lodged
from tests.postgres_cluster import PostgresCluster, running_cluster

MANY = 80

#: Where chance alone brings Kendall's tau for so many once in some ten million times.
CHANCE = 0.42

#: What anybody would call the order of arrival.
FOUND = 0.8

#: Long enough for PostgreSQL to keep it beside its row.
LONG = 4 << 10


@pytest.fixture
def desk(campus: CampusStage) -> Desk:
    return Desk(campus.database)


def day(campus: CampusStage, desk: Desk) -> list[Lodged]:
    """One day's concerns in the order in which they came, minutes apart, with calls for help in between."""
    student = campus.student("among-them")
    came = []
    for nth in range(MANY):
        campus.clock.now += timedelta(minutes=3)
        came.append(desk.lodges(f"This is number {nth}.", on=campus.clock.now.date(), least=LONG))
        if nth % 16 == 0:
            student.taps("help", at=campus.LIBRARY)
    return came


def night(campus: CampusStage) -> None:
    """The rounds at three in the morning of the next day."""
    campus.clock.now = (campus.clock.now + timedelta(days=1)).replace(hour=3, minute=1)
    assert campus.service.rounds.concerns.rewrite() is None


def too_well(found: dict[str, list[int]]) -> dict[str, float]:
    """The probes that do better than chance."""
    told = {name: agreement(places) for name, places in found.items()}
    return {name: tau for name, tau in told.items() if abs(tau) > CHANCE}


def test_no_column_tells_in_which_order_they_came(campus: CampusStage, desk: Desk) -> None:
    """
    Every column, and on SQLite the order in which rows stand, of eighty concerns of one day.
    """
    came = day(campus, desk)

    found = columns(campus.database, came)

    if campus.settings.database_url:
        # Here rows stand as they came until the night: the probe that has to find it.
        assert agreement(found.pop("concerns as they stand")) > FOUND
        found.pop("concern_entries as they stand")
    assert len(found) > 15
    assert {} == too_well(found)


def everything_else(campus: CampusStage) -> dict[str, list[str]]:
    """Every row of every table that is not about a concern, and how far the store has counted."""

    def look(session: Session) -> dict[str, list[str]]:
        found = {
            name: sorted(repr(tuple(row)) for row in session.execute(sa.select(table)))
            for name, table in METADATA.tables.items()
            if name not in {"concerns", "concern_entries", "concern_copies"}
        }
        counts = (
            "SELECT sequencename, last_value FROM pg_sequences"
            if campus.settings.database_url
            else "SELECT name, seq FROM sqlite_sequence"
        )
        found["counts"] = sorted(repr(tuple(row)) for row in session.execute(sa.text(counts)))
        return found

    found: dict[str, list[str]] = campus.database.read(look)
    return found


def test_no_row_of_any_other_table_differs_by_a_lodging(campus: CampusStage, desk: Desk) -> None:
    """
    Every other row and every counter is the same before and after it, and once every round has looked.
    """
    campus.officer("near").goes_on_duty(campus.LIBRARY)
    campus.student("one").taps("emergency", at=campus.LIBRARY)
    campus.settles()
    before = everything_else(campus)

    lodged = desk.lodges(on=campus.clock.now.date())
    at_once = everything_else(campus)
    campus.settles()
    campus.service.rounds.concerns.remind()

    assert lodged.id
    assert before == at_once
    # The desk's own note that this morning was looked at is there with and without a concern.
    assert {**before, "concern_days": []} == {**everything_else(campus), "concern_days": []}
    assert len(before["outbox"]) > 3


@pytest.fixture
def embedded(sqlite_template: Path, tmp_path: Path) -> Iterator[CampusStage]:
    copy_store(sqlite_template, tmp_path)
    stage = CampusStage(Settings(data_dir=tmp_path, secret_key="a secret of thirty-two characters or more"), Clock())
    yield stage
    stage.closes()


def test_after_the_night_no_file_of_the_embedded_store_has_the_order(embedded: CampusStage) -> None:
    """
    Before it the log and, once that is emptied, the file itself have it; after it each is in one place, by its name.
    """
    came = day(embedded, Desk(embedded.database))
    folder = embedded.settings.data_dir
    in_the_log = in_files(folder, came)
    assert embedded.database.scrub(rewriting.TABLES)
    in_the_file = in_files(folder, came)

    night(embedded)
    after = in_files(folder, came)

    assert agreement(in_the_log["concerns.db-wal"]) > FOUND
    assert agreement(in_the_file["concerns.db"]) > FOUND
    assert ["concerns.db"] == list(after)
    assert {} == too_well(after)
    assert {1} == how_often(folder, came)


@pytest.fixture(scope="module")
def thorough() -> Iterator[PostgresCluster]:
    """A server as the runbook wants it for concerns; of its own, so that nobody else writes its log meanwhile."""
    with running_cluster({"wal_recycle": "off", "full_page_writes": "on"}) as cluster:
        yield cluster


@pytest.fixture
def served(thorough: PostgresCluster, tmp_path: Path) -> Iterator[CampusStage]:
    settings = Settings(
        data_dir=tmp_path,
        database_url=thorough.url(thorough.create_database()),
        secret_key="a secret of thirty-two characters or more",
    )
    prepare(settings)
    stage = CampusStage(settings, Clock())
    yield stage
    stage.closes()


@pytest.mark.postgres
def test_after_the_night_nothing_on_a_postgresql_server_has_the_order(served: CampusStage) -> None:
    """
    Neither place nor transaction nor number of a long value, nor any file or log; nor do two nights agree.
    """
    came = day(served, Desk(served.database))
    server = Cluster(served.settings)
    before = server.system_columns(came)
    logged = {name: places for name, places in server.files(came).items() if name.startswith("pg_wal")}

    night(served)
    after, files = server.system_columns(came), server.files(came)
    night(served)
    next_night = server.system_columns(came)

    assert all(agreement(places) > FOUND for places in before.values())
    assert max(agreement(places) for places in logged.values()) > FOUND
    assert {} == too_well(after)
    assert {} == too_well(next_night)
    assert not any(name.startswith("pg_wal") for name in files), sorted(files)
    assert {"base"} == {name.partition("/")[0] for name in files}
    assert {} == too_well(files)
    assert not same_order(after, next_night)


def same_order(one: dict[str, list[int]], other: dict[str, list[int]]) -> list[str]:
    """The probes in which one night's order says something of the next one's."""
    found = []
    for name, places in one.items():
        follows = [place for _, place in sorted(zip(places, other[name], strict=True))]
        found += [name] if abs(agreement(follows)) > CHANCE else []
    return found
