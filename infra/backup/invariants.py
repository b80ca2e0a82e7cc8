"""Ask the named queries of `invariants.sql`, and say in sentences what they find."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from backend.kernel import outbox
from backend.kernel.database import Instant
from notifications import delivery

#: What died longer ago than this has been looked at, and its alarm may have been forgotten.
LATELY = timedelta(days=7)

#: As many as help to find the fault are named.
NAMED = 5

HEADING = re.compile(r"^-- (I\d+): (.+)\n((?:.+\n?)+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Invariant:
    """`broken` is how the sentence goes on after a number; `promise` is the one it rests on."""

    promise: str
    broken: str
    query: str


def read_invariants() -> tuple[Invariant, ...]:
    """All of them, in the order of the file."""
    text = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    return tuple(Invariant(*found) for found in HEADING.findall(text))


def broken(connection: sa.Connection, *, now: datetime) -> Iterator[str]:
    """A sentence for each that does not hold, with some of what breaks it."""
    bounds: tuple[sa.BindParameter[Any], ...] = (
        sa.bindparam("lately", now - LATELY, type_=Instant),
        sa.bindparam("event_attempts", outbox.MOST_ATTEMPTS),
        sa.bindparam("delivery_attempts", delivery.MOST_ATTEMPTS),
    )
    for one in read_invariants():
        query = sa.text(one.query.strip().rstrip(";"))
        query = query.bindparams(*(bound for bound in bounds if f":{bound.key}" in one.query))
        found = connection.execute(query).scalars().all()
        if found:
            some = ", ".join(map(str, found[:NAMED])) + (", …" if len(found) > NAMED else "")
            yield f"{len(found):,} {one.broken} ({one.promise}): {some}."
