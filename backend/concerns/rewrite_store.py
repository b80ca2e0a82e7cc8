"""The SQL that writes the rows of concerns anew, for the store that remembers in which order they came."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import SystemRandom
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.concerns.adviser import Adviser, SealingKey
from backend.concerns.concern import Assignee, Concern, Copy, DeskDay, Entry, OutcomeTally, Recusal, Referral
from backend.kernel.database import Base

#: Everything of the desk, also what dates nothing: one table that is left out would be the one that tells.
ENTITIES: tuple[type[Base], ...] = (
    *(Adviser, SealingKey, Concern, Entry, Copy, Assignee, Recusal, Referral, OutcomeTally, DeskDay),
)
TABLES: dict[str, sa.Table] = {one.__tablename__: cast(sa.Table, one.__table__) for one in ENTITIES}

#: Rows of one transaction: whoever needs the table waits for some milliseconds. An entry may be of a mebibyte.
TOGETHER = 50
ENTRIES_TOGETHER = 4

#: Nobody but readers: a change that waits for a row finds it gone once this deletes it.
ALONE = "LOCK TABLE {} IN EXCLUSIVE MODE"


@dataclass(frozen=True, slots=True)
class Rows:
    """Some rows of one table, by their primary keys."""

    table: str
    keys: Sequence[tuple[Any, ...]]


def remembers_order(session: Session) -> bool:
    """
    Whether a row's own place and numbers tell when it came (ctid, xmin, the ids of long values).

    On SQLite rows lie by their keys, and the file is laid anew as a whole.
    """
    return session.get_bind().dialect.name == "postgresql"


def every_row(session: Session, chance: SystemRandom) -> list[Rows]:
    """All there are, some at a time, in an order that nobody could foresee or find out."""
    found = []
    for name, table in TABLES.items():
        keys = [tuple(key) for key in session.execute(sa.select(*table.primary_key.columns))]
        chance.shuffle(keys)
        size = ENTRIES_TOGETHER if table is Entry.__table__ else TOGETHER
        found += [Rows(name, keys[begin : begin + size]) for begin in range(0, len(keys), size)]
    chance.shuffle(found)
    return found


def write_anew(session: Session, rows: Rows, chance: SystemRandom) -> int:
    """Delete and insert what there still is of these; how many."""
    table = TABLES[rows.table]
    connection = session.connection()
    connection.exec_driver_sql(ALONE.format(table.name))
    these = sa.tuple_(*table.primary_key.columns).in_(rows.keys)
    taken = [dict(row._mapping) for row in connection.execute(sa.delete(table).where(these).returning(table))]
    chance.shuffle(taken)
    for row in taken:
        # One by one: the order of a statement with many rows is the store's own affair.
        connection.execute(sa.insert(table), row)
    return len(taken)
