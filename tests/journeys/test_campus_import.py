"""A campus holds from its import on, after the proof, and is read from the database once."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa

from backend.campus import campus_store
from backend.campus.campus_store import CampusVersion, Edition
from backend.campus.configuration import read_campus, to_document
from backend.campus.importing_campus import import_campus
from backend.kernel.errors import Unavailable
from tests.journeys.empty_stores import STORES, Office, office_on
from tests.unit.campus import imperial


@pytest.fixture(params=[pytest.param(store, marks=[pytest.mark.postgres] * (store == "postgres")) for store in STORES])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    url = lambda: str(request.getfixturevalue("postgres_database"))  # noqa: E731
    with office_on(request.param, directory=tmp_path, postgres_url=url) as office:
        yield office


def take(office: Office, directory: Path = imperial.DIRECTORY, *, by: UUID | None = None) -> Edition:
    return office.database.write(import_campus, read_campus(directory), by=by, now=office.now())


def changed(tmp_path: Path, name: str) -> Path:
    """The shipped campus under another name."""
    directory = imperial.copied_to(tmp_path)
    imperial.rewrite(directory, "campus.toml", ("Imperial College London", name))
    return directory


def test_without_a_campus_the_refusal_says_what_to_do(office: Office) -> None:
    """
    Nothing can be done before the first import, and nobody has to guess why.
    """
    with pytest.raises(Unavailable) as refusal:
        office.database.read(campus_store.newest)

    assert refusal.value.kind == "no-campus"
    assert refusal.value.title == "No campus has been imported yet: bluelight campus import DIR."


def test_the_campus_that_comes_back_is_the_one_that_was_imported(office: Office) -> None:
    """
    Every part of it has survived the database.
    """
    take(office)

    campus = office.database.read(campus_store.newest)

    assert to_document(campus) == to_document(imperial.campus())


def test_a_new_campus_holds_at_once(office: Office, tmp_path: Path) -> None:
    """
    The next question is answered from the newest edition.
    """
    take(office)
    office.database.read(campus_store.newest)

    edition = take(office, changed(tmp_path, "Elsewhere"))

    assert edition.version == 2
    assert office.database.read(campus_store.newest).name == "Elsewhere"


def test_the_same_campus_again_is_no_new_edition(office: Office) -> None:
    """
    Neither a row nor an audit line is written.
    """
    first = take(office)

    second = take(office)

    assert second == first
    assert len(office.audit_lines("campus.imported")) == 1


def test_a_campus_may_hold_a_second_time(office: Office, tmp_path: Path) -> None:
    """
    Going back to the one before is an import like any other.
    """
    take(office)
    take(office, changed(tmp_path, "Elsewhere"))

    edition = take(office)

    assert edition.version == 3
    assert office.database.read(campus_store.newest).name == "Imperial College London"


def test_an_import_tells_who_and_which_edition(office: Office) -> None:
    """
    One audit line, and the row keeps its author and hour.
    """
    admin = UUID(int=7)

    take(office, by=admin)

    (line,) = office.audit_lines()
    assert (line.action, line.actor, line.about, line.about_id) == ("campus.imported", str(admin), "campus", "1")
    row = office.database.read(lambda session: session.scalars(sa.select(CampusVersion)).one())
    assert (row.imported_by, row.imported_at) == (admin, office.now())


def test_a_campus_is_read_once_in_a_process(office: Office, tmp_path: Path) -> None:
    """
    After that a question costs one small look-up that never touches the document.
    """
    take(office, changed(tmp_path, "Read once"))
    first = office.database.read(campus_store.newest)

    asked = office.statements_of(lambda: office.database.read(campus_store.newest))

    assert office.database.read(campus_store.newest) is first
    assert len(asked) == 1
    assert "document" not in asked[0]


def test_only_two_campuses_are_kept_in_memory(office: Office, tmp_path: Path) -> None:
    """
    However many are imported while the process runs, those before the last but one are read anew.
    """
    seen = []
    for number in range(3):
        take(office, changed(tmp_path / str(number), f"Number {number}"))
        seen.append(office.database.read(campus_store.newest))
    take(office, tmp_path / "0" / "imperial")

    again = office.database.read(campus_store.newest)

    assert again.name == "Number 0"
    assert again is not seen[0]


def test_whether_a_campus_was_ever_imported_is_known(office: Office, tmp_path: Path) -> None:
    """
    Also after another one has followed it.
    """
    digest = campus_store.digest_of(to_document(imperial.campus()))
    before = office.database.read(campus_store.was_imported, digest)

    take(office)
    take(office, changed(tmp_path, "Elsewhere"))

    assert not before
    assert office.database.read(campus_store.was_imported, digest)


def test_a_campus_of_another_release_asks_to_be_imported_again(office: Office) -> None:
    """
    A document that this release cannot read is not half understood.
    """
    take(office)
    future = {"document": {"format": 99}, "digest": "f" * 64}
    office.database.write(lambda session: session.execute(sa.update(CampusVersion).values(**future)))

    with pytest.raises(Unavailable) as refusal:
        office.database.read(campus_store.newest)

    assert refusal.value.title == "The campus was imported by another release: import it again."
