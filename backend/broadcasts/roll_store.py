"""The roll, in rows."""

from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from backend.broadcasts.roll import RollEntry
from backend.kernel.database import FRESH, put
from backend.people.account import Account

TABLE = cast(sa.Table, RollEntry.__table__)
KEY = ["broadcast_id", "person_id"]
_ADD: dict[str, sa.Executable] = {
    "postgresql": postgresql.insert(TABLE).on_conflict_do_nothing(index_elements=KEY),
    "sqlite": sqlite.insert(TABLE).on_conflict_do_nothing(index_elements=KEY),
}
_LOCKED = (
    sa.select(RollEntry)
    .where(RollEntry.broadcast_id == sa.bindparam("broadcast_id"), RollEntry.person_id == sa.bindparam("person_id"))
    .with_for_update()
)


def entry(session: Session, broadcast_id: UUID, person_id: UUID) -> RollEntry | None:
    """This person on this roll."""
    return session.get(RollEntry, (broadcast_id, person_id))


def locked_or_added(session: Session, broadcast_id: UUID, person: Account) -> RollEntry:
    """
    This person on this roll, put on it if they were not: who answers belongs to it, whatever the audience was.

    Held until the commit, so that one person's answers take turns. Two who
    come first at once find one row.
    """
    whose = {"broadcast_id": broadcast_id, "person_id": person.id}
    found = session.scalars(_LOCKED, whose, execution_options=FRESH).first()
    if found is None:
        put(
            session,
            _ADD[session.get_bind().dialect.name],
            new_row(broadcast_id, person.id, zone_id=person.building, site_id=person.site),
        )
        found = session.scalars(_LOCKED, whose, execution_options=FRESH).one()
    return found


def new_row(broadcast_id: UUID, person_id: UUID, *, zone_id: str | None, site_id: str | None) -> dict[str, Any]:
    """Somebody of whom nothing is known yet but where they belong: nobody has asked them."""
    nothing = {"asked": 0, "sent": 0, "taken": 0, "failed": 0, "version": 0, "displayed_version": 0}
    return {"broadcast_id": broadcast_id, "person_id": person_id, "zone_id": zone_id, "site_id": site_id, **nothing}
