"""The rounds of the concerns' desk: the nightly rewrite, files that tell no hour, and the reminder at nine."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import structlog

from backend.campus import campus_store
from backend.concerns import reminding, rewriting
from backend.kernel.database import Database
from infra.watch import Round

log = structlog.get_logger(__name__)

#: When a reader was in the way, and when the disk was.
AGAIN_S = 60
ROOM_AGAIN_S = 3600

#: What SQLite keeps beside a database.
BESIDE = ("", "-wal", "-shm")


@dataclass(frozen=True, slots=True)
class ConcernRounds:
    """`files` are those of the store that concerns have to themselves; none where it is not ours."""

    database: Database
    clock: Callable[[], datetime]
    files: Sequence[Path] = ()

    def all(self) -> list[Round]:
        return [
            Round("rewriting", self.rewrite, poll_s=60),
            Round("reminding", self.remind, poll_s=30),
            Round("touching", self.touch, poll_s=60),
        ]

    def rewrite(self) -> float | None:
        """Once a night, the same whatever came: every row of the desk anew, and no file with what was before."""
        local = self.database.read(campus_store.local, self.clock())
        if not self.database.read(rewriting.is_due, local=local):
            return None
        if self.database.room.is_tight():
            return ROOM_AGAIN_S
        for rows in self.database.read(rewriting.to_write_anew, local=local):
            self.database.write_behind(rewriting.write_anew, rows)
            self.database.give_way()
        self.database.write(rewriting.note, rewriting.SHUFFLED, local=local)
        if not self.database.scrub(rewriting.TABLES, rewrite=True):
            return AGAIN_S
        # On PostgreSQL; what this role may not do is told by `bluelight doctor`.
        self.database.end_log()
        self.database.write(rewriting.note, rewriting.REWRITTEN, local=local)
        self.database.scrub(rewriting.TABLES)
        return None

    def remind(self) -> float | None:
        """Once on a working day, about earlier days."""
        local = self.database.read(campus_store.local, self.clock())
        if self.database.read(reminding.is_due, local=local):
            self.database.write(reminding.remind, local=local, now=self.clock())
        return None

    def touch(self) -> float | None:
        """A file's times would tell when the last concern came: now they tell that a minute has passed."""
        for file in self.files:
            try:
                os.utime(file)
            except FileNotFoundError:
                continue
        return None


def files_of(database_file: Path) -> Sequence[Path]:
    """Everything that SQLite may have written for this database."""
    return tuple(database_file.with_name(database_file.name + suffix) for suffix in BESIDE)
