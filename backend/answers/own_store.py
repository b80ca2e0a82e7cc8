"""What one person is told by broadcasts, and what their phone has shown of it, in rows."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from backend.broadcasts.broadcast import Broadcast, BroadcastState, Version
from backend.broadcasts.roll import RollEntry
from backend.broadcasts.roll_store import KEY, TABLE
from backend.kernel.statements import look, put
from backend.people.account import Account

_OF_A_PERSON = sa.and_(RollEntry.broadcast_id == Broadcast.id, RollEntry.person_id == sa.bindparam("person_id"))

_TOLD = (
    sa.select(Broadcast, Version, RollEntry)
    .join(Version, sa.and_(Version.broadcast_id == Broadcast.id, Version.number == Broadcast.version))
    .outerjoin(RollEntry, _OF_A_PERSON)
    .where(
        Broadcast.exercise == sa.bindparam("exercise"),
        Broadcast.version > 0,
        sa.or_(
            Broadcast.state == BroadcastState.IN_FORCE.value,
            Broadcast.ended_at >= sa.bindparam("ended_after"),
        ),
    )
    .order_by(Version.issued_at.desc(), Broadcast.id)
)

_SHOWABLE = (
    sa.select(Broadcast.id, Broadcast.version, RollEntry.version.label("sent_version"), Account.building, Account.site)
    .join(Account, sa.and_(Account.id == sa.bindparam("person_id"), Account.exercise == Broadcast.exercise))
    .outerjoin(RollEntry, _OF_A_PERSON)
    .where(
        Broadcast.id.in_(sa.bindparam("ids", expanding=True)),
        Broadcast.version > 0,
        sa.or_(
            RollEntry.displayed_at.is_(None),
            RollEntry.displayed_version < Broadcast.version,
        ),
    )
    # Two receipts of one person take the same rows in the same order.
    .order_by(Broadcast.id)
)


def _note(insert: Any) -> sa.Executable:
    statement = insert(TABLE)
    shown, kept = statement.excluded, RollEntry
    newest = sa.case(
        (kept.displayed_version < shown.displayed_version, shown.displayed_version), else_=kept.displayed_version
    )
    noted: sa.Executable = statement.on_conflict_do_update(
        index_elements=KEY,
        set_={
            "displayed_at": sa.func.coalesce(kept.displayed_at, shown.displayed_at),
            "displayed_version": newest,
        },
        where=sa.or_(kept.displayed_at.is_(None), kept.displayed_version < shown.displayed_version),
    ).returning(kept.version)
    return noted


_NOTE = {"postgresql": _note(postgresql.insert), "sqlite": _note(sqlite.insert)}


@dataclass(frozen=True, slots=True)
class Showable:
    """
    A broadcast of which a person's phone may have shown something new, and where that person belongs.

    The newest version of all, and the newest that set out to them.
    """

    broadcast_id: UUID
    version: int
    sent_version: int
    zone_id: str | None
    site_id: str | None


def told(
    session: Session, person_id: UUID, *, exercise: bool, ended_after: datetime
) -> Sequence[tuple[Broadcast, Version, RollEntry | None]]:
    """
    Everything of this world that is in force or ended since then, in its newest words, the newest words first.

    With this person's place on its roll; None where they are not on it.
    """
    values = {"person_id": person_id, "exercise": exercise, "ended_after": ended_after}
    return [(row[0], row[1], row[2]) for row in session.execute(_TOLD, values)]


def showable(session: Session, person_id: UUID, ids: Collection[UUID]) -> list[Showable]:
    """Those of these ids that are broadcasts of this person's world of which they are not known to have seen all."""
    rows = look(session, _SHOWABLE, {"person_id": person_id, "ids": list(ids)})
    return [Showable(row.id, row.version, row.sent_version or 0, row.building, row.site) for row in rows]


def note_displayed(session: Session, row: dict[str, Any]) -> bool:
    """
    Put this on the roll, in one statement: the first showing stays, the newest version wins. Whether it was news.

    Whoever is not on the roll yet is put on it: a phone may be quicker than the
    round that makes the roll.
    """
    return put(session, _NOTE[session.get_bind().dialect.name], row).first() is not None
