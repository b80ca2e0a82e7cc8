"""The roll, in rows."""

from uuid import UUID

from sqlalchemy.orm import Session

from backend.broadcasts.roll import RollEntry


def entry(session: Session, broadcast_id: UUID, person_id: UUID) -> RollEntry | None:
    """This person on this roll."""
    return session.get(RollEntry, (broadcast_id, person_id))


def locked_or_added(session: Session, broadcast_id: UUID, person_id: UUID) -> RollEntry:
    """This person on this roll, put on it if they were not: who answers belongs to it, whatever the audience was."""
    found = session.get(RollEntry, (broadcast_id, person_id), with_for_update=True, populate_existing=True)
    if found is None:
        found = RollEntry(broadcast_id=broadcast_id, person_id=person_id)
        session.add(found)
        session.flush()
    return found
