"""Let a checked campus hold from now on."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.campus import campus_store
from backend.campus.campus import Campus
from backend.campus.campus_store import Edition
from backend.kernel import audit


def import_campus(session: Session, campus: Campus, *, by: UUID | None, now: datetime) -> Edition:
    """
    Keep the campus, which somebody has proved before; importing the one that holds again changes nothing.

    `by` is None for the operator at the command line.
    """
    edition, is_new = campus_store.add(session, campus, by=by, now=now)
    if is_new:
        audit.record(session, "campus.imported", actor=by, about="campus", about_id=str(edition.version), at=now)
    return edition
