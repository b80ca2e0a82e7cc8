"""A write is one transaction, and its bells ring after it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.kernel.database import Database, wants, worth_another_try
from backend.kernel.engines import open_sqlite
from backend.kernel.errors import Conflict, Unavailable
from backend.kernel.threads import PlainThreads


class Store:
    """A database with one table, and every ring of its bells with what could be read at that moment."""

    def __init__(self, folder: Path) -> None:
        writing, reading = open_sqlite(folder / "store.db")
        with writing.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE notes (text TEXT NOT NULL UNIQUE)")
        self.rung: list[tuple[list[str], list[str]]] = []
        self.database = Database(
            writing=writing,
            reading=reading,
            threads=PlainThreads(),
            ring=lambda bells: self.rung.append((sorted(bells), self.notes())),
            keeps={"key": b"k"},
        )

    def notes(self) -> list[str]:
        return self.database.read(lambda session: list(session.scalars(sa.text("SELECT text FROM notes"))))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path)
    yield store
    store.database.close()


def note(session: Session, text: str, *, bells: tuple[str, ...] = ("relaying",)) -> str:
    for bell in bells:
        wants(session, bell)
    session.execute(sa.text("INSERT INTO notes VALUES (:text)"), {"text": text})
    return text


def note_and_refuse(session: Session, text: str) -> None:
    note(session, text)
    raise Conflict("Too late.")


def test_bells_ring_once_after_the_commit(store: Store) -> None:
    """
    Whoever is woken finds what was written; a bell asked for twice rings once.
    """
    returned = store.database.write(note, "a", bells=("relaying", "sending", "relaying"))

    assert returned == "a"
    assert store.rung == [(["relaying", "sending"], ["a"])]


def test_what_a_use_case_refuses_is_not_written_and_rings_nothing(store: Store) -> None:
    """
    The refusal reaches the caller as it was raised.
    """
    with pytest.raises(Conflict, match="Too late"):
        store.database.write(note_and_refuse, "a")

    assert (store.notes(), store.rung) == ([], [])


def test_a_write_that_wants_no_bell_rings_none(store: Store) -> None:
    """
    Nobody is woken for nothing.
    """
    store.database.write(note, "a", bells=())

    assert store.rung == []


def test_a_bell_of_one_write_is_not_rung_by_the_next(store: Store) -> None:
    """
    Each transaction begins without bells, also after one that was refused.
    """
    with pytest.raises(Conflict):
        store.database.write(note_and_refuse, "a")

    store.database.write(note, "b", bells=())

    assert store.rung == []


def test_a_store_that_cannot_write_says_that_nothing_happened(store: Store) -> None:
    """
    The driver's fault becomes Unavailable, without the values it quotes.
    """
    store.database.write(note, "secret")

    with pytest.raises(Unavailable) as refused:
        store.database.write(note, "secret")

    assert refused.value.kind == "no-store"
    assert "secret" not in refused.value.title
    assert len(store.rung) == 1


def test_a_full_disk_has_a_name_of_its_own(store: Store) -> None:
    """
    507 tells the operator more than 503.
    """

    def fills_the_disk(session: Session) -> None:
        pages = session.execute(sa.text("PRAGMA page_count")).scalar_one()
        session.execute(sa.text(f"PRAGMA max_page_count={pages}"))
        note(session, "x" * 1_000_000)

    with pytest.raises(Unavailable) as refused:
        store.database.write(fills_the_disk)

    assert refused.value.kind == "no-room"
    assert store.database.write(note, "a") == "a"


def test_a_query_can_change_nothing(store: Store) -> None:
    """
    A read that writes is refused.
    """
    with pytest.raises(Unavailable):
        store.database.read(note, "a")

    assert store.notes() == []


def test_every_session_carries_the_keys(store: Store) -> None:
    """
    To read as well as to write.
    """
    assert store.database.read(lambda session: session.info["key"]) == b"k"
    assert store.database.write(lambda session: session.info["key"]) == b"k"


class Fault(Exception):
    """As a PostgreSQL driver raises it."""

    def __init__(self, sqlstate: str | None) -> None:
        self.sqlstate = sqlstate


@pytest.mark.parametrize(
    ("sqlstate", "again"),
    [("40001", True), ("40P01", True), ("23505", True), ("23503", False), ("57014", False), (None, False)],
)
def test_only_what_may_succeed_is_tried_again(sqlstate: str | None, again: bool) -> None:
    """
    Deadlock, serialisation failure and a second first-comer; nothing else.
    """
    fault = sa.exc.DBAPIError("statement", {}, Fault(sqlstate))

    assert worth_another_try(fault) == again
