"""The roll, in rows."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from backend.broadcasts.broadcast import Broadcast, BroadcastState, Version
from backend.broadcasts.roll import By, RollEntry
from backend.kernel.database import FRESH
from backend.kernel.statements import changed, put
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


def _enrolling(insert: Any) -> sa.Executable:
    """Who is on it already stays as far as they are; what is known of where they belong is brought up to date."""
    new = insert.excluded
    kept = {
        "asked": TABLE.c.asked.bitwise_or(new.asked),
        "sent": TABLE.c.sent.bitwise_or(new.sent),
        "zone_id": sa.func.coalesce(new.zone_id, TABLE.c.zone_id),
        "site_id": sa.func.coalesce(new.site_id, TABLE.c.site_id),
        "unreachable": new.unreachable,
        "version": sa.case((new.version > TABLE.c.version, new.version), else_=TABLE.c.version),
    }
    found: sa.Executable = insert.on_conflict_do_update(index_elements=KEY, set_=kept)
    return found


_ENROL = {"postgresql": _enrolling(postgresql.insert(TABLE)), "sqlite": _enrolling(sqlite.insert(TABLE))}


@dataclass(frozen=True, slots=True)
class Heard:
    """What of a person on the roll decides whether another channel is still needed."""

    displayed_version: int
    answered_at: datetime | None
    is_pushed: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A broadcast that somebody was told of: whether it is in force, and when its newest words went out."""

    broadcast_id: UUID
    in_force: bool
    told_at: datetime


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


def enrol(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Put these on the roll, with the channels they are to be told by; whoever is on it gets those channels too."""
    if rows:
        put(session, _ENROL[session.get_bind().dialect.name], list(rows))


def enrolled(session: Session, broadcast_id: UUID, *, after: UUID | None, most: int) -> Sequence[UUID]:
    """The people on this roll after an account, in the order of their accounts."""
    wanted = sa.select(RollEntry.person_id).where(RollEntry.broadcast_id == broadcast_id)
    if after is not None:
        wanted = wanted.where(RollEntry.person_id > after)
    return session.scalars(wanted.order_by(RollEntry.person_id).limit(most)).all()


def among(session: Session, broadcast_id: UUID, people: Collection[UUID], *, told: bool) -> set[UUID]:
    """Those of these people who are on this roll; with `told` only those to whom a version of it has set out."""
    wanted = sa.select(RollEntry.person_id).where(
        RollEntry.broadcast_id == broadcast_id, RollEntry.person_id.in_(people)
    )
    if told:
        wanted = wanted.where(sa.or_(RollEntry.version > 0, RollEntry.displayed_version > 0))
    return set(session.scalars(wanted))


def heard(session: Session, broadcast_id: UUID, people: Collection[UUID]) -> dict[UUID, Heard]:
    """How far these people are; who is not on the roll is left out."""
    rows = session.execute(
        sa.select(
            RollEntry.person_id,
            RollEntry.displayed_version,
            RollEntry.answered_at,
            RollEntry.taken,
            RollEntry.failed,
        ).where(RollEntry.broadcast_id == broadcast_id, RollEntry.person_id.in_(people))
    )
    return {
        person_id: Heard(version, answered_at, bool(taken & ~failed & By.PUSH))
        for person_id, version, answered_at, taken, failed in rows
    }


def mark(
    session: Session,
    broadcast_id: UUID,
    people: Collection[UUID],
    *,
    sent: By = By.NONE,
    taken: By = By.NONE,
    failed: By = By.NONE,
    version: int = 0,
) -> None:
    """Note it of all these at once; a channel that is taken has not failed."""
    if not people:
        return
    entry = RollEntry
    newest = sa.case((entry.version < version, version), else_=entry.version)
    changed(
        session,
        sa.update(entry)
        .where(entry.broadcast_id == broadcast_id, entry.person_id.in_(people))
        .values(
            sent=entry.sent.bitwise_or(int(sent)),
            taken=entry.taken.bitwise_or(int(taken)),
            failed=entry.failed.bitwise_or(int(failed)).bitwise_and(~int(taken) & 0x7FFF),
            version=newest,
        ),
    )


def asked_of(session: Session, person_id: UUID, *, ended_after: datetime) -> Sequence[Asked]:
    """What this person was asked and may still answer: what is in force first, and the newest words first of these."""
    in_force = Broadcast.state == BroadcastState.IN_FORCE.value
    rows = session.execute(
        sa.select(Broadcast.id, Broadcast.state, Version.issued_at)
        .join(RollEntry, RollEntry.broadcast_id == Broadcast.id)
        .join(Version, sa.and_(Version.broadcast_id == Broadcast.id, Version.number == Broadcast.version))
        .where(RollEntry.person_id == person_id, sa.or_(in_force, Broadcast.ended_at > ended_after))
        .order_by(sa.case((in_force, 0), else_=1), Version.issued_at.desc(), Broadcast.id)
    )
    return [Asked(id_, state == BroadcastState.IN_FORCE.value, at) for id_, state, at in rows if at is not None]
