"""What a backup or a restore says no to, and what it finds."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from backend.kernel.audit import AuditLine
from backend.kernel.errors import Conflict, Invalid, Refusal
from infra.backup import shelf
from infra.backup.making import Made, back_up
from infra.backup.manifest import read_manifest
from infra.backup.restoring import Restored, Wishes, restore
from infra.migrating import migrate, pending
from infra.settings import Settings
from infra.wiring import keeps_of, open_engines
from tests.campus import CampusStage, Clock
from tests.journeys.conftest import SECRET, copy_store
from tests.journeys.profiles import WHOLE, tells


@pytest.fixture
def settings(sqlite_template: Path, tmp_path: Path) -> Settings:
    """A store of this test's own, on SQLite: what is refused here is refused before a store is asked."""
    folder = tmp_path / "data"
    folder.mkdir()
    copy_store(sqlite_template, folder)
    (folder / "secret.key").write_text(SECRET)
    return Settings(data_dir=folder)


@pytest.fixture
def office(campus: CampusStage, tmp_path: Path) -> "Office":
    return Office(campus, tmp_path)


class Office:
    """An operator with a campus, a shelf of backups and an empty place."""

    def __init__(self, campus: CampusStage, folder: Path) -> None:
        self.campus = campus
        self.shelf = folder / "shelf"
        self.elsewhere = Settings(data_dir=folder / "elsewhere")

    def backs_up(self, *, with_keys: bool = True) -> Made:
        return back_up(self.campus.settings, self.shelf, with_keys=with_keys, clock=self.campus.clock)

    def brings_back(self, **wishes: object) -> Restored:
        return restore(self.elsewhere, self.shelf, Wishes(**wishes), clock=self.campus.clock)  # type: ignore[arg-type]

    def told(self, **wishes: object) -> str:
        """Why a restore was refused; nothing was made."""
        with pytest.raises(Refusal) as refused:
            self.brings_back(**wishes)
        assert not (self.elsewhere.data_dir / "bluelight.db").exists()
        return " ".join([refused.value.title, *(f"{one.field} {one.message}" for one in refused.value.errors)])


def rewritten(folder: Path, **changes: object) -> None:
    """The manifest as somebody else would have written it."""
    file = folder / "manifest.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), **changes}))


def of_revision(folder: Path, revision: str) -> None:
    told = json.loads((folder / "manifest.json").read_text())
    rewritten(folder, contents={**told["contents"], "revision": revision})


def flip(folder: Path) -> None:
    """One byte of the database."""
    with (folder / "bluelight.db").open("r+b") as file:
        file.seek(5000)
        byte = file.read(1)
        file.seek(5000)
        file.write(bytes([byte[0] ^ 1]))


@pytest.mark.parametrize(
    ("spoils", "said"),
    [
        (flip, "bluelight.db was changed or damaged"),
        (lambda folder: (folder / "audit.anchor").unlink(), "audit.anchor is missing"),
        (lambda folder: (folder / "manifest.json").unlink(), "no finished backup"),
        (lambda folder: (folder / "manifest.json").write_text("{"), "no finished backup"),
        (lambda folder: rewritten(folder, layout=2), "newer Bluelight"),
        (lambda folder: of_revision(folder, "9999"), "newer Bluelight"),
        (lambda folder: (folder / "keys" / "sealing.keys").unlink(), "sealing.keys must be in"),
    ],
    ids=["damaged", "anchor", "manifest", "half a manifest", "layout", "revision", "keys"],
)
def test_a_backup_that_is_not_as_it_should_be_is_not_brought_back(
    office: Office, spoils: Callable[[Path], object], said: str
) -> None:
    """
    Refused with what is wrong, before anything is made.
    """
    office.campus.student("one").taps("help", at=office.campus.LIBRARY)
    office.campus.settles()
    made = office.backs_up()

    spoils(made.folder)

    assert said in office.told()


def test_a_backup_of_the_other_form_is_not_brought_back(office: Office) -> None:
    """
    One of SQLite goes into a data directory, and one of PostgreSQL into a database.
    """
    office.backs_up()
    office.elsewhere = replace(office.elsewhere, database_url="postgresql://nobody@127.0.0.1:1/none")

    assert "is of sqlite" in office.told()


def test_without_keys_they_must_come_from_elsewhere(office: Office, tmp_path: Path) -> None:
    """
    And must be those of the backup: another ring would open nothing.
    """
    tells(office.campus.student(), **WHOLE)
    made = office.backs_up(with_keys=False)
    others = tmp_path / "others"
    others.mkdir()
    (others / "secret.key").write_text("x" * 40)
    (others / "sealing.keys").write_text(f"{'ab' * 8}:{'cd' * 32}\n")

    without, wrong = office.told(), office.told(keys=others)
    restored = office.brings_back(keys=office.campus.settings.data_dir)

    assert not (made.folder / "keys").exists()
    assert "secret.key and sealing.keys must be in" in without
    assert "not the ring of this backup" in wrong
    assert restored.faults == []


def test_another_secret_is_found_by_the_audit(office: Office, tmp_path: Path) -> None:
    """
    It is brought back all the same, and every line that cannot be proved is named.
    """
    office.backs_up(with_keys=False)
    others = tmp_path / "others"
    others.mkdir()
    (others / "secret.key").write_text("x" * 40)
    (others / "sealing.keys").write_text((office.campus.settings.data_dir / "sealing.keys").read_text())

    restored = office.brings_back(keys=others)

    assert any("not written by Bluelight" in fault for fault in restored.faults)


def test_a_database_elsewhere_is_not_backed_up_with_new_keys(office: Office, tmp_path: Path) -> None:
    """
    They would prove and open nothing, so the data directory of its servers must be named.
    """
    far = Settings(data_dir=tmp_path / "far", database_url="postgresql://nobody@127.0.0.1:1/none")

    with pytest.raises(Invalid, match=r"sealing\.keys and secret\.key must be in"):
        back_up(far, office.shelf, with_keys=True, clock=office.campus.clock)

    assert not far.data_dir.exists()


def test_a_changed_log_is_found_while_backing_up_and_nothing_is_thrown_away(office: Office) -> None:
    """
    The faulty backup is kept and says so; an old one that would be too old stays.
    """
    first = office.backs_up()
    office.campus.service.rounds.chain()
    office.campus.clock.now += timedelta(days=31)
    office.campus.database.write(
        lambda session: session.execute(sa.update(AuditLine).where(AuditLine.place == 1).values(action="nothing"))
    )

    made = office.backs_up()

    assert "The line at place 1 was changed, or was not written by Bluelight." in made.manifest.faults
    assert read_manifest(made.folder).faults == made.manifest.faults
    assert first.folder.exists()


def test_old_backups_go_once_a_good_new_one_stands(office: Office) -> None:
    """
    After the days that the campus says; a folder that is no backup of ours stays where it is.
    """
    office.campus.configure(keeping=replace(office.campus.configuration.keeping, backups_days=10))
    first = office.backs_up()
    stranger = office.shelf / "photos"
    stranger.mkdir()
    office.campus.clock.now += timedelta(days=9)
    second = office.backs_up()
    office.campus.clock.now += timedelta(days=2)

    third = office.backs_up()

    assert third.pruned == [first.folder.name]
    assert sorted(one.name for one in office.shelf.iterdir() if not one.name.startswith(".")) == [
        second.folder.name,
        third.folder.name,
        "photos",
    ]
    assert shelf.newest(office.shelf) == third.folder


def test_what_a_killed_backup_left_is_no_backup_and_goes_with_the_next(office: Office) -> None:
    """
    It never had the name of one.
    """
    left = office.shelf / ".unfinished-2026-11-22T03-00-00Z"
    left.mkdir(parents=True)
    (left / "manifest.json").write_text("{}")
    before = office.told()

    office.backs_up()

    assert "no finished backup" in before
    assert not left.exists()


def test_two_backups_at_once_are_not_written_into_one_shelf(office: Office) -> None:
    """
    The second is told so, and would else remove what the first is writing.
    """
    with shelf.at(office.shelf), pytest.raises(Conflict, match="is running"):
        office.backs_up()


def test_where_there_is_no_database_there_is_nothing_to_back_up(tmp_path: Path) -> None:
    """
    And none is made on the way.
    """
    with pytest.raises(Invalid, match="no database"):
        back_up(Settings(data_dir=tmp_path / "x"), tmp_path / "shelf", with_keys=True, clock=Clock())

    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("damaged", [False, True])
def test_what_a_killed_server_left_is_moved_aside(office: Office, damaged: bool) -> None:
    """
    A log without its server is in the way of nothing, and a damaged file is what one replaces.
    """
    office.backs_up()
    data = office.campus.settings.data_dir
    office.campus.closes()
    (data / "bluelight.db-wal").write_bytes(b"torn" * 100)
    if damaged:
        (data / "bluelight.db").write_bytes(b"nothing that SQLite knows" * 1000)
    office.elsewhere = office.campus.settings

    restored = office.brings_back(replace=True)

    assert restored.faults == []
    assert restored.aside is not None
    left = {one.name for one in (data / restored.aside).iterdir()}
    assert left >= {"bluelight.db", "secret.key", "sealing.keys"}
    assert not (data / "bluelight.db-wal").exists()


@pytest.mark.parametrize("store", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def test_a_backup_of_an_older_version_is_brought_up_to_this_one(
    store: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """
    Taken before the tables are migrated, which is when one takes a backup; proved as what it will become.
    """
    urls = [None, None]
    if store == "postgres":
        cluster = request.getfixturevalue("postgres_cluster")
        urls = [cluster.url(cluster.create_database()) for _ in range(2)]
    old, new = (Settings(data_dir=tmp_path / f"d{number}", database_url=url) for number, url in enumerate(urls))
    old.data_dir.mkdir()
    keeps_of(old)
    engine, _ = open_engines(old)
    migrate(engine, "0006")
    engine.dispose()

    made = back_up(old, tmp_path / "shelf", with_keys=True, clock=Clock())
    restored = restore(new, tmp_path / "shelf", Wishes(), clock=Clock())

    assert made.manifest.contents.revision == "0006"
    assert (made.manifest.faults, restored.faults) == ([], [])
    engine, _ = open_engines(new)
    assert pending(engine) == []
    engine.dispose()
