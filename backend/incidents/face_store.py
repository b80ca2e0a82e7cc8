"""The faces, in rows."""

from uuid import UUID

from sqlalchemy.orm import Session

from backend.incidents.face import Face


def of_incident(session: Session, incident_id: UUID) -> Face | None:
    """Looked up once in a transaction."""
    return session.get(Face, incident_id)


def add(session: Session, face: Face) -> None:
    session.add(face)
    session.flush()
