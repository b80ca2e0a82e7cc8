"""On a full disk the reserve is spent on what cannot wait, and nobody pays for a neighbour's size."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.kernel.engines import is_full, open_sqlite
from backend.kernel.group_commit import GroupCommit
from backend.kernel.threads import PlainPromise
from tests.unit.kernel.busy_writer import kept_busy

#: More than the few pages that the disk below has left.
MUCH = 400_000


class Disk:
    """A file that may grow by a few pages, and by more once the reserve is given up."""

    def __init__(self, folder: Path, *, reserve: bool) -> None:
        self.writing, self.reading = open_sqlite(folder / "notes.db")
        self.reserve = reserve
        self.given_up = 0
        self.pages = 0
        with self.writing.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE notes (text TEXT NOT NULL)")
            self.pages = int(connection.exec_driver_sql("PRAGMA page_count").scalar_one()) + 20
        sa.event.listen(self.writing, "begin", self._limit)
        self.group = GroupCommit(self.writing, {}, self.give_up)

    def give_up(self) -> bool:
        had, self.reserve = self.reserve, False
        if had:
            self.given_up += 1
            self.pages += 1000
        return had

    def hands_in(self, *errands: tuple[Callable[[Session], Any], bool]) -> list[PlainPromise[Any]]:
        """These together, each with whether it can wait."""
        promises: list[PlainPromise[Any]] = [PlainPromise() for _ in errands]
        with kept_busy(self.group):
            for (job, can_wait), promise in zip(errands, promises, strict=True):
                self.group.submit(job, promise, can_wait=can_wait)
        return promises

    def notes(self) -> list[str]:
        with self.reading.connect() as connection:
            return list(connection.scalars(sa.text("SELECT substr(text, 1, 5) FROM notes ORDER BY rowid")))

    def closes(self) -> None:
        self.group.stop()
        self.writing.dispose()
        self.reading.dispose()

    def _limit(self, connection: sa.Connection) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count={self.pages}")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    disk = Disk(tmp_path, reserve=True)
    yield disk
    disk.closes()


@pytest.fixture
def bare_disk(tmp_path: Path) -> Iterator[Disk]:
    disk = Disk(tmp_path, reserve=False)
    yield disk
    disk.closes()


def noting(text: str, size: int = 10) -> Callable[[Session], str]:
    def job(session: Session) -> str:
        session.execute(sa.text("INSERT INTO notes VALUES (:text)"), {"text": text.ljust(size, ".")})
        return text

    return job


def fate(promise: PlainPromise[Any]) -> str:
    """What its owner was told: the result, or `full`."""
    try:
        return str(promise.wait())
    except sa.exc.DBAPIError as fault:
        return "full" if is_full(fault) else "failed"


@pytest.mark.parametrize("others", [0, 3])
def test_the_reserve_makes_the_same_write_succeed(disk: Disk, others: int) -> None:
    """
    Whoever hit the full disk is told "written", alone or in company, and once is enough.
    """
    errands = [(noting(f"small{number}"), False) for number in range(others)]

    promises = disk.hands_in(*errands, (noting("large", MUCH), False))

    assert [fate(promise) for promise in promises] == [f"small{number}" for number in range(others)] + ["large"]
    assert disk.notes() == ["small"] * others + ["large"]
    assert disk.given_up == 1


def test_what_can_wait_is_refused_and_costs_no_reserve(disk: Disk) -> None:
    """
    The reserve is for calls for help.
    """
    (large,) = disk.hands_in((noting("large", MUCH), True))

    assert fate(large) == "full"
    assert disk.given_up == 0
    assert disk.notes() == []


def test_a_call_beside_an_import_is_written_and_the_import_is_not(disk: Disk) -> None:
    """
    Both were in one commit, which the import's size broke.
    """
    before, large, after = disk.hands_in((noting("one"), False), (noting("large", MUCH), True), (noting("two"), False))

    assert [fate(one) for one in (before, large, after)] == ["one", "full", "two"]
    assert disk.notes() == ["one..", "two.."]


def test_who_is_refused_in_the_retry_takes_nobody_with_them(disk: Disk) -> None:
    """
    A refusal behind a full disk is a refusal: the others are committed together, and nobody is tried a third time.
    """
    runs: list[str] = []

    def counted(job: Callable[[Session], str], name: str) -> Callable[[Session], str]:
        def run(session: Session) -> str:
            runs.append(name)
            return job(session)

        return run

    def refuses(_session: Session) -> str:
        raise ValueError("not like that")

    jobs = {"refused": refuses, "one": noting("one"), "large": noting("large", MUCH)}
    refused, one, large = disk.hands_in(*((counted(job, name), False) for name, job in jobs.items()))

    assert ["one", "large"] == [fate(one), fate(large)]
    with pytest.raises(ValueError, match="not like that"):
        refused.wait()
    assert 2 * list(jobs) == runs


def test_without_a_reserve_what_is_small_enough_is_written(bare_disk: Disk) -> None:
    """
    A neighbour that does not fit takes nobody with it, and what comes next is written too.
    """
    promises = bare_disk.hands_in((noting("one"), False), (noting("large", MUCH), False), (noting("two"), False))

    assert [fate(promise) for promise in promises] == ["one", "full", "two"]
    (again,) = bare_disk.hands_in((noting("again"), False))
    assert fate(again) == "again"
    assert bare_disk.notes() == ["one..", "two..", "again"]
