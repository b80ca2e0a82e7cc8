"""What happens to a shelf, a ring of keys and a database while a backup is taken, or happened to them before."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from backend.kernel.errors import Conflict
from backend.people import sealed_store
from infra import keyring_file
from infra.backup import keys, postgres_form
from infra.backup.making import Made, back_up
from tests.campus import CampusStage
from tests.journeys.profiles import WHOLE, tells


def backs_up(campus: CampusStage, into: Path, *, with_keys: bool = True, clock: Callable[[], datetime]) -> Made:
    return back_up(campus.settings, into, with_keys=with_keys, clock=clock)


def clock_that(campus: CampusStage, act: Callable[[], object], *, at_look: int) -> Callable[[], datetime]:
    """The campus's clock, with something done by somebody else when a backup looks at it for the nth time."""
    looks = iter(range(1, 100))

    def look() -> datetime:
        if next(looks) == at_look:
            act()
        return campus.clock()

    return look


def manifest_of(folder: Path, text: str) -> None:
    folder.mkdir()
    (folder / "manifest.json").write_text(text)


def test_what_is_on_the_shelf_and_cannot_be_read_holds_up_nothing(campus: CampusStage, tmp_path: Path) -> None:
    """
    A damaged manifest, somebody else's and one of another layout stay; an old backup of ours goes all the same.
    """
    shelf = tmp_path / "shelf"
    first = backs_up(campus, shelf, clock=campus.clock)
    told = json.loads((first.folder / "manifest.json").read_text())
    manifest_of(shelf / "damaged", "{")
    manifest_of(shelf / "strangers", "[]")
    manifest_of(shelf / "other-layout", json.dumps({**told, "layout": 99}))
    campus.clock.now += timedelta(days=31)

    made = backs_up(campus, shelf, clock=campus.clock)

    assert ([], [first.folder.name]) == (made.manifest.faults, made.pruned)
    assert {"damaged", "strangers", "other-layout"} < {one.name for one in shelf.iterdir()}


@pytest.mark.parametrize("with_keys", [True, False])
def test_a_key_that_is_drawn_while_a_backup_is_taken_does_not_spoil_it(
    campus: CampusStage, tmp_path: Path, with_keys: bool
) -> None:
    """
    The copy has nothing that the new key seals, so it is brought back with the ring that was copied.
    """
    tells(campus.student(), **WHOLE)
    data = campus.settings.data_dir
    old = (data / keyring_file.NAME).read_text()

    made = backs_up(
        campus,
        tmp_path / "shelf",
        with_keys=with_keys,
        clock=clock_that(campus, lambda: keyring_file.add_key(data), at_look=3),
    )

    assert ([], [old.partition(":")[0]]) == (made.manifest.faults, made.manifest.keyring)
    found = keys.find(campus.settings, made.folder, None if with_keys else data, ring=made.manifest.keyring)
    assert keyring_file.NAME in found


def test_a_key_that_goes_while_a_backup_is_taken_is_missed(campus: CampusStage, tmp_path: Path) -> None:
    """
    What it seals in the copy could not be opened after a restore: the backup says so, and no older one goes for it.
    """
    tells(campus.student(), **WHOLE)
    data = campus.settings.data_dir
    gone = (data / keyring_file.NAME).read_text().partition(":")[0]
    keyring_file.add_key(data)

    made = backs_up(
        campus,
        tmp_path / "shelf",
        clock=clock_that(campus, lambda: keyring_file.remove_key(data, gone), at_look=2),
    )

    (fault,) = made.manifest.faults
    assert f"the key {gone} is not on the ring" in fault


def test_a_key_that_was_lost_long_ago_makes_no_backup_wrong(campus: CampusStage, tmp_path: Path) -> None:
    """
    What it sealed is lost already, as the doctor says; every backup would else be wrong, and none brought back.
    """
    tells(campus.student(), **WHOLE)
    data = campus.settings.data_dir
    lost = (data / keyring_file.NAME).read_text().partition(":")[0]
    keyring_file.add_key(data)
    keyring_file.remove_key(data, lost)

    made = backs_up(campus, tmp_path / "shelf", clock=campus.clock)

    assert [lost] == list(campus.database.read(sealed_store.pieces_by_key))
    assert ([], []) == (made.manifest.faults, made.manifest.keyring)


@pytest.mark.parametrize("settings", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
def test_two_backups_of_one_database_are_not_proved_in_one_place(campus: CampusStage) -> None:
    """
    On two shelves they know nothing of one another: the second is told, and the first keeps what it has loaded.
    """
    url = str(campus.settings.database_url)

    with postgres_form.scratch(url) as inside:
        with inside.begin() as connection:
            connection.execute(sa.text("CREATE TABLE loaded (n integer)"))
        with pytest.raises(Conflict, match="is running"), postgres_form.scratch(url):
            pass
        with inside.begin() as connection:
            found = sa.inspect(connection).get_table_names(schema=postgres_form.SCRATCH)
    with postgres_form.scratch(url) as inside:
        anew = sa.inspect(inside).get_table_names(schema=postgres_form.SCRATCH)

    assert (["loaded"], []) == (found, anew)
