"""One writer commits many together, and what goes wrong goes wrong for those concerned alone."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.kernel.engines import open_sqlite
from backend.kernel.group_commit import MOST_TOGETHER, GroupCommit
from backend.kernel.threads import PlainPromise
from tests.unit.kernel.busy_writer import TABLES, kept_busy


class Desk:
    """A writer, a way to hold it up while a batch gathers, and a reader."""

    def __init__(self, folder: Path) -> None:
        writing, self.reading = open_sqlite(folder / "notes.db")
        with writing.begin() as connection:
            for table in TABLES:
                connection.exec_driver_sql(table)
        self.writing = writing
        self.group = GroupCommit(writing, {"key": "kept"})

    def hands_in(self, *jobs: Callable[[Session], Any]) -> list[PlainPromise[Any]]:
        """These together."""
        promises: list[PlainPromise[Any]] = [PlainPromise() for _ in jobs]
        with kept_busy(self.group):
            for job, promise in zip(jobs, promises, strict=True):
                self.group.submit(job, promise)
        return promises

    def notes(self) -> list[str]:
        with self.reading.connect() as connection:
            return list(connection.scalars(sa.text("SELECT text FROM notes ORDER BY id")))

    def closes(self) -> None:
        self.group.stop()
        self.writing.dispose()
        self.reading.dispose()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.closes()


def noting(text: str) -> Callable[[Session], str]:
    def job(session: Session) -> str:
        session.execute(sa.text("INSERT INTO notes (text) VALUES (:text)"), {"text": text})
        return text

    return job


def failing(text: str) -> Callable[[Session], str]:
    """Writes, and then thinks better of it."""

    def job(session: Session) -> str:
        noting(text)(session)
        raise LookupError(text)

    return job


def breaking_the_commit(session: Session) -> None:
    """An answer to no note: nobody minds before the commit."""
    session.execute(sa.text("INSERT INTO answers (note_id) VALUES (404)"))


def test_each_gets_what_its_own_use_case_returned(desk: Desk) -> None:
    """
    Many in one commit, and every result finds its owner.
    """
    promises = desk.hands_in(noting("a"), noting("b"), noting("c"))

    assert [promise.wait() for promise in promises] == ["a", "b", "c"]
    assert desk.notes() == ["a", "b", "c"]


def test_one_that_fails_takes_nobody_with_it(desk: Desk) -> None:
    """
    What it wrote is gone, what the others wrote stays, and only its owner hears of it.
    """
    first, bad, last = desk.hands_in(noting("first"), failing("bad"), noting("last"))

    assert (first.wait(), last.wait()) == ("first", "last")
    with pytest.raises(LookupError, match="bad"):
        bad.wait()
    assert desk.notes() == ["first", "last"]


def test_one_that_fails_alone_leaves_nothing_behind(desk: Desk) -> None:
    """
    Neither a row nor a transaction that the next one would find open.
    """
    (bad,) = desk.hands_in(failing("bad"))
    with pytest.raises(LookupError):
        bad.wait()

    (after,) = desk.hands_in(noting("after"))

    assert after.wait() == "after"
    assert desk.notes() == ["after"]


def test_a_refused_statement_takes_nobody_with_it(desk: Desk) -> None:
    """
    A constraint broken by one is that one's own affair, though both wait in the same transaction.
    """
    first, second, third = desk.hands_in(noting("same"), noting("same"), noting("other"))

    assert (first.wait(), third.wait()) == ("same", "other")
    with pytest.raises(sa.exc.IntegrityError):
        second.wait()
    assert desk.notes() == ["same", "other"]


@pytest.mark.parametrize("others", [0, 1, 2])
def test_a_commit_that_fails_fails_for_all_and_the_writer_goes_on(desk: Desk, others: int) -> None:
    """
    Nothing of the batch happened and everybody is told so, one alone as well; the next one is written.
    """
    promises = desk.hands_in(*(noting(str(number)) for number in range(others)), breaking_the_commit)

    for promise in promises:
        with pytest.raises(sa.exc.IntegrityError):
            promise.wait()
    (after,) = desk.hands_in(noting("after"))
    assert after.wait() == "after"
    assert desk.notes() == ["after"]


def test_a_full_disk_is_told_to_those_it_hit_and_nothing_else_is_claimed(desk: Desk) -> None:
    """
    Whoever is told "written" finds it written, and whoever is told otherwise finds nothing.
    """

    def fills_the_disk(session: Session) -> None:
        pages = session.execute(sa.text("PRAGMA page_count")).scalar_one()
        session.execute(sa.text(f"PRAGMA max_page_count={pages}"))
        session.execute(sa.text("INSERT INTO notes (text) VALUES (hex(zeroblob(1000000)))"))

    promises = desk.hands_in(noting("before"), fills_the_disk, noting("after"))

    told = {text: _was_kept(promise) for text, promise in zip(("before", "full", "after"), promises, strict=True)}
    assert not told["full"]
    assert [text for text in ("before", "after") if told[text]] == desk.notes()
    (again,) = desk.hands_in(noting("again"))
    assert again.wait() == "again"


def test_a_promise_is_kept_after_the_commit_and_not_before(desk: Desk) -> None:
    """
    Whoever was told "written" can read it by another connection at once.
    """
    seen: list[list[str]] = []

    class Looking(PlainPromise[Any]):
        def keep(self, value: Any) -> None:
            seen.append(desk.notes())
            super().keep(value)

    promise = Looking()
    desk.group.submit(noting("written"), promise)
    promise.wait()

    assert seen == [["written"]]


def test_more_than_fit_together_are_written_in_several_commits(desk: Desk) -> None:
    """
    In the order in which they came.
    """
    texts = [str(number) for number in range(MOST_TOGETHER * 2 + 5)]

    promises = desk.hands_in(*map(noting, texts))

    assert [promise.wait() for promise in promises] == texts
    assert desk.notes() == texts


def test_what_waits_is_written_before_the_writer_ends(desk: Desk) -> None:
    """
    Stopping drains, and afterwards nothing is taken in that nobody would write.
    """
    promises = desk.hands_in(*[noting(str(number)) for number in range(100)])

    desk.group.stop()

    assert [promise.wait() for promise in promises] == [str(number) for number in range(100)]
    with pytest.raises(RuntimeError):
        desk.group.submit(noting("too late"), PlainPromise())
    assert len(desk.notes()) == 100
    desk.writing.dispose()


def test_every_use_case_has_the_keys_and_nobody_elses_notes(desk: Desk) -> None:
    """
    What a session carries is its own copy: one use case cannot leave bells for the next.
    """

    def leaves_something(session: Session) -> str:
        session.info["left"] = True
        return str(session.info["key"])

    first, second = desk.hands_in(leaves_something, lambda session: dict(session.info))

    assert (first.wait(), second.wait()) == ("kept", {"key": "kept"})


def _was_kept(promise: PlainPromise[Any]) -> bool:
    try:
        promise.wait()
    except sa.exc.DBAPIError:
        return False
    return True


def test_what_goes_behind_lets_those_who_came_later_pass(desk: Desk) -> None:
    """
    A broadcast's steps stand in the queue first; the taps that come after them are committed before all but none.
    """
    promises: list[PlainPromise[Any]] = [PlainPromise() for _ in range(4)]

    with kept_busy(desk.group):
        for text, promise in (("step 1", promises[0]), ("step 2", promises[1])):
            desk.group.submit(noting(text), promise, behind=True)
        for text, promise in (("tap 1", promises[2]), ("tap 2", promises[3])):
            desk.group.submit(noting(text), promise)
    for promise in promises:
        promise.wait()

    noted = desk.notes()

    # One step got in where the batch that was under way ended: a tap waits for one of them, never for two.
    assert ["step 1", "tap 1", "tap 2", "step 2"] == noted


def test_a_rush_does_not_hold_up_what_goes_behind_for_ever(desk: Desk) -> None:
    """
    As long as batches of taps follow on each other, one step goes in after each.
    """
    order: list[str] = []
    last: PlainPromise[Any] = PlainPromise()
    step: PlainPromise[Any] = PlainPromise()

    def rushing(session: Session) -> None:
        order.append("tap")
        if len(order) < 20:
            desk.group.submit(rushing, last if len(order) == 19 else PlainPromise())

    desk.group.submit(lambda _: order.append("step"), step, behind=True)
    desk.group.submit(rushing, PlainPromise())
    last.wait()
    step.wait()

    assert order.index("step") <= 2
