"""The streams of people who played, in rows: what goes with them, and who else was told of their cases."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.inbox.inbox_store import MessageRow, StreamRow


def told_of(session: Session, incident_ids: Collection[UUID]) -> set[UUID]:
    """Everybody into whose stream something about these cases was put."""
    return set(
        session.scalars(sa.select(MessageRow.person_id).where(MessageRow.incident_id.in_(incident_ids)).distinct())
    )


def remove_of(session: Session, person_ids: Collection[UUID]) -> None:
    """Remove these people's streams whole; nobody else's loses a number out of its middle."""
    for table in (MessageRow, StreamRow):
        session.execute(sa.delete(table).where(table.person_id.in_(person_ids)))


def shorten(session: Session, person_ids: Collection[UUID], *, before: datetime) -> None:
    """Remove these people's messages that are older than this; the streams' numbers go on."""
    session.execute(sa.delete(MessageRow).where(MessageRow.person_id.in_(person_ids), MessageRow.at < before))
