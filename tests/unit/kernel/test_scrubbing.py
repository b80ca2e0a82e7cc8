"""What was deleted leaves the files, and whoever reads meanwhile is not in the way of a tap."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.kernel.database import Database
from backend.kernel.engines import open_sqlite
from backend.kernel.threads import PlainThreads

WORDS = "words that stand nowhere else"


class Store:
    """A database of notes, and the file beside it in which SQLite writes first."""

    def __init__(self, folder: Path) -> None:
        self.log = folder / "store.db-wal"
        self.file = folder / "store.db"
        writing, self.reading = open_sqlite(self.file)
        with writing.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE notes (text TEXT NOT NULL)")
        self.database = Database(
            writing=writing, reading=self.reading, threads=PlainThreads(), ring=lambda _: None, keeps={}
        )
        self.database.write(self.says, "INSERT INTO notes VALUES (:words)")

    def says(self, session: Session, statement: str) -> None:
        session.execute(sa.text(statement), {"words": WORDS} if ":words" in statement else {})

    @property
    def has_the_words(self) -> bool:
        return any(WORDS.encode() in file.read_bytes() for file in (self.file, self.log))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path)
    yield store
    store.database.close()


def test_what_was_deleted_is_in_the_log_until_it_is_scrubbed(store: Store) -> None:
    """
    Deleting alone leaves the page as it was in the write-ahead log.
    """
    store.database.write(store.says, "DELETE FROM notes")
    deleted = store.has_the_words

    scrubbed = store.database.scrub(["notes"])

    assert (deleted, scrubbed, store.has_the_words) == (True, True, False)
    assert 0 == store.log.stat().st_size


def test_a_reader_is_not_waited_for(store: Store) -> None:
    """
    The writer says at once that it has to be tried again, and goes on writing; once the reader has gone it is done.
    """
    with store.reading.connect() as reader:
        reader.exec_driver_sql("SELECT * FROM notes").all()
        store.database.write(store.says, "DELETE FROM notes")
        begun = time.monotonic()
        scrubbed = store.database.scrub(["notes"])
        store.database.write(store.says, "INSERT INTO notes VALUES ('more')")
        took = time.monotonic() - begun

    assert not scrubbed
    assert took < 5
    assert store.database.scrub(["notes"])
    assert not store.has_the_words


def test_the_writer_is_as_patient_as_before(store: Store) -> None:
    """
    Another process that writes is waited for again.
    """
    store.database.scrub(["notes"])

    patience = store.database.write(lambda session: session.scalar(sa.text("PRAGMA busy_timeout")))

    assert 10_000 == patience
