"""SQLite killed in the middle of a commit, many times over: what was answered is there whole, what was not is not."""

import random
import time
from contextlib import suppress
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.incidents.incident import Tap
from backend.kernel.threads import PlainThreads
from infra.settings import Settings
from infra.wiring import open_database
from tests.faults.run.rows import Row, seconds
from tests.server import FORKS

#: Rows of one transaction: enough that its commit takes longer than what comes before it.
TOGETHER = 400


def killed_in_mid_commit(folder: Path, *, kills: int, seed: int) -> Row:
    """A writer of its own, by our engine and its one writing thread, killed at a random instant of its work."""
    chance = random.Random(seed)
    settings = Settings(data_dir=folder, reserve_mb=0)
    open_database(settings, PlainThreads(), lambda _: None).close()
    answered: set[UUID] = set()
    begun: set[UUID] = set()
    left: set[UUID] = set()
    inside, back = 0, []
    for _ in range(kills):
        ours, theirs = FORKS.Pipe()
        since = time.monotonic()
        process = FORKS.Process(target=write_on, args=(folder, theirs))
        process.start()
        theirs.close()
        back.append(_lives(ours, chance.uniform(0.005, 0.15), begun, answered) - since)
        process.kill()
        process.join(10)
        # What it said before it died still stands in the pipe.
        _hears_the_rest(ours, begun, answered)
        inside += bool(begun - answered - left)
        left |= begun - answered
        ours.close()
    faults = _faults(settings, begun, answered)
    told = f"{kills} kills, {inside} of them inside a transaction, {len(answered)} commits answered"
    # The next writer commits once it has taken up what the last one left in the log.
    return Row(
        "SQLite killed in mid-commit", told, "file whole, all or nothing of each", not faults, seconds(back), faults
    )


def write_on(folder: Path, talk: "Connection[Any, Any]") -> None:
    """Commit one transaction after another, and say each before and after."""
    database = open_database(Settings(data_dir=folder, reserve_mb=0), PlainThreads(), lambda _: None)
    while True:
        whose = uuid4()
        talk.send(("begins", whose))
        database.write(_presses, whose)
        talk.send(("done", whose))


def _presses(session: Session, whose: UUID) -> None:
    now = datetime.now(UTC)
    rows = [{"person_id": whose, "tap_id": uuid4(), "incident_id": whose, "at": now} for _ in range(TOGETHER)]
    session.execute(sa.insert(Tap), rows)


def _lives(talk: "Connection[Any, Any]", for_s: float, begun: set[UUID], answered: set[UUID]) -> float:
    """Until its first commit and so long after; when that first one was answered."""
    while _take(talk, begun, answered) not in answered:
        pass
    first_at = time.monotonic()
    until = first_at + for_s
    while (left := until - time.monotonic()) > 0:
        if talk.poll(left):
            _take(talk, begun, answered)
    return first_at


def _take(talk: "Connection[Any, Any]", begun: set[UUID], answered: set[UUID]) -> UUID:
    word, whose = talk.recv()
    (begun if word == "begins" else answered).add(whose)
    found: UUID = whose
    return found


def _hears_the_rest(talk: "Connection[Any, Any]", begun: set[UUID], answered: set[UUID]) -> None:
    with suppress(EOFError, OSError):
        while True:
            _take(talk, begun, answered)


def _faults(settings: Settings, begun: set[UUID], answered: set[UUID]) -> list[str]:
    database = open_database(settings, PlainThreads(), lambda _: None)
    try:
        whole = database.read(lambda session: session.execute(sa.text("PRAGMA integrity_check")).scalars().all())
        counts = dict(
            database.read(
                lambda session: session.execute(sa.select(Tap.person_id, sa.func.count()).group_by(Tap.person_id)).all()
            )
        )
    finally:
        database.close()
    found = [f"the file: {told}" for told in whole if told != "ok"]
    found += [
        f"{one} was answered and has {counts.get(one, 0)} rows" for one in answered if counts.get(one) != TOGETHER
    ]
    return found + [f"{one} has {counts[one]} rows" for one in begun & set(counts) if counts[one] != TOGETHER]
