"""What follows a use case into its commit is committed with it, and never costs it anything."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.kernel.along import Along
from backend.kernel.database import Database, wants
from backend.kernel.engines import open_sqlite
from backend.kernel.errors import Conflict, Unavailable
from backend.kernel.threads import PlainThreads
from tests.unit.kernel.busy_writer import TABLES, kept_busy

#: Of a file that may grow by twenty pages.
MUCH = "x" * 400_000


class Store:
    """A database in which `answering` is rung for; what was committed and read when it rang."""

    def __init__(self, folder: Path) -> None:
        self.writing, reading = open_sqlite(folder / "store.db")
        with self.writing.begin() as connection:
            for table in TABLES:
                connection.exec_driver_sql(table)
            self.pages = int(connection.exec_driver_sql("PRAGMA page_count").scalar_one()) + 20
        self.commits = 0
        self.rung: list[tuple[set[str], list[str]]] = []
        self.along: Along[str] = Along()
        sa.event.listen(self.writing, "commit", self._count)
        self.database = Database(
            writing=self.writing,
            reading=reading,
            threads=PlainThreads(),
            ring=lambda bells: self.rung.append((set(bells), self.notes())),
        )

    def follows(self, use_case: Callable[[Session], str]) -> None:
        self.database.take_along("answering", use_case, self.along)

    def writes_together(self, *texts: str) -> None:
        """In one batch."""
        group = self.database._group
        assert group is not None
        with ThreadPoolExecutor(len(texts)) as pool:
            with kept_busy(group):
                waiting: list[Future[Any]] = [pool.submit(self.database.write, note, text) for text in texts]
                while len(group._queue) < len(texts):
                    time.sleep(0.001)
            assert list(texts) == [one.result() for one in waiting]

    def notes(self) -> list[str]:
        return self.database.read(lambda session: list(session.scalars(sa.text("SELECT text FROM notes ORDER BY id"))))

    def fills_up(self) -> None:
        """From now on the file may grow by a little only."""
        sa.event.listen(
            self.writing, "begin", lambda one: one.exec_driver_sql(f"PRAGMA max_page_count={self.pages}") and None
        )

    def _count(self, _: sa.Connection) -> None:
        self.commits += 1


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path)
    yield store
    store.database.close()


def note(session: Session, text: str, bell: str = "answering") -> str:
    wants(session, bell)
    session.execute(sa.text("INSERT INTO notes (text) VALUES (:text)"), {"text": text})
    return text


def answer(session: Session) -> str:
    """Sees what it follows."""
    found = session.scalars(sa.text("SELECT text FROM notes ORDER BY id DESC")).first()
    return note(session, f"answer to {found}", "telling")


def test_it_is_in_the_same_commit_and_known_when_the_bell_rings(store: Store) -> None:
    """
    It finds what it follows, and its own bells are its round's to ring.
    """
    store.follows(answer)

    assert "a" == store.database.write(note, "a")

    assert 1 == store.commits
    assert [({"answering"}, ["a", "answer to a"])] == store.rung
    assert (["answer to a"], {"telling"}) == store.along.take()
    assert ([], set()) == store.along.take()


def test_it_follows_many_once(store: Store) -> None:
    """
    What is asked for by several is done for all of them, behind the last.
    """
    store.follows(answer)

    store.writes_together("a", "b", "c")

    *asked, last = store.notes()
    assert {"a", "b", "c"} == set(asked)
    assert f"answer to {asked[-1]}" == last
    assert ([last], {"telling"}) == store.along.take()


def test_nothing_follows_what_rings_another_bell_or_was_refused(store: Store) -> None:
    """
    Nobody has asked for it.
    """

    def refused(session: Session) -> None:
        note(session, "refused")
        raise Conflict("Too late.")

    store.follows(answer)
    store.database.write(note, "a", "elsewhere")
    with pytest.raises(Conflict):
        store.database.write(refused)

    assert ["a"] == store.notes()
    assert ([], set()) == store.along.take()


def raises(session: Session) -> str:
    note(session, "half an answer")
    raise LookupError


def breaks_the_commit(session: Session) -> str:
    session.execute(sa.text("INSERT INTO answers (note_id) VALUES (404)"))
    return "nobody minds before the commit"


def fills_the_disk(session: Session) -> str:
    return note(session, MUCH)


def ends_the_transaction(session: Session) -> str:
    note(session, "half an answer")
    session.connection().connection.driver_connection.rollback()  # type: ignore[union-attr]
    raise LookupError


@pytest.mark.parametrize("texts", ["a", "abc"])
@pytest.mark.parametrize("follows", [raises, breaks_the_commit, fills_the_disk, ends_the_transaction])
def test_what_goes_wrong_in_it_costs_nobody_anything(
    store: Store, follows: Callable[[Session], str], texts: str
) -> None:
    """
    Whoever asked is written down all the same, and their bell still asks for it.
    """
    store.follows(follows)
    store.fills_up()

    store.writes_together(*texts)

    assert set(texts) == set(store.notes())
    assert [{"answering"}] * len(texts) == [bells for bells, _ in store.rung]
    assert ([], set()) == store.along.take()
    store.follows(answer)
    store.database.write(note, "last")
    assert ["last", "answer to last"] == store.notes()[len(texts) :]


def test_a_commit_that_fails_without_it_fails_as_ever(store: Store) -> None:
    """
    It is tried again without what followed, and then it is the use case's own fault.
    """

    def breaks(session: Session) -> str:
        wants(session, "answering")
        return breaks_the_commit(session)

    store.follows(answer)

    with pytest.raises(Unavailable):
        store.database.write(breaks)

    assert [] == store.notes()
    assert [] == store.rung
    assert ([], set()) == store.along.take()
