"""A writer that is kept busy while a batch gathers behind it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from backend.kernel.group_commit import GroupCommit
from backend.kernel.threads import PlainPromise

#: Notes that are refused at once when they are doubled, and answers that are refused by the commit.
TABLES = (
    "CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE)",
    "CREATE TABLE answers (note_id INTEGER REFERENCES notes DEFERRABLE INITIALLY DEFERRED)",
)


@contextmanager
def kept_busy(group: GroupCommit) -> Iterator[None]:
    """What is handed in inside waits, and is taken together once it is left."""
    busy, go_on = threading.Event(), threading.Event()

    def holds_up(_: Session) -> None:
        busy.set()
        go_on.wait()

    group.submit(holds_up, PlainPromise())
    busy.wait()
    try:
        yield
    finally:
        go_on.set()
