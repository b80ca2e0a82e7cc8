"""The demo's advisers have throw-away keys that lie outside the data, and a second start leaves them as they are."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from backend.concerns import keeping_keys, key_store, lodging
from backend.concerns.sealing import key_id_of, new_private_key, open_, public_of, seal
from backend.kernel.database import Database
from backend.kernel.threads import PlainThreads
from infra import demo_keys
from infra.demo import load_demo
from infra.prevent.key_file import KeyFile
from infra.prevent.shares import join
from infra.settings import Settings
from infra.wiring import open_database
from tests.campus import Clock
from tests.unit.campus import imperial

NOW = Clock()()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """
    A demonstration's store, with its people.
    """
    found = open_database(Settings(data_dir=tmp_path / "demo", reserve_mb=0), PlainThreads(), lambda _: None)
    load_demo(found, imperial.DIRECTORY, now=NOW)
    yield found
    found.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return demo_keys.folder_of(tmp_path / "demo")


def offered(database: Database) -> dict[str | None, str]:
    """
    Each adviser's name and key in use; the recovery key has no name.
    """
    return {one.name: one.key_id for one in database.read(lodging.offered).keys}


def in_folder(folder: Path) -> dict[str, str]:
    return {file.stem: KeyFile.read(file.read_text()).fingerprint for file in folder.glob("*.key")}


def test_every_demo_adviser_opens_with_the_key_that_lies_there(database: Database, folder: Path) -> None:
    """
    So does the recovery key, and two lines of its shares; nobody but the folder's owner reads it.
    """
    demo_keys.ready(database, folder, now=NOW)

    envelope = seal(b"words", database.read(lodging.offered).but([]))
    files = [KeyFile.read((folder / f"{name}.key").read_text()) for name in demo_keys.NAMES]
    shares = (folder / demo_keys.SHARES).read_text().splitlines()
    assert [b"words"] * 4 == [open_(envelope, one.fingerprint, one.private_key(str)) for one in files]
    assert b"words" == open_(envelope, files[-1].fingerprint, join(shares[1:]))
    assert {"Adviser 1", "Adviser 2", "Prevent lead 1", None} == set(offered(database))
    assert 0o700 == folder.stat().st_mode & 0o777
    assert [0o600] * 5 == [file.stat().st_mode & 0o777 for file in folder.iterdir()]


def test_no_private_half_is_in_the_data(database: Database, folder: Path, tmp_path: Path) -> None:
    """
    Not in the data directory and not below it.
    """
    demo_keys.ready(database, folder, now=NOW)

    private = [KeyFile.read(file.read_text()).private_key(str) for file in folder.glob("*.key")]
    data = tmp_path / "demo"
    assert not folder.is_relative_to(data)
    kept = [file.read_bytes() for file in data.rglob("*") if file.is_file()]
    assert not any(key in content for key in private for content in kept)


def test_a_second_start_changes_nothing(database: Database, folder: Path) -> None:
    """
    And says only where they are.
    """
    first = demo_keys.greeting(database, folder, now=NOW)
    before = offered(database), in_folder(folder)

    second = demo_keys.greeting(database, folder, now=NOW)

    assert before == (offered(database), in_folder(folder))
    assert [f"The Prevent advisers' throw-away keys are in {folder}."] * 2 == [first, second]


def test_a_folder_that_is_gone_is_made_anew_and_said(database: Database, folder: Path) -> None:
    """
    New keys for all, and the older ones are offered no more.
    """
    demo_keys.ready(database, folder, now=NOW)
    before = offered(database)
    shutil.rmtree(folder)

    said = demo_keys.greeting(database, folder, now=NOW)

    assert not set(before.values()) & set(offered(database).values())
    assert set(in_folder(folder).values()) == set(offered(database).values())
    assert said.endswith("Some were gone and are new: what was sealed to those stays closed.")


def test_a_key_that_somebody_tried_out_stays(database: Database, folder: Path) -> None:
    """
    An adviser of the demo who registers a key of their own, or none any more, is not overruled by a start.
    """
    demo_keys.ready(database, folder, now=NOW)
    own = public_of(new_private_key())
    ids = {one.name: one.adviser_id for one in database.read(lodging.offered).keys if one.adviser_id}
    about: dict[str, Any] = {"by": None, "today": NOW.date(), "now": NOW}
    database.write(keeping_keys.register, ids["Adviser 1"], "Adviser 1", own, **about)
    database.write(keeping_keys.retire_of, ids["Adviser 2"], **about)

    demo_keys.ready(database, folder, now=NOW)

    assert key_id_of(own) == offered(database)["Adviser 1"]
    assert "Adviser 2" not in offered(database)


def test_a_folder_that_cannot_be_used_stops_no_start(database: Database, folder: Path) -> None:
    """
    The demonstration begins without keys, and says what to do.
    """
    folder.mkdir()
    (folder / "lead1.key").write_text("something else")

    said = demo_keys.greeting(database, folder, now=NOW)

    assert f"The demo keys cannot be used: move {folder} away, and new ones are made." == said
    assert database.read(key_store.active) == []
