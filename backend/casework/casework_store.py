"""What the control room does with cases, in rows."""

from collections.abc import Collection, Sequence
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.casework.casework import CaseLink, Casework, DoneStep
from backend.incidents.incident import Incident, Said
from backend.kernel.statements import changed, look

_IDS: sa.BindParameter[list[UUID]] = sa.bindparam("ids", expanding=True)
_OF_CASES = sa.select(Casework).where(Casework.incident_id.in_(_IDS))
_LINKED = (
    sa.select(CaseLink.incident_id, Incident)
    .join(Incident, Incident.id == CaseLink.other_id)
    .where(CaseLink.incident_id.in_(_IDS))
    .order_by(Incident.number)
)
_UNREAD = (
    sa.select(Said.incident_id, Said.author_id, sa.func.count())
    .join(Casework, Casework.incident_id == Said.incident_id, isouter=True)
    .where(Said.incident_id.in_(_IDS), Said.number > sa.func.coalesce(Casework.read_until, 0))
    .group_by(Said.incident_id, Said.author_id)
)
_UNREAD_UNTIL = _UNREAD.where(Said.number <= sa.bindparam("until"))


class Unread(NamedTuple):
    """How much one author has said in a case since the control room read it last."""

    incident_id: UUID
    author_id: UUID
    messages: int


def of_case(session: Session, incident_id: UUID) -> Casework:
    """The line beside this case, made if there was none; the case is locked, so nobody else makes one."""
    found = session.get(Casework, incident_id, populate_existing=True)
    if found is None:
        found = Casework(incident_id=incident_id, read_until=0, major=False, methane_version=0)
        session.add(found)
    return found


def of_cases(session: Session, incident_ids: Collection[UUID]) -> dict[UUID, Casework]:
    """The lines beside these cases; those with which nothing was done yet have none."""
    found = session.scalars(_OF_CASES, {"ids": list(incident_ids)}) if incident_ids else ()
    return {one.incident_id: one for one in found}


def unread(session: Session, incident_ids: Collection[UUID], *, until: int | None = None) -> list[Unread]:
    """What was said in these cases after the control room's mark, and up to this number if there is one."""
    if not incident_ids:
        return []
    values = {"ids": list(incident_ids)}
    rows = look(session, _UNREAD, values) if until is None else look(session, _UNREAD_UNTIL, {**values, "until": until})
    return [Unread(*row) for row in rows]


def linked(session: Session, incident_ids: Collection[UUID]) -> dict[UUID, list[Incident]]:
    """The cases that these are linked with, oldest first."""
    found: dict[UUID, list[Incident]] = {}
    if incident_ids:
        for incident_id, other in session.execute(_LINKED, {"ids": list(incident_ids)}):
            found.setdefault(incident_id, []).append(other)
    return found


def link_of(session: Session, incident_id: UUID, other_id: UUID) -> CaseLink | None:
    return session.get(CaseLink, (incident_id, other_id))


def links(session: Session, incident_id: UUID) -> int:
    """How many cases this one is linked with."""
    counted = sa.select(sa.func.count()).select_from(CaseLink).where(CaseLink.incident_id == incident_id)
    return session.scalar(counted) or 0


def add_link(session: Session, *sides: CaseLink) -> None:
    session.add_all(sides)
    session.flush()


def remove_link(session: Session, one: UUID, other: UUID) -> bool:
    """Both sides of it; whether there was one."""
    pair = (one, other)
    gone = sa.delete(CaseLink).where(CaseLink.incident_id.in_(pair), CaseLink.other_id.in_(pair))
    return bool(changed(session, gone))


def done_steps(session: Session, incident_id: UUID) -> Sequence[DoneStep]:
    return session.scalars(sa.select(DoneStep).where(DoneStep.incident_id == incident_id)).all()


def done_step(session: Session, incident_id: UUID, step_id: str) -> DoneStep | None:
    return session.get(DoneStep, (incident_id, step_id))


def add_step(session: Session, step: DoneStep) -> None:
    session.add(step)


def remove_step(session: Session, step: DoneStep) -> None:
    session.delete(step)


def people_of(session: Session, incident_ids: Collection[UUID]) -> set[UUID]:
    """Everybody of the control room who did something with these cases."""
    ids = list(incident_ids)
    columns = (
        (Casework.taken_by, Casework.incident_id),
        (Casework.methane_by, Casework.incident_id),
        (DoneStep.done_by, DoneStep.incident_id),
        (CaseLink.linked_by, CaseLink.incident_id),
    )
    wanted = sa.union(*(sa.select(person).where(case.in_(ids)) for person, case in columns))
    return {found for found in session.scalars(wanted) if found is not None}


def remove_of(session: Session, incident_ids: Collection[UUID]) -> None:
    """Remove what the control room did with these cases, and their links from the other side as well."""
    ids = list(incident_ids)
    either = sa.or_(CaseLink.incident_id.in_(ids), CaseLink.other_id.in_(ids))
    changed(session, sa.delete(CaseLink).where(either))
    changed(session, sa.delete(DoneStep).where(DoneStep.incident_id.in_(ids)))
    changed(session, sa.delete(Casework).where(Casework.incident_id.in_(ids)))
