"""A backup holds every concern and nothing of the order in which they came; the doctor looks at where they lie."""

from dataclasses import replace
from pathlib import Path

import psycopg
import pysqlite3.dbapi2 as sqlite_driver
import pytest
import sqlalchemy as sa

from backend.concerns.concern import Entry
from backend.concerns.rewrite_store import ENTITIES
from backend.kernel.errors import Conflict, Invalid
from infra.backup.making import Made, back_up
from infra.backup.restoring import Wishes, restore
from infra.backup.sqlite_form import damage, must_not_be_in_use, open_copy
from infra.doctor import examine
from infra.doctor_concern_store import examine_their_store
from infra.finding import Finding
from infra.settings import Settings
from infra.wiring import CONCERNS_FILE, DATABASE_FILE, open_engines
from tests.campus import CampusStage
from tests.journeys.arrival import agreement
from tests.journeys.lodged import Desk, Lodged, rows_of

MANY = 30

POSTGRES = pytest.param("postgres", marks=pytest.mark.postgres)


@pytest.fixture
def came(campus: CampusStage) -> list[Lodged]:
    desk = Desk(campus.database)
    return [desk.lodges(f"Number {nth}", on=campus.clock.now.date(), least=4 << 10) for nth in range(MANY)]


@pytest.fixture
def made(campus: CampusStage, came: list[Lodged], tmp_path: Path) -> Made:
    """A backup in the middle of the day on which they came."""
    return back_up(campus.settings, tmp_path / "shelf", with_keys=True, clock=campus.clock)


def found_in_store(settings: Settings) -> list[Finding]:
    """What the doctor finds as the user these settings name."""
    engines = open_engines(settings)
    with engines[1].connect() as connection:
        found = list(examine_their_store(settings, connection))
    for engine in engines:
        engine.dispose()
    return found


def test_every_concern_comes_back(campus: CampusStage, made: Made, elsewhere: Settings, tmp_path: Path) -> None:
    """
    All rows of the desk, in a file that is its owner's alone.
    """
    before = [rows_of(campus.database, entity) for entity in ENTITIES]

    restored = restore(elsewhere, tmp_path / "shelf", Wishes(), clock=campus.clock)

    there = CampusStage(elsewhere, campus.clock)
    found = [rows_of(there.database, entity) for entity in ENTITIES]
    there.closes()
    assert ([], []) == (made.manifest.faults, restored.faults)
    assert MANY == made.manifest.contents.rows["concerns"]
    assert before == found
    assert campus.settings.database_url or (elsewhere.data_dir / CONCERNS_FILE).stat().st_mode & 0o077 == 0


def test_a_backup_lies_by_random_names(campus: CampusStage, came: list[Lodged], made: Made) -> None:
    """
    Wherever the store has them, the copy has them in the order of names that were drawn: it tells nothing of the day.
    """
    wanted = sa.select(Entry.box, Entry.id)
    entries = campus.database.read(lambda session: {box: id_ for box, id_ in session.execute(wanted)})
    by_name = sorted(came, key=lambda one: entries[one.box].bytes)
    copy = made.folder / ("tables/concern_entries" if campus.settings.database_url else CONCERNS_FILE)
    content = copy.read_bytes()
    # PostgreSQL writes bytes as digits.
    tails = [one.tail.hex().encode() if campus.settings.database_url else one.tail for one in by_name]

    places = [content.find(tail) for tail in tails]

    assert min(places) > 0
    assert 1 == agreement(places)
    assert {1} == {content.count(tail) for tail in tails}


def test_a_backup_without_its_concerns_is_not_brought_back(
    campus: CampusStage, made: Made, elsewhere: Settings, tmp_path: Path
) -> None:
    """
    Half a store would look like a whole one in which nobody ever was worried.
    """
    name = "tables/concerns" if campus.settings.database_url else CONCERNS_FILE
    (made.folder / name).unlink()

    with pytest.raises(Invalid) as refused:
        restore(elsewhere, tmp_path / "shelf", Wishes(), clock=campus.clock)

    assert [(name, "is missing")] == [(one.field, one.message) for one in refused.value.errors]


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_store_whose_concerns_somebody_reads_is_in_use(campus: CampusStage, came: list[Lodged]) -> None:
    """
    Nothing is put over a file that anybody has open, be it only this one.
    """
    folder = campus.settings.data_dir
    campus.closes()
    must_not_be_in_use(folder / DATABASE_FILE)
    reader = sqlite_driver.connect(folder / CONCERNS_FILE)
    reader.execute("PRAGMA journal_mode=WAL")
    reader.execute("SELECT count(*) FROM concerns").fetchone()

    with pytest.raises(Conflict) as refused:
        must_not_be_in_use(folder / DATABASE_FILE)

    reader.close()
    assert CONCERNS_FILE in refused.value.title


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_copy_whose_concerns_are_damaged_says_so(campus: CampusStage, made: Made) -> None:
    """
    The proof of a backup looks into both files.
    """
    sound = damage(open_copy(made.folder / DATABASE_FILE))
    with (made.folder / CONCERNS_FILE).open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 4096)

    assert [] == sound
    assert damage(open_copy(made.folder / DATABASE_FILE))


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_the_doctor_looks_at_the_concerns_file(campus: CampusStage) -> None:
    """
    Sound and its owner's alone as it is made; readable for others, it is not well.
    """
    file = campus.settings.data_dir / CONCERNS_FILE
    as_made = {one.what: one.well for one in examine(campus.settings) if "concerns' file" in one.what}
    file.chmod(0o644)

    found = {one.what: one.well for one in found_in_store(campus.settings)}

    assert {"the concerns' file is sound": True, "the concerns' file is its owner's alone": True} == as_made
    assert {"the concerns' file is sound": True, "the concerns' file is its owner's alone": False} == found


@pytest.mark.parametrize("settings", [POSTGRES], indirect=True)
def test_the_doctor_says_what_postgresql_would_keep(campus: CampusStage) -> None:
    """
    An ordinary user may not end the log, until it is granted; how the server treats old logs is told to both.
    """
    told = sa.make_url(campus.settings.database_url or "")
    where = {"host": told.query["host"], "user": told.username, "dbname": told.database}
    plain = replace(campus.settings, database_url=told.set(username="plain").render_as_string())
    with psycopg.connect(**where, autocommit=True) as server:  # type: ignore[arg-type]
        server.execute("DROP ROLE IF EXISTS plain")
        server.execute("CREATE ROLE plain LOGIN")
        server.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO plain")
        before = found_in_store(plain)
        server.execute("GRANT pg_checkpoint TO plain")
        server.execute("GRANT EXECUTE ON FUNCTION pg_switch_wal() TO plain")
        after = found_in_store(plain)
        server.execute("DROP OWNED BY plain")
        server.execute("DROP ROLE plain")

    assert [False, False, True] == [one.well for one in before]
    assert [True, False, True] == [one.well for one in after]
    assert "pg_switch_wal" in before[0].remedy
